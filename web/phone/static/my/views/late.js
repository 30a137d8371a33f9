// Running late: the dispatcher hears of it, and the rest of the list is moved.

import { button, element, paragraph } from "../pieces.js";
import { t, tn } from "../words.js";

const MINUTES = [10, 20, 30, 60];

export default function view(app) {
  return {
    title: t("Running late"),
    back: "#/",
    main: [
      paragraph(t("How much later than planned do you come to the next visit? The desk is told, and the times of your list are moved.")),
      element("div", { className: "near" }, MINUTES.map((minutes) =>
        button(t("+%(minutes)d min", { minutes }), () => tell(app, minutes), { looks: "button large" }))),
      ...(app.state.late?.minutes ? [button(t("On time again"), () => tell(app, 0))] : []),
    ],
  };
}

async function tell(app, minutes) {
  const from = location.hash;
  await app.record("late", null, { minutes });
  app.tell(minutes ? tn("Noted: %(num)d minute late.", "Noted: %(num)d minutes late.", minutes) : t("Noted: on time again."));
  app.goOn(from, "#/");
}
