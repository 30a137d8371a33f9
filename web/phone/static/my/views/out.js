// Nobody is logged in, and no day lies here.

import { link, notice, paragraph } from "../pieces.js";
import { t } from "../words.js";

export default function view(app) {
  return {
    title: t("My day"),
    main: [
      ...(app.door.wiped ? [notice(t("After too many wrong PINs the day was wiped from this phone."), "warn")] : []),
      paragraph(t("Log in to fetch your day, or open the link that your dispatcher gave you.")),
      ...(app.waiting.length ? [notice(t("What you recorded before still waits here and is sent."))] : []),
    ],
    thumb: [link(t("Log in"), "/log-in?next=/my/", { looks: "button main large" })],
  };
}
