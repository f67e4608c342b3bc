// The owner's own random number, made on the device where the owner presses; everything else works without scripts.
const box = document.querySelector("[data-ticket]");
const name = `plates ${box.dataset.ticket}`;
const offline = box.querySelector("[data-offline]");

// A browser that keeps nothing (private windows may refuse) still presses, with a fresh number each time.
const kept = () => { try { return sessionStorage.getItem(name); } catch { return null; } };
const keep = (value) => { try { sessionStorage.setItem(name, value); } catch { /* the number is in the form */ } };
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const fill = () => {
  const field = box.querySelector("input[name=nonce]");
  if (!field) return;
  const nonce = kept() || hex(crypto.getRandomValues(new Uint8Array(16)));
  keep(nonce);
  field.value = nonce;
};
const compare = () => {
  const used = box.querySelector("[data-nonce]");
  if (used && used.dataset.nonce === kept()) used.parentElement.querySelector("[data-own]").hidden = false;
};
const renew = () => { fill(); compare(); };

document.addEventListener("htmx:afterSettle", () => { renew(); box.querySelector("[data-news]")?.focus(); });
document.addEventListener("htmx:afterOnLoad", () => { offline.hidden = true; });
for (const problem of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(problem, (event) => {
    offline.hidden = false;
    const form = event.detail.elt.closest("form");
    if (form) setTimeout(() => form.isConnected && form.requestSubmit(), 2000);
  });
}
renew();
