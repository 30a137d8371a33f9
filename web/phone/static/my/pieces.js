// Pieces of the page that look alike everywhere.

import { element } from "/static/js/element.js";
import { t } from "./words.js";

export { element };

const SVG = "http://www.w3.org/2000/svg";

/** A sign of those that stand in the page. */
export function sign(name) {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("class", "icon");
  drawn.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#sign-${name}`);
  drawn.append(use);
  return drawn;
}

/** Something to press; while what it does is under way it cannot be pressed again. */
export function button(label, act, { looks = "button large wide", is = null } = {}) {
  const made = element("button", { type: "button", className: looks }, [
    ...(is ? [sign(is)] : []), label,
  ]);
  made.addEventListener("click", () => once(made, act));
  return made;
}

/** Do something once at a time, and show that it is under way. */
export async function once(pressed, act) {
  if (pressed.getAttribute("aria-busy") === "true") return;
  pressed.setAttribute("aria-busy", "true");
  try {
    await act();
  } catch (error) {
    if (error.name === "NotRecordedError") return; // that she has been told
    tellFault(error);
    throw error;
  } finally {
    pressed.removeAttribute("aria-busy");
  }
}

/** Say that a press did not do what it should: nothing fails unseen. */
function tellFault({ name }) {
  const words = name === "QuotaExceededError" ? t("The storage of this phone is full: free some room, then press again.")
    : t("That did not work (%(error)s). Press again; if it stays so, tell the desk.", { error: name });
  const main = document.querySelector("#main"), made = notice(words, "bad");
  main.querySelector(".fault")?.remove();
  made.classList.add("fault");
  main.prepend(made);
  made.scrollIntoView({ block: "nearest" });
}

/** A way to another view. */
export function link(label, href, { looks = "button large wide", is = null } = {}) {
  return element("a", { className: looks, href }, [...(is ? [sign(is)] : []), label]);
}

/** Something to know: kind is info, good, warn or bad. */
export function notice(words, kind = "info", more = []) {
  const made = element("div", { className: `notice ${kind}` }, [
    sign(kind), element("div", {}, [words, ...more]),
  ]);
  made.setAttribute("role", kind === "bad" ? "alert" : "status");
  return made;
}

export function paragraph(words, className = "") {
  return element("p", { className }, Array.isArray(words) ? words : [words]);
}

/** A labelled input; `wrong` says beside it what to mend. */
export function field(name, label, attributes = {}, { hint = "", wrong = "" } = {}) {
  const input = element("input", { className: "input", id: name, name, ...attributes });
  const made = element("div", { className: "field" }, [
    element("label", { htmlFor: name, textContent: label }), input,
  ]);
  if (hint || wrong) {
    made.append(element("span", { className: wrong ? "wrong" : "hint", id: `${name}-told`, textContent: wrong || hint }));
    input.setAttribute("aria-describedby", `${name}-told`);
  }
  if (wrong) input.setAttribute("aria-invalid", "true");
  return made;
}

/** One of several: `options` are [value, words]. */
export function chips(name, legend, options, { chosen = "", wrong = "", tall = false } = {}) {
  const made = element("fieldset", { className: tall ? "chips tall" : "chips" }, [
    element("legend", { textContent: legend }),
    ...options.map(([value, words]) =>
      element("label", { className: "chip" }, [
        element("input", { type: "radio", name, value, checked: value === chosen }),
        element("span", { textContent: words }),
      ])),
  ]);
  if (wrong) {
    made.append(element("span", { className: "wrong", id: `${name}-told`, textContent: wrong }));
    made.setAttribute("aria-describedby", `${name}-told`);
  }
  return made;
}

/** Words for ears alone. */
export function unseen(words) {
  return element("span", { className: "hidden-but-read", textContent: words });
}

/** Tell somebody who does not see the page what has happened. */
export function say(words) {
  document.querySelector("#told").textContent = words;
}

export function backLink(href = "#/") {
  return element("a", { className: "button bare", href }, [sign("back"), unseen(t("Back"))]);
}
