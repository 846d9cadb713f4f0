// What JavaScript adds to the staff's pages, which work without it: Ctrl K or « / » goes to the search
// box, which then suggests while one types. Arrows choose, Enter opens, Ctrl Enter takes a payment,
// Escape closes. At the desk:
//
//   form[data-quick]    Ctrl Enter presses its button .rapide; the change to give back, what falls on each
//                       invoice and the total of what is ticked are kept up to date, for the eye only
//   form[data-ranks]    the ranks of what is ticked, « n° {n}/{total} »
//   form[data-count]    cents expected: sums of what is counted, and the difference in [data-gap]
//   form[data-draft]    what is typed is kept on this computer under that name, until it is saved, for
//                       twelve hours at most
//   [data-saved]        a family whose payment was saved: what was kept of it is forgotten, and no other's
//   [data-vanish]       seconds after which the element goes away

const PAUSE_MS = 150
const LEAST = 2

const input = document.querySelector('input[data-suggest]')
if (input) suggest(input)

document.addEventListener('keydown', (event) => {
  if (!input) return
  const typing = event.target.closest?.('input, textarea, select, [contenteditable]')
  const wanted = ((event.ctrlKey || event.metaKey) && event.key === 'k') || (event.key === '/' && !typing)
  if (!wanted) return
  event.preventDefault()
  input.focus()
  input.select()
})

