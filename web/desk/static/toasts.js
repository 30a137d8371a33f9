// What has just happened, told for a moment at the edge of the desk.
import { element } from "../js/element.js";

const SHOWN_MS = 7000;

export function toast(words, { kind = "", stays = false, button = "", press = () => {}, link = "" } = {}) {
  const told = element("div", { className: `toast ${kind}`, role: kind === "bad" ? "alert" : "status" }, [
    element("span", { textContent: words }),
  ]);
  if (button && link) told.append(element("a", { className: "button bare", href: link, textContent: button }));
  else if (button) {
    const made = element("button", { type: "button", className: "button bare", textContent: button });
    made.addEventListener("click", () => {
      told.remove();
      press();
    });
    told.append(made);
  }
  document.querySelector("#toasts").append(told);
  if (!stays) setTimeout(() => told.remove(), SHOWN_MS);
  return told;
}
