// A plan that was published after the one she knows: what is different, and her accepting it.

import { button, element, notice, paragraph } from "../pieces.js";
import { t } from "../words.js";

export default function view(app) {
  const { changes } = app.day;
  if (!changes || !app.state.hasChanges) {
    return { title: t("Your plan"), back: "#/", main: [notice(t("You know the plan as it stands."), "good")] };
  }
  return {
    title: t("Your plan has changed"),
    back: "#/",
    main: [
      paragraph(t("Look through it before you go on. The list of the day shows the new order already.")),
      element("ul", { className: "changed list-plain" }, [
        ...changes.new.map((id) => added(app, app.state.stop(id))),
        ...changes.moved.map(([id, before]) => moved(app, app.state.stop(id), before)),
        ...changes.gone.map((one) => dropped(app, one)),
        ...(changes.mates ? [row("warn", t("crew"), [app.day.crew.names.join(t(", "))])] : []),
      ]),
    ],
    thumb: [button(t("Accept"), () => accept(app), { looks: "button main large" })],
  };
}

async function accept(app) {
  const from = location.hash;
  await app.record("accept", null);
  app.goOn(from, "#/");
}

function row(kind, label, words) {
  return element("li", {}, [element("span", { className: `tag ${kind}`, textContent: label }), element("span", {}, words)]);
}

function added(app, stop) {
  return row("good", t("new"), stop ? [app.times.clock(stop.start), " ", stop.name || t("Not in the book any more")] : []);
}

function moved(app, stop, before) {
  if (!stop) return row("warn", t("moved"), []);
  const was = element("s", { className: "quiet", textContent: app.times.clock(before) });
  return row("warn", t("moved"), [`${stop.name} `, was, ` ${app.times.clock(stop.start)} · ${stop.place?.kind_words ?? ""}`]);
}

function dropped(app, one) {
  return row("", t("dropped"), [element("s", { textContent: `${app.times.clock(one.start)} ${one.name}` })]);
}
