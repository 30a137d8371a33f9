// A view of several steps: what is shown and what the thumb can press change in their places.

import { element } from "../pieces.js";

/** Places for a view's parts, and what puts others there. */
export function steps() {
  const body = element("div", { className: "stack" }), thumb = element("div", { className: "presses" });
  body.dataset.keep = ""; // a day that is read anew meanwhile does not take it away
  const show = (nodes, pressed) => {
    body.replaceChildren(...nodes);
    thumb.replaceChildren(...pressed);
  };
  return { main: [body], thumb: [thumb], show };
}

/** Tell beside what is shown what went wrong; one at a time. */
export function tellWrong(place, wrong) {
  place.querySelector(".notice.bad")?.remove();
  if (wrong) place.prepend(wrong);
}

/** The three ways on from something that was made: keep it, make it again, or let it be. */
export function ways(place, { keep, again, drop }, words, button) {
  return [
    button(words.drop, drop, { looks: "button large" }),
    button(words.again, again, { looks: "button large" }),
    button(words.keep, async () => tellWrong(place, await keep()), { looks: "button main large" }),
  ];
}
