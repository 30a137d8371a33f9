// The day can be read no more: the shift is over, or its link lets in no more. What waits is still sent.

import { button, link, notice, paragraph } from "../pieces.js";
import { t, tn } from "../words.js";

const WHY = {
  taken_back: { title: () => t("Your link was taken back"), words: () => t("Your dispatcher took back the link of this day. Ask for a new one if you go on.") },
  other_phone: { title: () => t("Your link is in use on another phone"), words: () => t("A link opens the day on one phone alone. Ask your dispatcher for a new one.") },
};

export default function view(app) {
  const count = app.waiting.length, why = WHY[app.door.told?.why];
  return {
    title: why ? why.title() : t("The shift is over"),
    main: [
      ...(why ? [paragraph(why.words())] : []),
      paragraph(t("What could be read of the day is wiped from this phone.")),
      count
        ? notice(tn("%(num)d record waits to be sent. It goes as soon as this page is open and a network is there.",
          "%(num)d records wait to be sent. They go as soon as this page is open and a network is there.", count), "warn")
        : notice(t("Everything that you recorded has reached the server."), "good"),
    ],
    thumb: [
      ...(count ? [link(t("What waits"), "#/queue", { looks: "button large" })] : []),
      button(why ? t("Look again") : t("Next day"), () => { app.door = null; return app.refresh(); }, { looks: "button main large" }),
    ],
  };
}
