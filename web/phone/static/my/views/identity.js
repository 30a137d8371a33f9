// Her card: who she is and for whom she comes, large, to be shown at a door.

import { element, paragraph } from "../pieces.js";
import { t } from "../words.js";

export default function view(app) {
  const { identity } = app.day;
  return {
    title: t("Show who you are"),
    back: "#/",
    main: [
      element("dl", { className: "identity" }, identity.lines.flatMap(([label, value]) => [
        element("dt", { className: "quiet", textContent: label }), element("dd", { textContent: value }),
      ])),
      ...(identity.asked ? [paragraph(identity.is_law ? identity.source : t("house rule"), "dense quiet")] : []),
      paragraph(t("Show your paper card and the lender's authorisation, too, where you have them."), "dense quiet"),
    ],
  };
}
