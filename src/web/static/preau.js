// What JavaScript adds to pages that work without it. Hooks, all on elements of our own pages:
//
//   [data-once]       submit button: on submit it takes this label (« Un instant… ») and aria-busy, a
//                     second submit is ignored; after 5 s the label is data-slow
//   [data-focus]      receives focus when the page opens (error summary, h1 of a result)
//   [data-password]   around a password field: a button with that label shows what is typed; its full
//                     name is data-password-name
//   [data-strength]   id of a password field: says how strong it is; data-strength-words are pairs of
//                     length and the words for what is shorter
//   form[data-total]  [data-cents] checkboxes; [data-total-amount] and [data-total-count] are kept up
//                     to date; the count's text is data-count-one / data-count-many, « {n} » replaced;
//                     [data-total-update] (« Mettre à jour le montant ») is hidden
//   [data-tick]       button: value « all » or « none » ticks every checkbox of its form
//   form[data-balance]  cents of a balance; [data-balance-after] shows what it becomes with the chosen
//                     radio's data-cents, or with [data-balance-other] when [data-balance-choice] is
//                     chosen; [data-balance-line] is hidden while there is no amount
//   [data-toggle]     button: shows or hides the element it controls (aria-controls), remembered;
//                     its label when hidden is data-toggle
//   [data-if]         « name=value » or « name=one|other »: shown while that choice of its form is made
//   [data-poll]       seconds between two readings of this page; when the data-state of that element
//                     is another, the page is shown anew
//   body[data-recheck]  a page about money: read again when the browser shows it from its memory
//   body[data-session]  seconds until the session ends: a warning two minutes before
//   [data-print]      button that prints the page (hidden without JavaScript)
//   [data-auto]       form sent by itself as soon as the page opens (the way to the bank)

const WARNING_SECONDS = 120
const GRACE_SECONDS = 3
const SLOW_MS = 5_000
const euros = new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** @param {string} selector @param {ParentNode} [root] */
const all = (selector, root = document) => [...root.querySelectorAll(selector)]
/** @param {number} cents */
const formatCents = (cents) => `${euros.format(cents / 100).replaceAll('\u202F', '\u00A0')}\u00A0€`

all('[data-focus]').at(0)?.focus()
for (const box of all('[data-password]')) addToggle(box)
for (const output of all('[data-strength]')) tellStrength(output)
for (const form of all('form:has([data-if])')) showChosen(form)
for (const form of all('form[data-total]')) keepTotal(form)
for (const form of all('form[data-balance]')) keepBalance(form)
for (const button of all('[data-toggle]')) makeDisclosure(button)
for (const part of all('[data-poll]')) poll(part)
for (const button of all('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
for (const form of all('form[data-auto]')) form.requestSubmit()
if (document.body.dataset.session) watchSession(Number(document.body.dataset.session))

document.addEventListener('submit', submitOnce)
document.addEventListener('click', closeMenus)
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') for (const menu of all('details.menu[open]')) closeMenu(menu)
})
window.addEventListener('pageshow', (event) => {
  if (!event.persisted) return
  release()
  if (document.body.dataset.recheck !== undefined || document.body.dataset.session) location.reload()
})

/** A second submit of the same page is dropped; the button says that something happens. */
function submitOnce(event) {
  const form = event.target
  if (form.dataset.sent) {
    event.preventDefault()
    return
  }
  form.dataset.sent = 'yes'
  const button = event.submitter
  if (!button?.matches('[data-once]')) return
  button.setAttribute('aria-busy', 'true')
  const label = document.createElement('span')
  label.textContent = button.dataset.once
  // The name and value of the button are read after this event: the button itself stays.
  button.dataset.label = button.innerHTML
  button.replaceChildren(label)
  setTimeout(() => {
    if (button.dataset.label && button.dataset.slow) label.textContent = button.dataset.slow
  }, SLOW_MS)
}

/** After « back », what was sent may be sent again: the server knows whether it is a repeat. */
function release() {
  for (const form of all('form[data-sent]')) delete form.dataset.sent
  for (const button of all('[aria-busy][data-label]')) {
    button.innerHTML = button.dataset.label
    delete button.dataset.label
    button.removeAttribute('aria-busy')
  }
}

function addToggle(box) {
  const input = box.querySelector('input')
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = box.dataset.password
  button.setAttribute('aria-pressed', 'false')
  button.setAttribute('aria-controls', input.id)
  button.setAttribute('aria-label', box.dataset.passwordName)
  button.addEventListener('click', () => {
    const shown = input.type === 'text'
    input.type = shown ? 'password' : 'text'
    button.setAttribute('aria-pressed', String(!shown))
  })
  // A password must not stay readable, nor be kept by the browser as ordinary text.
  input.form?.addEventListener('submit', () => {
    input.type = 'password'
  })
  box.append(button)
}

/** In words, after a pause in typing, so that screen readers are not interrupted at each letter. */
function tellStrength(output) {
  const input = document.getElementById(output.dataset.strength)
  const words = JSON.parse(output.dataset.strengthWords)
  let timer = 0
  input?.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const { length } = [...input.value]
      const [, text] = words.find(([at]) => length < at) ?? words.at(-1)
      setText(output, length === 0 ? '' : text)
    }, 400)
  })
}

