// Passkeys, where the browser has them; everything else works without. The page carries what to ask for:
//
//   form[data-passkey="get"|"create"]   shown; when sent, the browser asks the person, its answer goes
//                                       into the field « reponse », and the form leaves
//   [data-passkey-absent]               shown instead when this browser has no passkeys

const able =
  isSecureContext &&
  typeof PublicKeyCredential !== 'undefined' &&
  'parseRequestOptionsFromJSON' in PublicKeyCredential &&
  'parseCreationOptionsFromJSON' in PublicKeyCredential

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!able) continue
  form.hidden = false
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void answer(form)
  })
}
for (const element of document.querySelectorAll('[data-passkey-absent]')) element.hidden = able

/** @param {HTMLFormElement} form */
async function answer(form) {
  const state = form.querySelector('[role="status"]')
  const asked = JSON.parse(form.dataset.options)
  state.textContent = form.dataset.waiting
  try {
    const credential =
      form.dataset.passkey === 'create'
        ? await navigator.credentials.create({
            publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked),
          })
        : await navigator.credentials.get({
            publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked),
          })
    form.elements.reponse.value = JSON.stringify(credential)
    form.submit()
  } catch (error) {
    state.textContent = error.name === 'InvalidStateError' ? form.dataset.known : form.dataset.failed
  }
}
