// Security keys beside a passphrase: what they answer (WebAuthn PRF) goes into the form that is sent, and nowhere else.
// Keys with a passphrase alone need nothing of this.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const can = () => window.isSecureContext && window.PublicKeyCredential && navigator.credentials;
const say = (box, what) => { for (const line of box.querySelectorAll("[data-says]")) line.hidden = line.dataset.says !== what; };
class Mute extends Error {}

// The challenge is random and unread: what is wanted is the secret, and it either opens the lock or does not.
// The finger or PIN is always demanded: a token answers another secret without it.
async function evaluate (tokens, next) {
  const salts = {};
  for (const { id, salt } of tokens) salts[id] = { first: bytes(salt), ...(next ? { second: bytes(next) } : {}) };
  const answer = await navigator.credentials.get({ publicKey: {
    challenge: random(32), userVerification: "required", timeout: 120000,
    allowCredentials: tokens.map(({ id }) => ({ type: "public-key", id: bytes(id) })),
    extensions: { prf: { evalByCredential: salts } },
  } });
  const results = answer.getClientExtensionResults().prf?.results;
  if (!results?.first || (next && !results.second)) throw new Mute();
  return [answer.rawId, results.first, ...(next ? [results.second] : [])].map(text).join(".");
}

function put (form, name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  field.dataset.answer = "";
  form.append(field);
  return field;
}

// Nothing of it stays in a page that the browser keeps for going back.
window.addEventListener("pagehide", () => document.querySelectorAll("[data-answer]").forEach((field) => field.remove()));

// Every form with the passphrase of one's own key: asks a token before it is sent, where the key needs one.
const boxes = [...document.querySelectorAll("[data-sealing]")];
const asked = boxes.length ? fetch(boxes[0].dataset.sealing).then((answer) => (answer.ok ? answer.json() : { tokens: [] })).catch(() => ({ tokens: [] })) : null;
for (const box of boxes) {
  const input = box.parentElement.querySelector("input[type=password]");
  const form = input.form;
  let tokens = null;
  const known = asked.then((told) => {
    const here = told.tokens.filter(({ host }) => host === location.hostname);
    tokens = told.tokens;
    if (!tokens.length) return;
    box.querySelector("[data-hosts]").textContent = [...new Set(tokens.map(({ host }) => host))].join(", ");
    say(box, !here.length ? "elsewhere" : can() ? "wanted" : "mute");
    tokens = here;
  });
  let waiting = false;
  form.addEventListener("submit", async (event) => {
    if (form.querySelector("[data-answer=token]") || !input.value || (tokens && !(tokens.length && can()))) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // the page's guard against sending twice waits for the real sending
    if (waiting) return;
    waiting = true;
    const button = event.submitter;
    try {
      await known;
      let answer = "";
      if (tokens.length && can()) {
        say(box, "touch");
        const salt = form.elements.password_salt; // of a key to come, which the token is to answer as well
        answer = await evaluate(tokens, salt?.dataset.next === undefined ? "" : salt.value);
        say(box, "");
      }
      put(form, input.name + "_token", answer).dataset.answer = "token";
      form.requestSubmit(button);
    } catch (problem) {
      say(box, problem instanceof Mute ? "mute" : "refused");
    } finally {
      waiting = false;
    }
  }, { capture: true });
}

// Adding one: made first, and then asked once as it will be asked ever after, so that it is known to answer.
for (const box of document.querySelectorAll("[data-token-new]")) {
  const form = box.closest("form");
  const made = form.elements.password_made;
  const button = box.querySelector("button");
  const options = JSON.parse(document.getElementById("token-options").textContent);
  if (!can()) { say(box, "unable"); continue; }
  button.hidden = false;
  if (made.value) say(box, "again");
  const create = async () => {
    const one = await navigator.credentials.create({ publicKey: {
      challenge: random(32), rp: { name: "Hàm Rồng" }, timeout: 120000,
      // a handle of its own: the one of the passkey for signing in would put this in its place
      user: { id: random(32), name: options.user, displayName: options.user },
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
      excludeCredentials: options.known.map((id) => ({ type: "public-key", id: bytes(id) })),
      authenticatorSelection: { residentKey: "discouraged", userVerification: "required" },
      extensions: { prf: { eval: { first: bytes(form.elements.password_salt.value) } } },
    } });
    if (!one.getClientExtensionResults().prf?.enabled) throw new Mute();
    made.value = text(one.rawId);
  };
  button.addEventListener("click", async () => {
    button.setAttribute("aria-disabled", "true");
    try {
      say(box, "first");
      if (!made.value) await create();
      say(box, "second");
      const answer = await evaluate([{ id: made.value, salt: form.elements.password_salt.value }]);
      put(form, "password_new_token", answer);
      button.hidden = true;
      say(box, "done");
    } catch (problem) {
      say(box, problem instanceof Mute ? "mute" : problem.name === "InvalidStateError" ? "known" : made.value ? "again" : "refused");
      if (problem instanceof Mute) made.value = "";
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
}