/** Fields of a choice not made are hidden; the server reads only those of the choice. */
function showChosen(form) {
  const update = () => {
    for (const part of all('[data-if]', form)) {
      const [name, values] = part.dataset.if.split('=')
      part.hidden = !values.split('|').includes(new FormData(form).get(name))
    }
  }
  form.addEventListener('change', update)
  update()
}

/** The total of what is ticked. Only for the eye: the server computes the amount again. */
function keepTotal(form) {
  const boxes = all('[data-cents]', form)
  const update = () => {
    const ticked = boxes.filter((box) => box.checked)
    const cents = ticked.reduce((sum, box) => sum + Number(box.dataset.cents), 0)
    for (const output of all('[data-total-amount]', form)) setText(output, formatCents(cents))
    for (const output of all('[data-total-count]', form)) {
      const { countOne = '', countMany = '' } = output.dataset
      setText(output, (ticked.length < 2 ? countOne : countMany).replace('{n}', String(ticked.length)))
    }
  }
  for (const button of all('[data-total-update]', form)) button.hidden = true
  for (const button of all('[data-tick]', form)) {
    button.hidden = false
    button.addEventListener('click', (event) => {
      event.preventDefault()
      for (const box of boxes) if (!box.disabled) box.checked = button.value === 'all'
      update()
    })
  }
  form.addEventListener('change', update)
  update()
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text
}

/** The balance that a top-up leads to. Only for the eye: the server computes it again. */
function keepBalance(form) {
  const other = form.querySelector('[data-balance-other]')
  const otherChoice = form.querySelector('[data-balance-choice]')
  const update = () => {
    const choice = form.querySelector('input[type=radio]:checked')
    const cents = choice === otherChoice ? readCents(other.value) : Number(choice?.dataset.cents)
    const after = Number(form.dataset.balance) + cents
    for (const line of all('[data-balance-line]', form)) line.hidden = !Number.isSafeInteger(after)
    const text = `${after > 0 ? '+' : after < 0 ? '\u2212' : ''}${formatCents(Math.abs(after))}`
    for (const output of all('[data-balance-after]', form)) setText(output, text)
  }
  other.addEventListener('input', () => {
    if (other.value !== '') otherChoice.checked = true
    update()
  })
  form.addEventListener('change', update)
  update()
}

/** `50`, `50,5` or `1 234,50 €` in cents; NaN when it is no amount. */
function readCents(text) {
  const match = /^(\d{1,9})(?:[.,](\d{1,2}))?€?$/.exec(text.replaceAll(/\s/g, ''))
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : Number.NaN
}

function makeDisclosure(button) {
  const target = document.getElementById(button.getAttribute('aria-controls') ?? '')
  if (!target) return
  const key = `preau-${target.id}`
  const labels = { open: button.textContent, closed: button.dataset.toggle }
  const show = (open) => {
    target.hidden = !open
    button.setAttribute('aria-expanded', String(open))
    button.textContent = open ? labels.open : labels.closed
  }
  button.hidden = false
  show(localStorage.getItem(key) !== 'closed')
  button.addEventListener('click', () => {
    const open = target.hidden
    show(open)
    localStorage.setItem(key, open ? 'open' : 'closed')
  })
}

/** Reads this page again every few seconds; a change replaces the part, which is a live region. */
function poll(part) {
  const seconds = Math.max(2, Number(part.dataset.poll))
  const state = part.dataset.state
  let tries = 0
  const again = () => {
    tries += 1
    // Ever slower, for half an hour at most: a forgotten tab must not ask all night.
    if (tries < 60) setTimeout(read, Math.min(30, seconds + tries / 2) * 1_000)
  }
  const read = async () => {
    if (document.visibilityState === 'hidden') return again()
    try {
      const answer = await fetch(location.href, { headers: { 'x-poll': '1' } })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const fresh = page.querySelector('[data-poll],[data-state]')
      if (answer.ok && fresh?.dataset.state !== state) return location.reload()
    } catch {
      // The network comes and goes; the next reading will tell.
    }
    return again()
  }
  again()
}

/** Two minutes before the session ends, asks whether to stay; at the end, leaves for the sign-in page. */
function watchSession(seconds) {
  const dialog = document.getElementById('fin-de-session')
  if (!dialog) return
  let end = Date.now() + seconds * 1_000
  const form = dialog.querySelector('form')
  const stay = async () => {
    const answer = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
      redirect: 'manual',
    })
    if (!answer.ok) return location.reload()
    end = Date.now() + Number(await answer.text()) * 1_000
    dialog.close()
  }
  form.addEventListener('submit', (event) => {
    if (event.submitter?.hasAttribute('formaction')) return
    event.preventDefault()
    event.stopPropagation()
    // Without network the dialog stays: the next click tries again.
    stay().catch(() => {})
  })
  setInterval(() => {
    const left = (end - Date.now()) / 1_000
    // A little after its end: asked a moment before, the server would make the session longer.
    if (left <= -GRACE_SECONDS) location.reload()
    else if (left <= WARNING_SECONDS && !dialog.open) dialog.showModal()
  }, 1_000)
}

function closeMenus(event) {
  for (const menu of all('details.menu[open]')) if (!menu.contains(event.target)) menu.open = false
}

function closeMenu(menu) {
  menu.open = false
  menu.querySelector('summary')?.focus()
}
