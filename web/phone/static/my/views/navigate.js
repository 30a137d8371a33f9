// The way to a door: in a navigator that the administrator allows, else on the phone's own map.

import { button, element, link, notice, paragraph, sign } from "../pieces.js";
import { t } from "../words.js";
import { gone, pathOf } from "./visit.js";

const CHOICE = "navigator", TOLD = "navigator told";

export default async function view(app, id) {
  const stop = app.state.stop(id);
  if (!stop) return gone();
  const [choice, told] = await Promise.all([CHOICE, TOLD].map((name) => app.book.get("kept", name)));
  const links = app.day.navigators.filter(([code]) => stop.place?.links?.[code]);
  links.sort(([one], [other]) => (other === choice) - (one === choice));
  const first = links.slice(0, 1), rest = links.slice(1);
  return {
    title: t("Navigate"),
    back: pathOf(stop),
    main: [
      element("h2", { textContent: stop.name }),
      ...address(stop),
      ...(links.length ? [...(told === app.day.on ? [] : [leaves()]), ...rest.map((one) => way(app, stop, one, "button large wide"))] : [none(app, stop)]),
    ],
    thumb: [
      link(t("Own map"), "#/map", { looks: "button large", is: "pin" }),
      ...first.map((one) => way(app, stop, one, "button main large")),
    ],
  };
}

function address(stop) {
  if (!stop.place) return [notice(t("The place of this visit is not in the book any more."), "warn")];
  return [
    paragraph([stop.place.address]),
    ...(stop.place.note ? [paragraph(stop.place.note, "quiet")] : []),
    copying(stop.place.address),
  ];
}

function leaves() {
  return notice(t("A navigator learns where this door is, by its coordinates, and that this phone asks for it. No name and no address goes along. This is told once a day."), "warn");
}

function none(app, stop) {
  if (!stop.place?.at) return notice(t("The position of this door is not known: ask the desk."), "warn");
  return notice(app.day.navigators.length ? t("No navigator knows this place.") : t("No navigator is allowed here: no door's position leaves this phone. The own map shows the way."), "info");
}

/** What she opened last, or the first of all, is the main press at the thumb. */
function way(app, stop, [code, title], looks) {
  const made = element("a", { className: looks, href: stop.place.links[code], target: "_blank", rel: "noopener noreferrer", referrerPolicy: "no-referrer" }, [
    sign("way"), t("Open in %(navigator)s", { navigator: title }),
  ]);
  made.addEventListener("click", () => opened(app, stop, code));
  return made;
}

/** What she chose is kept on this phone; the record names the navigator alone. */
async function opened(app, stop, code) {
  await app.record("navigate", stop, { navigator: code });
  await app.book.put("kept", code, CHOICE);
  await app.book.put("kept", app.day.on, TOLD);
}

/** A press that copies; beside it stands what came of it. */
function copying(words) {
  const told = element("div"), press = button(t("Copy the address"), () => copy(words, told), { looks: "button wide", is: "note" });
  return element("div", { className: "stack" }, [press, told]);
}

async function copy(words, told) {
  const put = (kind, said) => told.replaceChildren(notice(said, kind));
  try {
    await navigator.clipboard.writeText(words);
    put("good", t("The address is copied."));
  } catch {
    put("warn", t("This browser does not copy: press long on the address."));
  }
}
