// What every page gains where scripts run. Nothing here is needed: each page works without it.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const say = (text) => { document.getElementById("said").textContent = text; };

// The colours are chosen without a reload; the cookie lets the server send the page in them next time.
all("[data-theme-form]").forEach((form) => form.addEventListener("submit", (event) => {
  event.preventDefault();
  const chosen = event.submitter.value;
  document.cookie = `theme=${chosen}; path=/; max-age=${chosen ? 31536000 : 0}; samesite=lax`;
  if (chosen) document.documentElement.dataset.theme = chosen; else delete document.documentElement.dataset.theme;
  document.querySelector("[data-dark]").media = { dark: "all", light: "not all" }[chosen] || "(prefers-color-scheme: dark)";
  all("button", form).forEach((button) => button.setAttribute("aria-pressed", button.value === chosen));
}));

// A form is sent once. The server is the judge; this only spares people the second answer.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.matches("[data-theme-form]") || form.hasAttribute("hx-post") || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  all("button:not([type=button])", form).forEach((button) => { button.setAttribute("aria-disabled", "true"); button.setAttribute("aria-busy", "true"); });
  say(document.body.dataset.busy);
});
window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => {
  delete form.dataset.sent;
  all("[aria-busy]", form).forEach((button) => { button.removeAttribute("aria-disabled"); button.removeAttribute("aria-busy"); });
}));

// The device's clock may be wrong: the server's own time, sent along, is what the countdown runs on.
const began = performance.now();
const span = (minutes, [days, hours, mins]) => {
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const words = d ? [`${d} ${days}`, h && `${h} ${hours}`] : [h && `${h} ${hours}`, (m || !h) && `${m} ${mins}`];
  return words.filter(Boolean).join(" ");
};
const tick = (time) => {
  const { countdown, soon, left, past, units } = time.dataset;
  const minutes = (Date.parse(time.dateTime) - Date.parse(countdown) - (performance.now() - began)) / 60000;
  const text = (minutes < 0 ? past : left).replace("%(span)s", span(Math.floor(Math.abs(minutes)), units.split("|")));
  const box = time.parentElement;
  const tone = minutes < 0 ? "bad" : minutes <= soon ? "warn" : "good";
  const due = [60, 30, 10, 5, 1].includes(Math.floor(minutes)) || !box.classList.contains(tone);
  if (text !== time.textContent && due) box.querySelector("[role=status]").textContent = text;
  time.textContent = text;
  box.className = `countdown ${tone}`;
};
const clocks = all("[data-countdown]");
if (clocks.length) setInterval(() => clocks.forEach(tick), 5000);

all("[data-copy]").forEach((button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.nextElementSibling.textContent = button.dataset.done;
    button.classList.add("done");
    const words = button.querySelector("span");
    const before = words.textContent;
    words.textContent = button.dataset.done;
    setTimeout(() => { words.textContent = before; button.nextElementSibling.textContent = ""; }, 4000);
  });
});
all("[data-print]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => window.print()); });
// What is wrong comes before where one would begin: `autofocus` is served later than this, and would win.
const first = document.querySelector("[data-focus]:not([data-sample] *)");
if (first) {
  all("[autofocus]").forEach((other) => other.removeAttribute("autofocus"));
  first.focus();
  requestAnimationFrame(() => requestAnimationFrame(() => first.focus()));
}
