// The shift is over: nothing can be read any more, and what waits is still sent.

import { button, link, notice, paragraph } from "../pieces.js";
import { t, tn } from "../words.js";

export default function view(app) {
  const count = app.waiting.length;
  return {
    title: t("The shift is over"),
    main: [
      paragraph(t("What could be read of the day is wiped from this phone.")),
      count
        ? notice(tn("%(num)d record waits to be sent. It goes as soon as this page is open and a network is there.",
          "%(num)d records wait to be sent. They go as soon as this page is open and a network is there.", count), "warn")
        : notice(t("Everything that you recorded has reached the server."), "good"),
    ],
    thumb: [
      ...(count ? [link(t("What waits"), "#/queue", { looks: "button large" })] : []),
      button(t("Next day"), () => { app.door = null; return app.refresh(); }, { looks: "button main large" }),
    ],
  };
}
