// What somebody typed stays while the page changes its language, and while large files go up. Each page works without it;
// what is typed never leaves the page for it: it is kept nowhere, on this device or elsewhere.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const say = (text) => { document.getElementById("said").textContent = text; };
const LARGE = 1000000;

// Puts a page that was fetched in place of this one. A module runs once an address: each is asked for by another one.
const show = (html, url, then = () => {}) => {
  if (url !== location.href) history.pushState(null, "", url);
  document.open();
  document.addEventListener("DOMContentLoaded", then, { once: true });
  document.write(html.replace(/(<script type="module" src="[^"?]+)/g, `$1?${Date.now()}`));
  document.close();
};

// Without scripts the language button sends the form it stands beside; here it is the page that asks, and files stay.
all("form[data-language] button[form]").forEach((button) => {
  if ("enters" in button.dataset) button.remove();
  else ["form", "formaction"].forEach((name) => button.removeAttribute(name));
});

const TYPED = "input:not([type=hidden], [type=submit], [type=button]), textarea, select";
const boxes = (page) => all("main form[method=post]", page).map((form) => all(TYPED, form).filter((box) => box.name));
const put = (from, to) => {
  if (from.type === "file") to.files = from.files;
  else if (from.type === "checkbox" || from.type === "radio") to.checked = from.checked;
  else if (from.multiple) [...to.options].forEach((option, n) => { option.selected = from.options[n]?.selected; });
  else to.value = from.value;
  to.dispatchEvent(new Event("input", { bubbles: true }));
};
const alike = (one, other) => one.length === other.length && one.every((each, n) =>
  each.length === other[n].length && each.every((box, m) => box.name === other[n][m].name));

all("form[data-language]").forEach((form) => form.addEventListener("submit", async (event) => {
  const before = boxes(document);
  if (!before.flat().length) return;
  event.preventDefault();
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) });
    const html = await answer.text();
    if (!answer.ok || !alike(before, boxes(new DOMParser().parseFromString(html, "text/html")))) throw new Error(answer.status);
    show(html, answer.url, () => boxes(document).forEach((each, n) => each.forEach((box, m) => put(before[n][m], box))));
  } catch { say(form.dataset.language); alert(form.dataset.language); }
}));

const megabytes = (many) => (many / 1048576).toFixed(1);

document.addEventListener("submit", (event) => {
  const form = event.target;
  const box = form.querySelector("[data-upload]");
  const files = all("input[type=file]", form).flatMap((one) => [...one.files]);
  if (!box || form.dataset.sent || files.reduce((sum, one) => sum + one.size, 0) < LARGE) return;
  event.preventDefault();
  const [bar, share, words, problem] = ["progress", "[data-share]", ".progress-words span", "[data-problem]"].map((each) => box.querySelector(each));
  const began = words.textContent;
  const sending = new XMLHttpRequest();
  const stop = (text) => {
    delete form.dataset.sent;
    words.textContent = began;
    problem.textContent = text;
    box.querySelector(".progress").hidden = true;
  };
  sending.upload.onprogress = ({ loaded, total }) => {
    bar.value = loaded / total;
    share.textContent = `${megabytes(loaded)} / ${megabytes(total)} MB`;
    if (loaded === total) { words.textContent = box.dataset.checking; say(box.dataset.checking); }
  };
  sending.onload = () => {
    const page = (sending.getResponseHeader("Content-Type") || "").startsWith("text/html");
    if (sending.status === 200 && page) show(sending.responseText, sending.responseURL);
    else stop(box.dataset.refused.replace("#", sending.status));
  };
  sending.onerror = () => stop(box.dataset.failed);
  sending.onabort = () => stop(box.dataset.cancelled);
  box.querySelector("[data-cancel]").onclick = () => sending.abort();
  form.dataset.sent = "1";
  problem.textContent = "";
  box.hidden = box.querySelector(".progress").hidden = false;
  say(began);
  sending.open("POST", event.submitter?.getAttribute("formaction") || form.getAttribute("action") || location.href);
  sending.send(new FormData(form, event.submitter));
}, true);
