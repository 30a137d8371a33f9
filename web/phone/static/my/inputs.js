// Inputs beside those of pieces.js: a choice, lines of text, a day with the near ones at a press.

import { element, field } from "./pieces.js";
import { t } from "./words.js";

const DAY_MS = 86_400_000;
const NEAR = [[0, () => t("Today")], [1, () => t("Tomorrow")], [3, () => t("In 3 days")], [7, () => t("In a week")]];

/** One of several that may stay open: `options` are [value, words]. */
export function select(name, label, options, chosen = "") {
  const made = element("select", { className: "input", id: name, name }, [
    element("option", { value: "", textContent: "—" }),
    ...options.map(([value, words]) => element("option", { value, textContent: words })),
  ]);
  made.value = chosen;
  return element("div", { className: "field" }, [element("label", { htmlFor: name, textContent: label }), made]);
}

/** Lines of text. */
export function area(name, label, value = "", { rows = 3, longest = null, hint = "", wrong = "" } = {}) {
  const input = element("textarea", { className: "input", id: name, name, rows, value });
  if (longest) input.maxLength = longest;
  const made = element("div", { className: "field" }, [element("label", { htmlFor: name, textContent: label }), input]);
  if (hint || wrong) {
    made.append(element("span", { className: wrong ? "wrong" : "hint", id: `${name}-told`, textContent: wrong || hint }));
    input.setAttribute("aria-describedby", `${name}-told`);
  }
  if (wrong) input.setAttribute("aria-invalid", "true");
  return made;
}

/** A day from `first` on (2026-11-23), the near ones at a press; `from` is the first of those. */
export function dayField(name, label, first, { value = "", wrong = "", from = 0 } = {}) {
  const made = field(name, label, { type: "date", value, min: first }, { wrong });
  const input = made.querySelector("input");
  const near = NEAR.filter(([days]) => days >= from).map(([days, words]) => {
    const press = element("button", { type: "button", className: "button", textContent: words() });
    press.addEventListener("click", () => {
      input.value = after(first, days);
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    return [after(first, days), press];
  });
  const show = () => near.forEach(([day, press]) => press.setAttribute("aria-pressed", String(day === input.value)));
  input.addEventListener("change", show);
  show();
  made.append(element("div", { className: "near" }, near.map(([, press]) => press)));
  return made;
}

/** The day so many days after one, both as 2026-11-23. */
export function after(day, days) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