/** @param {HTMLInputElement} box */
function suggest(box) {
  const list = document.createElement('div')
  list.id = `${box.id}-suggestions`
  list.className = 'suggestions'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', box.dataset.suggestName)
  list.hidden = true
  const told = document.createElement('span')
  told.className = 'vh'
  told.setAttribute('role', 'status')
  box.form.append(list, told)
  box.setAttribute('role', 'combobox')
  box.setAttribute('aria-autocomplete', 'list')
  box.setAttribute('aria-expanded', 'false')
  box.setAttribute('aria-controls', list.id)

  let chosen = -1
  let timer = 0
  let asked = 0
  const links = () => [...list.querySelectorAll('a')]
  const choose = (index) => {
    const all = links()
    chosen = all.length === 0 ? -1 : (index + all.length) % all.length
    for (const [at, link] of all.entries()) link.setAttribute('aria-selected', String(at === chosen))
    const link = all[chosen]
    if (link) {
      box.setAttribute('aria-activedescendant', link.id)
      link.scrollIntoView({ block: 'nearest' })
    } else box.removeAttribute('aria-activedescendant')
  }
  const close = () => {
    list.hidden = true
    box.setAttribute('aria-expanded', 'false')
    choose(-1)
    chosen = -1
    box.removeAttribute('aria-activedescendant')
  }
  const ask = async () => {
    const typed = box.value.trim()
    const turn = (asked += 1)
    if (typed.length < LEAST) return close()
    told.textContent = box.dataset.suggestWait
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`)
      const html = await answer.text()
      // An answer that a later question overtook is dropped, and so is the sign-in page.
      if (turn !== asked || !answer.ok || answer.redirected) return undefined
      list.innerHTML = html
    } catch {
      // Without network the form still goes to the search page.
      return close()
    }
    const all = links()
    for (const [at, link] of all.entries()) {
      link.id = `${list.id}-${at}`
      link.setAttribute('role', 'option')
      link.tabIndex = -1
    }
    // A list of options has groups, named by their headings, and options in them.
    for (const group of list.querySelectorAll('ul')) {
      group.setAttribute('role', 'group')
      group.setAttribute('aria-label', group.previousElementSibling?.textContent ?? '')
    }
    for (const part of list.querySelectorAll('h3, li')) part.setAttribute('role', 'presentation')
    told.textContent = `${all.length}`
    list.hidden = all.length === 0
    box.setAttribute('aria-expanded', String(all.length > 0))
    chosen = -1
    box.removeAttribute('aria-activedescendant')
    return undefined
  }
  box.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(ask, PAUSE_MS)
  })
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && box.dataset.pay) {
      event.preventDefault()
      const pay = links()[chosen]?.dataset.pay
      location.assign(pay ?? `${box.dataset.pay}?q=${encodeURIComponent(box.value.trim())}`)
      return
    }
    if (list.hidden) return
    if (event.key === 'ArrowDown') choose(chosen + 1)
    else if (event.key === 'ArrowUp') choose(chosen < 0 ? links().length - 1 : chosen - 1)
    else if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && chosen >= 0) links()[chosen]?.click()
    else return
    event.preventDefault()
  })
  document.addEventListener('click', (event) => {
    if (!box.form.contains(event.target)) close()
  })
  box.addEventListener('blur', (event) => {
    if (!list.contains(event.relatedTarget)) setTimeout(close, 200)
  })
}

const DRAFT = 'preau-saisie '
const DRAFT_HOURS = 12
const HOUR_MS = 3_600_000
const euros = new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
/** @param {number} cents */
const formatCents = (cents) => `${euros.format(cents / 100).replaceAll('\u202F', '\u00A0')}\u00A0€`

/** `50`, `50,5` or `1 234,50 €` in cents; NaN when it is no amount. */
function readCents(text) {
  const match = /^(\d{1,9})(?:[.,](\d{1,2}))?€?$/.exec(text.replaceAll(/\s/g, ''))
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : Number.NaN
}

for (const form of document.querySelectorAll('form[data-quick]')) beQuick(form)
for (const form of document.querySelectorAll('form[data-draft]')) keepDraft(form)
for (const part of document.querySelectorAll('[data-vanish]'))
  setTimeout(() => part.remove(), Number(part.dataset.vanish) * 1_000)
const saved = document.querySelector('[data-saved]')?.dataset.saved
if (saved) forgetDrafts((draft, key) => key.startsWith(`${DRAFT}${saved} `))
forgetDrafts(({ at }) => Date.now() - at > DRAFT_HOURS * HOUR_MS)
for (const form of document.querySelectorAll('form[action$="/deconnexion"]'))
  form.addEventListener('submit', () => forgetDrafts(() => true))

for (const form of document.querySelectorAll('form[data-count]')) keepCount(form)

/** What was counted, and its difference from what is expected; the server counts again. */
function keepCount(form) {
  const gap = form.querySelector('[data-gap]')
  const words = JSON.parse(gap.dataset.gap)
  const update = () => {
    let counted = 0
    let any = false
    for (const row of form.querySelectorAll('tr[data-face]')) {
      const { value } = row.querySelector('input')
      const sum = /^\d+$/.test(value.trim()) ? Number(value) * Number(row.dataset.face) : 0
      any ||= value.trim() !== ''
      counted += sum
      row.querySelector('[data-sum]').textContent = sum === 0 ? '' : formatCents(sum)
    }
    form.querySelector('[data-counted]').textContent = formatCents(counted)
    const float = readCents(form.elements.namedItem('fonds').value || '0')
    const difference = counted - Number(form.dataset.count) - float
    const said = difference === 0 ? words.even : difference < 0 ? words.less : words.more
    gap.textContent =
      any && !Number.isNaN(difference) ? said.replace('{n}', formatCents(Math.abs(difference))) : ''
  }
  form.addEventListener('input', update)
  update()
}

function beQuick(form) {
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    form.requestSubmit(form.querySelector('button.rapide'))
  })
  if (form.dataset.ranks) keepRanks(form)
  const amount = form.elements.namedItem('montant')
  const rows = [...form.querySelectorAll('tr[data-due]')]
  if (!amount) return
  let typed = amount.value !== amount.defaultValue
  const update = (event) => {
    if (event?.target === amount) typed = true
    const ticked = rows.filter((row) => row.querySelector('[type=checkbox]').checked)
    const most = (row) => {
      const limit = readCents(row.querySelector('[type=text]').value)
      return Number.isNaN(limit) ? Number(row.dataset.due) : Math.min(limit, Number(row.dataset.due))
    }
    // Until somebody types an amount, it is the sum of what is ticked.
    if (!typed && event?.target.closest('tr[data-due]')) {
      const sum = ticked.reduce((total, row) => total + most(row), 0)
      amount.value = (sum / 100).toFixed(2).replace('.', ',')
    }
    const cents = readCents(amount.value)
    let rest = Number.isNaN(cents) ? 0 : cents
    for (const row of rows) {
      const part = ticked.includes(row) ? Math.min(rest, most(row)) : 0
      rest -= part
      row.querySelector('[data-settled]').textContent = formatCents(part)
    }
    for (const output of form.querySelectorAll('[data-rest]')) output.textContent = formatCents(rest)
    for (const output of form.querySelectorAll('[data-change]')) {
      const given = readCents(form.elements.namedItem('recu').value)
      output.textContent =
        given > cents
          ? output.dataset.change
              .replace('{recu}', formatCents(given))
              .replace('{rendre}', formatCents(given - cents))
          : ''
    }
  }
  form.addEventListener('input', update)
  update()
}

/** The rank of each piece ticked, to be written on its back. */
function keepRanks(form) {
  const update = () => {
    const rows = [...form.querySelectorAll('tr:has([data-rank])')]
    const ticked = rows.filter((row) => row.querySelector('[type=checkbox]').checked)
    for (const row of rows) {
      const rank = ticked.indexOf(row) + 1
      row.querySelector('[data-rank]').textContent =
        rank === 0 ? '' : form.dataset.ranks.replace('{n}', rank).replace('{total}', ticked.length)
    }
  }
  form.addEventListener('change', update)
  // After the buttons that tick everything, which change no box by hand.
  form.addEventListener('click', () => setTimeout(update))
}

/** Interrupted by a telephone call, a half-typed payment is found again on this computer. */
function keepDraft(form) {
  const key = DRAFT + form.dataset.draft
  const fields = () => [...form.elements].filter((one) => one.name && !['jeton', 'suite'].includes(one.name))
  const kept = JSON.parse(localStorage.getItem(key) ?? 'null')
  if (kept) {
    for (const [index, one] of fields().entries()) {
      const value = kept.values[index]
      if (value?.[0] !== one.name) break
      if (one.type === 'checkbox') one.checked = value[1] === one.value
      else one.value = value[1]
    }
    const told = document.createElement('p')
    told.className = 'avis avis-ciel reprise'
    told.setAttribute('role', 'status')
    const words = document.createElement('span')
    words.textContent = form.dataset.draftResumed
    const forget = document.createElement('button')
    forget.type = 'button'
    forget.className = 'b b-3 b-s'
    forget.textContent = form.dataset.draftForget
    forget.addEventListener('click', () => {
      localStorage.removeItem(key)
      location.reload()
    })
    told.append(words, forget)
    form.prepend(told)
    form.dispatchEvent(new Event('change'))
    form.dispatchEvent(new Event('input'))
  }
  form.addEventListener('input', (event) => {
    if (!event.isTrusted) return
    const values = fields().map((one) => [one.name, one.type === 'checkbox' && !one.checked ? '' : one.value])
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }))
  })
}

/** @param {(draft: { at: number }, key: string) => boolean} when */
function forgetDrafts(when) {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(DRAFT)) continue
    if (when(JSON.parse(localStorage.getItem(key) ?? '{}'), key)) localStorage.removeItem(key)
  }
}

// Work that goes on: the page asks again while it lasts, and says each tenth once.
const REFRESH_MS = 3_000
if (document.querySelector('[data-refresh]')) setTimeout(refresh, REFRESH_MS)

async function refresh() {
  const shown = document.querySelector('[data-refresh]')
  try {
    const answer = await fetch(location.pathname)
    if (!answer.ok || answer.redirected) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const next = page.querySelector('[data-refresh]')
    // Over: the whole page changes, its report with it.
    if (!next) return location.reload()
    const [old, fresh] = [shown.querySelector('progress'), next.querySelector('progress')]
    old.value = fresh.value
    old.max = fresh.max
    old.nextElementSibling.textContent = fresh.nextElementSibling.textContent
    const [told, tell] = [shown, next].map((part) => part.querySelector('[data-announce]'))
    if (told.textContent !== tell.textContent) told.textContent = tell.textContent
  } catch {
    // Without network the next turn asks again; the link « Actualiser » stays.
  }
  setTimeout(refresh, REFRESH_MS)
  return undefined
}
