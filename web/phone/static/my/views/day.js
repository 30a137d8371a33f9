// The day: the next stop large with the things to do, then all stops.

import { element, link, notice, paragraph, sign } from "../pieces.js";
import { closed } from "../door.js";
import { WORTH_TELLING_S, moved } from "./expected.js";
import { lackings } from "../readiness.js";
import { t, tn } from "../words.js";
import { card, thumb, ways } from "./card.js";
import { ownCode } from "./company.js";
import { standing as standingOf } from "./panic.js";

export default async function view(app) {
  const { state } = app, next = state.next, lacking = await lackings(app);
  return {
    title: t("My day"),
    main: [
      ...standingOf(app),
      ...warnings(app),
      next ? card(app, next) : done(app),
      ...lacking,
      ...ownCode(app),
      list(app),
      others(app),
    ],
    thumb: next ? thumb(app, next) : endOf(app),
  };
}

/** What she has to know before anything else. */
function warnings(app) {
  const { state, day } = app, found = [];
  const wrong_min = Math.round(app.clock.error_ms() / 60_000);
  if (state.hasChanges) {
    found.push(notice(t("Your plan has changed."), "warn", [" ", element("a", { href: "#/changes", textContent: t("See what is new") })]));
  }
  if (app.isOut) {
    found.push(notice(t("You are logged out: what changes does not reach you. What you record is sent all the same."), "warn", [" ", element("a", { href: "/log-in?next=/my/", textContent: t("Log in") })]));
  }
  if (app.isStale) found.push(notice(t("The storage of this phone is full: what is new of the day is shown, and not kept over a restart. Free some room."), "warn"));
  if (app.recording.lost) found.push(notice(app.recording.lost, "bad"));
  if (Math.abs(wrong_min) >= 2) {
    found.push(notice(t("The clock of this phone is wrong by %(minutes)s minutes. The server's time is used.", { minutes: Math.abs(wrong_min) }), "warn"));
  }
  const late_s = state.late_s(app.now_s());
  if (late_s >= WORTH_TELLING_S) {
    found.push(notice(t("About %(minutes)d minutes behind the plan: the times below are moved.", { minutes: Math.round(late_s / 60) }), "info"));
  }
  if (state.breakSince) {
    found.push(notice(t("On a break since %(time)s.", { time: app.times.clock(state.breakSince) }), "info"));
  }
  if (!day.plan.current) found.push(notice(t("This plan was taken back: wait for the new one before you drive."), "bad"));
  return found;
}

function done(app) {
  return element("section", { className: "card-visit" }, [
    element("h2", { textContent: app.state.hasEnded ? t("Your day is ended.") : t("All visits are done.") }),
    paragraph(t("%(done)s of %(all)s visits have a result.", { done: app.state.done, all: app.state.visits.length }), "quiet"),
  ]);
}

function endOf(app) {
  if (app.state.hasEnded) return [];
  return [link(t("End the day"), "#/end", { looks: "button main large" })];
}

function list(app) {
  const { state, day } = app, times = state.expected(app.now_s());
  return element("section", { className: "stack" }, [
    element("div", { className: "list-head" }, [
      element("h2", { textContent: t("Stops of the day") }),
      element("span", { className: "quiet dense", textContent: t("%(done)s of %(all)s done", { done: state.done, all: state.visits.length }) }),
    ]),
    element("ol", { className: "stops list-plain" }, day.stops.map((stop) =>
      element("li", {}, [stop.kind === "break" ? pause(app, stop, times) : line(app, stop, times)]))),
  ]);
}

function pause(app, stop, times) {
  return element("div", { className: "stop break" }, [
    element("span", { className: "mark" }, [sign("cup")]),
    time(app, stop, times.get(stop.id)),
    element("span", { className: "what", textContent: tn("Break, %(num)d minute", "Break, %(num)d minutes", Math.round((stop.end - stop.start) / 60)) }),
  ]);
}

function line(app, stop, times) {
  const { state } = app, how = state.of(stop), isNext = state.next === stop;
  const looks = how.result ? "done" : how.isBarred || how.isSkipped ? "off" : isNext ? "now" : "";
  const made = element("a", { className: `stop ${looks}`, href: `#/stop/${encodeURIComponent(stop.id)}` }, [
    element("span", { className: "mark" }, [
      ...markOf(looks), element("span", { className: "number", textContent: stop.number }),
    ]),
    time(app, stop, how.isAtDoor ? undefined : times.get(stop.id)),
    element("span", { className: "what" }, [
      element(looks === "off" ? "s" : "span", { textContent: stop.name || t("Not in the book any more") }),
      element("span", { className: "quiet", textContent: standing(app, stop, how, isNext, times.get(stop.id)) }),
    ]),
    sign("on"),
  ]);
  if (isNext) made.setAttribute("aria-current", "step");
  return made;
}

/** When it is planned; for what lies ahead, when it is to be expected by now. */
function time(app, stop, now) {
  const planned = app.times.clock(stop.start);
  if (!moved(stop, now)) return element("span", { className: "time", textContent: planned });
  return element("span", { className: "time" }, [
    element("s", { className: "quiet dense", textContent: planned }), element("br"), app.times.clock(now.start),
  ]);
}

function markOf(looks) {
  const marks = { done: "✓", off: "×", now: "→" };
  if (!marks[looks]) return [];
  const mark = element("span", { textContent: marks[looks] });
  mark.setAttribute("aria-hidden", "true");
  return [mark];
}

function standing(app, stop, how, isNext, now) {
  if (how.result) return app.day.forms.codes[how.result.code]?.words ?? how.result.code;
  if (how.isBarred) return t("Do not go: %(why)s", { why: stop.standing.words });
  if (how.isSkipped) return t("let go");
  if (how.isAtDoor) return t("at the door");
  if (isTooLate(app, stop, now)) return t("by then no visit is allowed");
  return isNext ? t("next") : stop.place?.kind_words ?? "";
}

/** Whether the door is closed by the time she comes, as late as she is. */
function isTooLate(app, stop, now) {
  return moved(stop, now) && Boolean(stop.hours) && Boolean(closed(stop, app.day.reasons, now.start * 1000));
}

/** The ways to everything else; help can be called for also before the first visit and after the last. */
function others(app) {
  const isAtVisit = app.state.next && app.state.hasBegun;
  return ways(t("The day"), [
    ...(isAtVisit ? [] : [link(t("Problem"), "#/problem", { looks: "button", is: "warn" })]),
    link(t("Map"), "#/map", { looks: "button", is: "pin" }),
    link(t("Running late"), "#/late", { looks: "button", is: "way" }),
    link(t("More"), "#/more", { looks: "button", is: "menu" }),
  ]);
}
