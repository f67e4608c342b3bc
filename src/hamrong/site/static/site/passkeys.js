// Passkeys: asks the device, puts its answer into the form, sends it. Forms that need a device are hidden without scripts.
const { webauthnJSON } = window

async function options (form, kind) {
  if (kind !== 'sign-in') return JSON.parse(document.getElementById('passkey-options').textContent)
  const answer = await fetch(form.action, { headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error(answer.statusText)
  return answer.json()
}

function withPassword (given, form) {
  const wanted = form.elements.passwordless.checked
  Object.assign(given.publicKey.authenticatorSelection, {
    residentKey: wanted ? 'required' : 'discouraged',
    requireResidentKey: wanted,
    userVerification: wanted ? 'required' : 'preferred'
  })
  return given
}

async function ask (form, kind) {
  const given = await options(form, kind)
  if (kind === 'create') return webauthnJSON.create(withPassword(given.creation_options, form))
  return webauthnJSON.get(given.request_options)
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!webauthnJSON || !webauthnJSON.supported()) continue
  form.hidden = false
  form.addEventListener('submit', async (event) => {
    if (form.elements.credential.value) return
    event.preventDefault()
    event.stopImmediatePropagation() // the page's guard against sending twice waits for the real sending
    const problem = form.querySelector('[data-passkey-problem]')
    problem.hidden = true
    try {
      form.elements.credential.value = JSON.stringify(await ask(form, form.dataset.passkey))
      form.requestSubmit()
    } catch {
      problem.hidden = false
    }
  }, { capture: true })
}
