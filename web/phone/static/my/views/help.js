// Help: the desk's number, what signs mean, what to do when, what is recorded about her.

import { keepOwn, ownOf } from "../own_file.js";
import { element, link, notice, paragraph } from "../pieces.js";
import { t } from "../words.js";

export default async function view(app) {
  const told = await ownOf(app);
  if (told === null) keepOwn(app, { isAsked: true }).then((isNew) => { if (isNew) app.draw(); });
  return {
    title: t("Help"),
    back: "#/more",
    main: [
      ...desks(app, told),
      ...(told ? told.help.sections.map(section) : [notice(t("This comes with the next network."), "info")]),
    ],
  };
}

/** The numbers of the desks; of today's city also before her own pages have come. */
function desks(app, told) {
  const today = app.day.desk_phone ? [{ city: app.day.city, phone: app.day.desk_phone }] : [];
  const all = told?.help.desks ?? today;
  if (!all.length) return [paragraph(t("Nobody has told the desk's telephone number yet."), "quiet")];
  return all.map(({ city, phone }) => {
    const words = [t("Call the desk"), ...(all.length > 1 ? [city] : []), phone].join(" · ");
    return link(words, `tel:${phone.replaceAll(" ", "")}`, { is: "phone" });
  });
}

function section({ title, points }) {
  return element("section", { className: "stack" }, [
    element("h2", { textContent: title }),
    element("ul", { className: "own-points" }, points.map((words) => element("li", { textContent: words }))),
  ]);
}
