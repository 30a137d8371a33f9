// What the page says. English stands in the scripts; other languages come as a list.

let words = {};
export let language = document.documentElement.lang;

/** Read the words of the visitor's language; without them the page speaks English. */
export async function loadWords() {
  try {
    const told = await (await fetch("/my/words.json")).json();
    words = told.words;
    language = told.language;
  } catch {
    words = {};
  }
}

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
