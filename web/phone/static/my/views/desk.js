// How the desk is reached.

import { element, paragraph, sign } from "../pieces.js";
import { t } from "../words.js";

/** A press that calls the desk; where nobody has told its number, that. */
export function callDesk(app) {
  const number = app.day?.desk_phone;
  if (!number) return [paragraph(t("Your desk has told no number to call: ask your dispatcher for it."), "dense quiet")];
  const press = element("a", { className: "button large wide", href: `tel:${number.replace(/[^+\d]/g, "")}` }, [
    sign("phone"), t("Call the desk: %(number)s", { number }),
  ]);
  return [press];
}
