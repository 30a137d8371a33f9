// A visit, large: when, who, where, what is due, what to mind; and what the thumb does with it.

import { button, element, link, notice, paragraph, sign, unseen } from "../pieces.js";
import { t, tn } from "../words.js";
import { arrive, leave, toUndo, undo } from "./arriving.js";
import { attachWays } from "./attached.js";
import { lacking, lackingWords } from "./company.js";
import { moved } from "./expected.js";
import { pathOf } from "./visit.js";

const SHOWN_MS = 20_000;
const HIDDEN = "•••••";

const FLAGS = {
  pair: ["two", () => t("Two go in together")],
  daylight: ["sun", () => t("Only by daylight")],
  dog: ["warn", () => t("Dog")],
  hostile: ["bad", () => t("Hostile at an earlier visit")],
};

export function card(app, stop) {
  const how = app.state.of(stop);
  const made = element("section", { className: "card-visit" }, [
    when(app, stop, how),
    name(stop, how),
    ...where(stop),
    ...(stop.flags?.length ? [flags(stop)] : []),
    ...(app.day.crew.mates.length ? [row("two", t("Together with %(names)s", { names: app.day.crew.mates.join(t(", ")) }))] : []),
    ...(stop.full ? [due(app, stop)] : []),
    ...stay(app, stop, how),
    ...together(app, stop, how),
    ...(how.result ? [came(app, how)] : told(app, stop, how)),
    ...(stop.place && (how.arrived !== undefined || how.result) ? [attachWays(app, stop)] : []),
  ]);
  made.setAttribute("aria-labelledby", "who");
  return made;
}

function when(app, stop, how) {
  const isNext = app.state.next === stop;
  const label = how.result ? t("Done") : how.isAtDoor ? t("At the door since %(time)s", { time: app.times.clock(how.arrived) })
    : isNext ? t("Next") : t("Visit %(number)d", { number: stop.number });
  return element("p", { className: "when" }, [
    element("span", { className: "label", textContent: label }),
    ...times(app, stop, how),
  ]);
}

/** When it is planned; where it lies ahead and that holds no more, when it is to be expected. */
function times(app, stop, how) {
  const now = how.isAtDoor ? undefined : app.state.expected(app.now_s()).get(stop.id);
  const planned = app.times.span(stop.start, stop.end);
  if (!moved(stop, now)) return [element("time", { textContent: planned })];
  return [element("s", { className: "quiet dense", textContent: planned }), " ", element("time", { textContent: app.times.span(now.start, now.end) })];
}

function name(stop, how) {
  const words = stop.name || t("Not in the book any more");
  return element("h2", { id: "who", className: "who" }, [
    element(how.isBarred && !how.result ? "s" : "span", { textContent: words, className: "name" }),
  ]);
}

function where(stop) {
  if (!stop.place) return [];
  const place = element("span", {}, [
    element("span", { className: "quiet", textContent: stop.place.kind_words }), element("br"), stop.place.address,
  ]);
  return [row("pin", place), ...(stop.place.note ? [row("note", stop.place.note)] : [])];
}

function row(is, words) {
  return element("p", { className: "where" }, [sign(is), element("span", {}, [words])]);
}

function flags(stop) {
  return element("ul", { className: "flags list-plain" }, stop.flags.map((flag) => {
    const [is, words] = FLAGS[flag] ?? ["warn", () => flag];
    return element("li", { className: `flag ${flag}` }, [sign(is), words()]);
  }));
}

/** What a visit for two still waits for. */
function together(app, stop, how) {
  const count = how.isAtDoor && !how.result ? lacking(app, stop) : 0;
  return count ? [notice(lackingWords(count), "warn")] : [];
}

/** How long the whole visit has taken so far, or took. */
function stay(app, stop, how) {
  if (how.arrived === undefined) return [];
  const minutes = Math.floor(((how.left ?? app.now_s()) - how.arrived) / 60);
  const planned = Math.round((stop.end - stop.start) / 60);
  const words = how.isAtDoor
    ? t("%(minutes)d of %(planned)d minutes planned", { minutes, planned })
    : t("%(from)s, %(minutes)d minutes", { from: app.times.span(how.arrived, how.left ?? how.arrived), minutes });
  const mistaken = toUndo(app, stop) ? [button(t("Arrived by mistake? Take it back"), () => undo(app, stop), { looks: "button wide" })] : [];
  return [paragraph(words, "dense quiet"), ...mistaken];
}

/** What is due, hidden until she asks; that she looked is recorded. */
function due(app, stop) {
  const sum = element("strong", {}, [hidden(), unseen(t("hidden"))]);
  const press = button(t("Show"), () => show(app, stop, press), { looks: "button" });
  press.append(unseen(" " + t("name and amount")));
  return element("div", { className: "due" }, [
    element("div", {}, [
      element("span", { className: "quiet dense", textContent: tn("Due, %(num)d contract", "Due, %(num)d contracts", stop.contracts) }), sum,
    ]), press,
  ]);
}

