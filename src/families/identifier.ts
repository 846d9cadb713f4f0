// What adults sign in with: « test.fabien », short, plain, unique over the whole deployment. Pure.

/** `nom.prenom` in lower-case ASCII: « TEST Fabien » → `test.fabien`, « Le Goff Anne-Lise » → `legoff.annelise`. */
export function identifierOf(person: { readonly lastName: string; readonly firstName: string }): string {
  const plain = (text: string) =>
    text
      .normalize('NFD')
      .toLowerCase()
      .replaceAll('œ', 'oe')
      .replaceAll('æ', 'ae')
      .replaceAll(/[^a-z0-9]/g, '')
      .slice(0, 30)
  return [plain(person.lastName), plain(person.firstName)].filter(Boolean).join('.') || 'famille'
}

/** The identifier itself, or with the first number that is free: `martin.claire2`. Takes it. */
export function takeIdentifier(wanted: string, taken: Set<string>): string {
  let identifier = wanted
  for (let number = 2; taken.has(identifier); number += 1) identifier = `${wanted}${number}`
  taken.add(identifier)
  return identifier
}
