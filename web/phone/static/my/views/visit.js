// What the views of one visit share.

import { notice, paragraph } from "../pieces.js";
import { t } from "../words.js";

/** The address of a visit's view. */
export function pathOf(stop) {
  return `#/stop/${encodeURIComponent(stop.id)}`;
}

/** Whom it is about, masked. */
export function whom(stop) {
  return paragraph([[stop.number, stop.name].filter(Boolean).join(" · "), ...(stop.place ? [` · ${stop.place.kind_words}`] : [])], "quiet");
}

/** Instead of a view of a visit that the plan, or the book, has no more. */
export function gone(stop) {
  const why = stop ? t("The borrower or the place is not in the book any more: tell the desk what you saw.") : t("This visit is not in your plan any more.");
  return { title: t("My day"), back: "#/", main: [notice(why, "warn")] };
}
