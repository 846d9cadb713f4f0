// What JavaScript adds to the editor of invoices, which works without it: lines added at once, moved by
// Alt and the arrows, prices of the catalogue, a live total, and a draft saved as one types.

const SAVE_AFTER_MS = 1_200

const form = document.querySelector('form[data-editor]')
const grid = document.querySelector('table[data-grid] tbody')
if (form && grid) edit(form, grid)

/** @param {HTMLFormElement} form @param {HTMLElement} body */
function edit(form, body) {
  const state = form.querySelector('[data-save-state]')
  const total = form.querySelector('[data-total] .num')
  const prices = new Map(
    [...document.querySelectorAll('#catalogue option')].map((one) => [plain(one.value), one.dataset.price]),
  )
  let timer = 0
  let unsaved = false
  let saving = Promise.resolve()
  const rows = () => [...body.rows]
  const cells = (row) => [...row.querySelectorAll('input, select')]

  const renumber = () => {
    for (const [index, row] of rows().entries()) {
      for (const cell of cells(row)) {
        cell.id = `${cell.name}-${index + 1}`
        cell.setAttribute('aria-label', cell.getAttribute('aria-label').replace(/\d+$/, String(index + 1)))
      }
      const remove = row.querySelector('button')
      remove.value = `retirer:${index + 1}`
      for (const name of ['aria-label', 'title'])
        remove.setAttribute(name, remove.getAttribute(name).replace(/\d+$/, String(index + 1)))
    }
  }
  const count = () => {
    let sum = 0
    for (const row of rows()) {
      const [, , label, quantity, price] = cells(row)
      const unit = readCents(price.value === '' ? (prices.get(plain(label.value)) ?? '') : price.value)
      const times = quantity.value.trim() === '' ? 1000 : readThousandths(quantity.value)
      const blank = label.value.trim() === '' && price.value.trim() === ''
      const known = !blank && unit !== undefined && times !== undefined
      const amount = known ? Math.sign(unit) * Math.floor((Math.abs(unit * times) + 500) / 1000) : 0
      sum += amount
      row.querySelector('[data-amount]').textContent = known ? euros(amount) : ''
    }
    total.textContent = euros(sum)
  }
  const addAfter = (row) => {
    const added = row.cloneNode(true)
    row.after(added)
    for (const [index, cell] of cells(added).entries()) {
      // The next line is most often of the same child.
      if (index > 0) cell.value = ''
      else cell.value = cells(row)[0].value
      cell.removeAttribute('aria-invalid')
    }
    renumber()
    count()
    cells(added)[1].focus()
  }
  const save = async () => {
    const fields = new URLSearchParams(new FormData(form))
    fields.set('geste', 'auto')
    unsaved = false
    try {
      const answer = await fetch(form.action, { method: 'POST', body: fields })
      const { version, said } = await answer.json()
      state.textContent = said
      if (answer.ok) {
        form.elements.version.value = version
        if (location.pathname !== new URL(form.action).pathname) history.replaceState(null, '', form.action)
      } else unsaved = true
    } catch {
      state.textContent = form.dataset.failed
      unsaved = true
    }
  }
  form.addEventListener('input', () => {
    unsaved = true
    state.textContent = form.dataset.unsaved
    count()
    clearTimeout(timer)
    timer = setTimeout(() => {
      saving = saving.then(save)
    }, SAVE_AFTER_MS)
  })
  form.addEventListener('change', (event) => {
    const row = event.target.closest('tr')
    if (!row || event.target.name !== 'l') return
    const price = cells(row)[4]
    const known = prices.get(plain(event.target.value))
    if (known !== undefined && price.value.trim() === '') price.value = known
    count()
  })
  body.addEventListener('keydown', (event) => {
    const row = event.target.closest('tr')
    if (event.key === 'Enter' && event.target.matches('input')) {
      event.preventDefault()
      addAfter(row)
    } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      const other = event.key === 'ArrowUp' ? row.previousElementSibling : row.nextElementSibling
      if (!other) return
      if (event.key === 'ArrowUp') other.before(row)
      else other.after(row)
      renumber()
      event.target.focus()
      form.dispatchEvent(new Event('input'))
    }
  })
  form.addEventListener('click', (event) => {
    const button = event.target.closest('button')
    if (!button) return
    if (button.value === 'ajouter') {
      event.preventDefault()
      addAfter(rows().at(-1))
    } else if (button.value.startsWith('retirer:')) {
      event.preventDefault()
      const row = button.closest('tr')
      const near = row.nextElementSibling ?? row.previousElementSibling
      if (near) {
        row.remove()
        cells(near)[1].focus()
      } else for (const cell of cells(row)) cell.value = ''
      renumber()
      form.dispatchEvent(new Event('input'))
    }
  })
  form.addEventListener('submit', () => {
    clearTimeout(timer)
    unsaved = false
  })
  addEventListener('beforeunload', (event) => {
    if (unsaved) event.preventDefault()
  })
  count()
}

function plain(text) {
  return text.trim().replaceAll(/\s+/g, ' ').toLowerCase()
}

function readCents(text) {
  const match = /^([-\u2212]?)(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(text.replaceAll(/[\s\u20AC]/g, ''))
  if (!match) return undefined
  const amount = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  return match[1] === '' ? amount : -amount
}

function readThousandths(text) {
  const match = /^(\d{1,3})(?:[.,](\d{1,3}))?$/.exec(text.trim())
  return match ? Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0')) : undefined
}

function euros(amount) {
  const digits = String(Math.abs(amount)).padStart(3, '0')
  const whole = digits.slice(0, -2).replaceAll(/\B(?=(?:\d{3})+$)/g, '\u00A0')
  return `${amount < 0 ? '\u2212' : ''}${whole},${digits.slice(-2)}\u00A0\u20AC`
}
