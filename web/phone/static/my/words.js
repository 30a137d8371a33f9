// What the page says. English stands in the scripts; other languages stand in the page.

const told = document.querySelector("#words")?.textContent;
const words = told ? JSON.parse(told) : {};
export const language = document.documentElement.lang;

/** Return a text in the visitor's language, `%(name)s` filled in. */
export function t(text, values = {}) {
  return filled(words[text] ?? text, values);
}

/** Return the text that fits a count, `%(num)d` in it. */
export function tn(one, many, num, values = {}) {
  return filled(words[one] ?? (num === 1 ? one : many), { num, ...values });
}

function filled(text, values) {
  return text.replace(/%\((\w+)\)[sd]/g, (_, name) => values[name] ?? "");
}
