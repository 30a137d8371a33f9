// No day lies here, and the server does not answer.

import { button, notice, paragraph } from "../pieces.js";
import { t } from "../words.js";

export default function view(app) {
  return {
    title: t("My day"),
    main: [
      notice(t("No network: the server does not answer."), "warn"),
      paragraph(t("The day is fetched as soon as there is a network. After that it works without one until the evening.")),
      ...(app.waiting.length ? [notice(t("What you recorded before still waits here and is sent."))] : []),
    ],
    thumb: [button(t("Try again"), () => app.refresh(), { looks: "button main large" })],
  };
}
