// What a story leaves behind, in words that two tellings share: what chance drew gets a name by its place.
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g

/**
 * The lines sorted, without instants, and with every drawn word (identifiers, and those in `drawn`)
 * named after its place, unless `known` has it: what both tellings were given is compared as it is.
 */
export function canonicalLines(lines: readonly string[], drawn: readonly string[], known: string): string[] {
  const isDrawn = (word: string) => !known.includes(word)
  const words = new RegExp(`(?<!\\w)(?:${[UUID, ...drawn].join('|')})(?!\\w)`, 'g')
  const rename = (line: string, name: (word: string) => string) =>
    line.replaceAll(INSTANT, '(instant)').replaceAll(words, (word) => (isDrawn(word) ? name(word) : word))
  const names = new Map<string, string>()
  const nameOf = (word: string) => {
    const name = names.get(word) ?? `(${names.size + 1})`
    names.set(word, name)
    return name
  }
  return lines
    .map((line) => ({ line, place: rename(line, () => '(drawn)') }))
    .toSorted((a, b) => (a.place < b.place ? -1 : Number(a.place > b.place)))
    .map(({ line }) => rename(line, nameOf))
    .toSorted()
}

/** What is missing from the state found, and what is too much in it; none when they are equal. */
export function differences(expected: readonly string[], found: readonly string[]): string[] {
  return [
    ...without(expected, found).map((line) => `- ${line}`),
    ...without(found, expected).map((line) => `+ ${line}`),
  ]
}

/** Equal lines count: one taken away once leaves its twin. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others]
  return lines.filter((line) => {
    const at = left.indexOf(line)
    if (at !== -1) left.splice(at, 1)
    return at === -1
  })
}
