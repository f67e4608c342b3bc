// Tells whoever writes, on their own device, what in the text may give them away. Nothing is sent, nothing is kept.
// "Tôi tên là …", and as well "con tôi là …", "vợ tôi, …", "em trai của tôi tên …".
const BEFORE = ["(?:tôi|em|mình),?(?: tên)?(?: là)?", "tên tôi là", "người (?:viết|làm|gửi|đứng) đơn:?(?: là)?", "(?:họ và tên|họ tên|ký tên):?", "my name is", "i am", "my (?:wife|husband|son|daughter|child|father|mother|brother|sister),?(?: is)?"];
const SIGNS = {
  phone: /(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)/,
  document: /(?<!\d)\d{3}[ .-]?\d{3}[ .-]?\d{3}(?:[ .-]?\d{3})?(?!\d)/,
  plate: /(?<![\p{L}\d])\d{2}[ -]?[A-ZĐ]{1,2}\d?[ -]?\d{3}[.]?\d{1,2}(?!\d)/iu,
  mail: /[^\s@]+@[^\s@]+[.][^\s@]+/,
  name: new RegExp(String.raw`(?:${BEFORE.join("|")}) \p{Lu}\p{L}*\s+\p{Lu}`, "u"),
};
// A name alone on the last line, as letters are signed.
const SIGNED = /\n\s*\p{Lu}\p{L}*(?: +\p{Lu}\p{L}*){1,4}[ .]*$/u;
// Only the words before a name may be written in capitals or not; the name itself begins with capitals.
const lowered = (text) => text.replace(/(^|[.!?\n]\s*)(\p{Lu})(?=\p{Ll}+ )/gu, (_all, before, letter) => before + letter.toLowerCase());
for (const box of document.querySelectorAll("[data-warn-self]")) {
  const field = box.closest("form").elements[box.dataset.warnSelf];
  const look = () => {
    const text = lowered(field.value);
    const found = Object.keys(SIGNS).filter((what) => SIGNS[what].test(text) || (what === "name" && SIGNED.test(field.value.trimEnd())));
    if (found.includes("phone") && !SIGNS.document.test(text.replace(new RegExp(SIGNS.phone.source, "g"), ""))) found.splice(found.indexOf("document"), found.includes("document") ? 1 : 0);
    for (const line of box.querySelectorAll("[data-what]")) line.hidden = !found.includes(line.dataset.what);
    box.hidden = !found.length;
  };
  field.addEventListener("input", look);
  look();
}
