// What JavaScript adds to the staff's pages, which work without it: Ctrl K or « / » goes to the search
// box, which then suggests while one types. Arrows choose, Enter opens, Escape closes.

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
