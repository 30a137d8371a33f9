// What this phone has attached to a visit, and the ways to attach more.

import { element, link } from "../pieces.js";
import { t } from "../words.js";
import { pathOf } from "./visit.js";

const WAYS = {
  photo: ["camera", () => t("Photo")],
  voice: ["microphone", () => t("Voice")],
  signature: ["pen", () => t("Sign")],
};

/** How many of a kind this phone has attached to a visit. */
export function countOf(app, stop, what) {
  const own = app.state.told.filter((one) => one.kind === "attachment" && one.visit === stop.id);
  return own.filter((one) => one.body.what === what).length;
}

/** A way to each kind, with how many there are. */
export function attachWays(app, stop) {
  const made = element("nav", { className: "ways three" }, Object.entries(WAYS).map(([what, [is, words]]) => {
    const count = countOf(app, stop, what);
    return link(count ? `${words()} · ${count}` : words(), `${pathOf(stop)}/${what}`, { looks: "button", is });
  }));
  made.setAttribute("aria-label", t("Attach to the visit"));
  return made;
}
