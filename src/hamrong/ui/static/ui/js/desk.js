// Keys and bulk selection of the desk; every one of them also has its link, button or box.
const all = (selector) => [...document.querySelectorAll(selector)];
const rows = () => all("[data-row]");
const keys = document.getElementById("keys");
let waiting = false;

const at = () => rows().findIndex((row) => row.classList.contains("at"));
const go = (step) => {
  const list = rows();
  if (!list.length) return;
  const next = Math.min(list.length - 1, Math.max(0, at() + step));
  list.forEach((row, n) => row.classList.toggle("at", n === next));
  (list[next].querySelector("th a") || list[next].querySelector("a, input"))?.focus();
  list[next].scrollIntoView({ block: "nearest" });
};
const acts = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  "j": () => go(1),
  "k": () => go(-1),
  "x": () => rows()[at()]?.querySelector("input[type=checkbox]")?.click(),
  "?": () => keys.showModal(),
  "g": () => { waiting = true; setTimeout(() => { waiting = false; }, 1500); },
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]")) return;
  if (waiting && /^[1-9]$/.test(event.key)) { all("[data-go]")[event.key - 1]?.click(); waiting = false; return; }
  const act = acts[event.key];
  if (act) { event.preventDefault(); act(); }
});
all("[data-keys]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => keys.showModal()); });

document.addEventListener("change", (event) => {
  const box = event.target;
  const table = box.closest(".table");
  if (!table || box.type !== "checkbox") return;
  const boxes = [...table.querySelectorAll("tbody .pick input")];
  const whole = table.querySelector("[data-pick-all]");
  if (box === whole) boxes.forEach((one) => { one.checked = whole.checked; });
  boxes.forEach((one) => one.closest("tr").classList.toggle("picked", one.checked));
  if (whole) { whole.checked = boxes.every((one) => one.checked); whole.indeterminate = !whole.checked && boxes.some((one) => one.checked); }
});
document.addEventListener("click", (event) => all("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
document.addEventListener("keyup", (event) => {
  if (event.key !== "Escape") return;
  all("details.menu[open]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
});
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (token) event.detail.headers["X-CSRFToken"] = token;
});
