// The end of the day: what is still open is asked first.

import { button, element, link, notice, paragraph } from "../pieces.js";
import { CLOSED } from "../state.js";
import { t, tn } from "../words.js";
import { pathOf } from "./visit.js";

const NOT_REACHED = "NOT_REACHED", BY_RULE = "ABORTED_RULE";

export default function view(app) {
  const { state, day } = app;
  if (state.hasEnded) return { title: t("End of the day"), back: "#/more", main: [notice(t("Your day is ended."), "good"), waits(app)] };
  const open = state.visits.filter((stop) => !state.of(stop).result && stop.place);
  const told = open.filter((stop) => state.of(stop).arrived !== undefined);
  const unmade = open.filter((stop) => state.of(stop).arrived === undefined);
  const boxes = new Map(unmade.map((stop) => [stop, box(app, stop)]));
  return {
    title: t("End of the day"),
    back: "#/",
    main: [
      paragraph(t("%(done)s of %(all)s visits have a result.", { done: state.done, all: state.visits.length })),
      ...(told.length ? [missing(told)] : []),
      ...(unmade.length ? [element("fieldset", { className: "chips tall" }, [
        element("legend", { textContent: t("These were not made. Recorded with the end of the day:") }), ...boxes.values(),
      ]), paragraph(t("Take a mark away where you tell the result yourself, or leave it to the desk."), "dense quiet")] : []),
      waits(app),
      ...(app.now_s() < day.ends - 3600 ? [notice(t("Your shift ends at %(time)s only.", { time: app.times.clock(day.ends) }))] : []),
    ],
    thumb: [button(t("End the day"), () => end(app, boxes), { looks: "button main large" })],
  };
}

/** Visits at whose doors she was: only she knows what came of them. */
function missing(stops) {
  return notice(t("You were there; tell what came of it:"), "warn", [
    element("ul", { className: "list-plain" }, stops.map((stop) =>
      element("li", {}, [link(`${stop.number} ${stop.name}`, `${pathOf(stop)}/result`, { looks: "button" })]))),
  ]);
}

function box(app, stop) {
  const input = element("input", { type: "checkbox", value: codeOf(app, stop), checked: true });
  const words = app.day.forms.codes[input.value].words;
  return element("label", { className: "chip", data: { keep: "" } }, [input, element("span", { textContent: `${stop.number} ${stop.name} · ${words}` })]);
}

/** Why it was not made: a rule, or there was no time for it. */
function codeOf(app, stop) {
  const skip = app.state.last("skip", stop.id);
  return app.state.of(stop).isBarred || (skip && skip.body.rule !== CLOSED && skip.body.rule) ? BY_RULE : NOT_REACHED;
}

function waits(app) {
  const count = app.waiting.length;
  if (!count) return notice(t("Nothing waits: the server holds everything."), "good");
  return notice(tn("%(num)d record waits on this phone. Open this page once more where there is a network.",
    "%(num)d records wait on this phone. Open this page once more where there is a network.", count), "warn");
}

async function end(app, boxes) {
  const from = location.hash;
  for (const [stop, made] of boxes) {
    const input = made.querySelector("input");
    if (input.checked) await app.record("result", stop, { code: input.value });
  }
  if (app.state.breakSince) await app.record("break_end", null);
  await app.record("end", null);
  app.tell(t("Your day is ended."));
  app.goOn(from, "#/");
}
