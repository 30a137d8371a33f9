// No plan has her today.

import { button, link, paragraph } from "../pieces.js";
import { t } from "../words.js";

export default function view(app) {
  const { is_taken_back: isTakenBack, coming } = app.door.told ?? {};
  return {
    title: isTakenBack ? t("Your plan was taken back") : t("No plan for today yet"),
    main: [
      paragraph(isTakenBack
        ? t("The dispatcher took the plan back. Wait for the new one before you drive.")
        : t("As soon as the dispatcher publishes one that has you, it is here.")),
      ...(coming ? [link(t("Your next day: %(day)s", { day: coming }), `/my/${coming}`)] : []),
    ],
    thumb: [button(t("Look again"), () => app.refresh(), { looks: "button main large" })],
  };
}