function hidden() {
  const made = element("span", { textContent: HIDDEN });
  made.setAttribute("aria-hidden", "true");
  return made;
}

async function show(app, stop, press) {
  await app.record("shown", stop, { fields: ["name", "overdue"] });
  const box = press.closest(".card-visit");
  box.dataset.keep = "";
  box.querySelector(".name").textContent = stop.full.name;
  box.querySelector(".due strong").textContent = stop.full.due;
  press.hidden = true;
  box.querySelector(".due").after(paragraph(t("Hidden again in %(seconds)d seconds. That you looked is on record.", { seconds: SHOWN_MS / 1000 }), "dense quiet"));
  setTimeout(() => { delete box.dataset.keep; app.draw({ isNew: box.isConnected }); }, SHOWN_MS);
}

function came(app, how) {
  const words = app.day.forms.codes[how.result.code]?.words ?? how.result.code;
  return element("p", { className: "came-of-it" }, [
    sign("good"), element("span", {}, [element("strong", { textContent: words }), " ", element("span", { className: "quiet", textContent: app.times.clock(how.result.at) })]),
  ]);
}

/** What she should know before she goes in. */
function told(app, stop, how) {
  const found = [];
  if (how.isBarred) {
    found.push(notice(t("Do not go: %(why)s", { why: stop.standing.words }), "bad", [" ", element("a", { href: `${pathOf(stop)}/closed`, textContent: t("Why, and what now") })]));
  } else if (stop.standing) {
    found.push(notice(t("Since you arrived: %(why)s.", { why: stop.standing.words }), "warn", [
      " ", t("The visit has begun and keeps its record. End it kindly, and tell its result."),
    ]));
  }
  if (stop.contacted === false) found.push(notice(t("Nobody has reached the borrower yet."), "info"));
  for (const id of stop.unpaid ?? []) found.push(notice(t("The borrower said that contract %(case)s was paid. No payment has come since: ask, without blame.", { case: id }), "warn"));
  if (app.day.duties.length) found.push(duties(app.day.duties));
  if (app.day.identity?.asked) found.push(link(t("Show who you are"), "#/identity", { looks: "button", is: "person" }));
  return found;
}

function duties(all) {
  return element("details", { className: "duties" }, [
    element("summary", { textContent: tn("%(num)d duty at the door", "%(num)d duties at the door", all.length) }),
    element("ul", { className: "dense" }, all.map((one) => element("li", {}, [
      one.text, " ", element("span", { className: "quiet", textContent: one.is_law ? one.source : t("house rule") }),
    ]))),
  ]);
}

/** Links beside each other. */
export function ways(label, links) {
  const made = element("nav", { className: "ways" }, links);
  made.setAttribute("aria-label", label);
  return made;
}

/** All that the thumb reaches: the ways that are always open, and below them what is to be done now. */
export function thumb(app, stop) {
  return [...(app.state.hasBegun ? [acts(app, stop)] : []), ...now(app, stop)];
}

/** What can be done at a visit at any time. */
function acts(app, stop) {
  const plain = (is) => ({ looks: "button", is }), how = app.state.of(stop);
  const isAsked = how.arrived !== undefined && !how.result;
  return ways(t("This visit"), [
    link(t("Call"), `${pathOf(stop)}/call`, plain("phone")),
    link(t("Problem"), `#/problem/${encodeURIComponent(stop.id)}`, plain("warn")),
    ...(isAsked ? [] : [link(t("Result"), `${pathOf(stop)}/result`, plain("good"))]),
  ]);
}

/** What to do now: one main press, and at most one other. */
function now(app, stop) {
  const { state } = app, how = state.of(stop), id = encodeURIComponent(stop.id);
  const main = { looks: "button main large" };
  if (!state.hasBegun) return [button(t("Begin the day"), () => begin(app), main)];
  if (state.hasChanges) return [link(t("See what is new"), "#/changes", main)];
  if (state.breakSince) return [button(t("Break over"), () => endBreak(app), main)];
  if (how.isAtDoor && how.result) return [button(t("Leave"), () => leave(app, stop), main)];
  if (how.isAtDoor && lacking(app, stop)) {
    return [button(t("Leave"), () => leave(app, stop), { looks: "button large" }), link(t("Confirm"), `${pathOf(stop)}/company`, main)];
  }
  if (how.isAtDoor) return [button(t("Leave"), () => leave(app, stop), { looks: "button large" }), link(t("Result"), `#/stop/${id}/result`, main)];
  if (how.arrived !== undefined && !how.result) return [link(t("Result"), `#/stop/${id}/result`, main)];
  if (how.result || how.isBarred) return [];
  return [
    link(t("Navigate"), `#/stop/${id}/navigate`, { looks: "button large", is: "way" }),
    button(t("Arrive"), () => arrive(app, stop), main),
  ];
}

async function begin(app) {
  await app.record("begin", null);
  await app.draw({ isNew: true });
}

async function endBreak(app) {
  await app.record("break_end", null);
  await app.draw({ isNew: true });
}
