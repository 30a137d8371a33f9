// A crew of the list with its stops, as the server writes them too.
import { element } from "../js/element.js";

const WAIT_TOLD_S = 300;
const CHEVRON = "m6 9 6 6 6-6";
const SVG = "http://www.w3.org/2000/svg";

const text = (name, className, words) => element(name, { className, textContent: words });

function chevron() {
  const [drawing, path] = ["svg", "path"].map((name) => document.createElementNS(SVG, name));
  drawing.setAttribute("class", "icon chevron");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", CHEVRON);
  drawing.append(path);
  return drawing;
}

export function crewItem(crew, told, { before, chosen }) {
  const visits = crew.stops.filter((stop) => stop.kind !== "break" && stop.standing?.kind !== "suspended");
  const summary = element("summary", {}, [
    text("span", "mark", crew.look.number),
    text("span", "who", crew.name),
    text("span", "quiet", told.say(visits.length === 1 ? "one_visit" : "visits", { count: visits.length })),
    ...(crew.now?.late_s
      ? [text("span", "tag warn", told.say("late", { time: told.lasting(crew.now.late_s) }))]
      : []),
    text("span", "push", told.span(crew.start_s, crew.end_s)),
    chevron(),
  ]);
  const facts = element("p", { className: "dense quiet facts" }, [
    told.say("driving", { time: told.lasting(crew.driving_s) }),
  ]);
  if (crew.overtime_s > 0) {
    facts.append(" · ", text("strong", "warn", told.say("overtime", { time: told.lasting(crew.overtime_s) })));
  }
  facts.append(` · ${crew.id}`);
  const foretold = crew.foretold ? [element("p", { className: "dense quiet facts foretold", textContent: expected(crew.foretold, told) })] : [];
  const stops = element("ol", { className: "stops list-plain" });
  stops.append(...crew.stops.map((stop) => stopItem(stop, told, { before, chosen })));
  const className = `crew crew-${crew.look.colour} dash-${crew.look.dash}`;
  return element("details", { className, data: { crew: crew.id } }, [summary, facts, ...foretold, stops]);
}

// What the morning can tell of a crew's day.
function expected(one, told) {
  const parts = [
    told.say("home", { half: told.clock(one.home_p50_s), most: told.clock(one.home_p90_s) }),
    told.say("p_overtime", { share: told.share(one.p_overtime) }),
  ];
  if (one.extra_visits === 1) parts.push(told.say("one_more_visit"));
  else if (one.extra_visits) parts.push(told.say("more_visits", { count: one.extra_visits }));
  return parts.join(" · ");
}

function stopItem(stop, told, { before, chosen }) {
  const time = text("span", "time", told.span(stop.start_s, stop.end_s));
  if (stop.kind === "break") {
    const none = element("span", { className: "number", textContent: "–", ariaHidden: "true" });
    return element("li", { className: "stop rest" }, [none, time, text("span", "whom quiet", told.say("break"))]);
  }
  const name = stop.name || told.say("another");
  const isChosen = chosen.has(stop.id);
  const box = element("input", {
    type: "checkbox",
    className: "choose",
    value: stop.id,
    checked: isChosen,
    tabIndex: -1, // its line is reached by the tab key, and the space bar chooses it
    ariaLabel: told.say("choose", { what: `${told.clock(stop.start_s)} ${name}` }),
  });
  const struck = stop.standing?.kind === "suspended" ? [text("s", "", name)] : [name];
  const came = before && !before.has(`${stop.id} ${stop.start_s}`) ? " came" : "";
  return element(
    "li",
    { className: `stop${came}${isChosen ? " is-chosen" : ""}`, tabIndex: 0, data: { visit: stop.id } },
    [
      box,
      text("span", "number", stop.number),
      time,
      element("strong", { className: "whom" }, struck),
      element("span", { className: "tags" }, tags(stop, told)),
      where(stop),
    ],
  );
}

// How it stands while the day runs; who is behind, by how much.
function lateness(now, told) {
  return now.late_s && now.state !== "done" ? `${now.said} ${told.longer(now.late_s)}` : now.said;
}

function where(stop) {
  const cases = (stop.case_ids ?? []).flatMap((id) => [" · ", text("span", "whole", id)]);
  return element("span", { className: "where quiet" }, [stop.street ?? "", ...cases]);
}

function tags(stop, told) {
  const made = [];
  const tag = (words, kind = "") => made.push(text("span", `tag ${kind}`, words), " ");
  if (stop.standing) {
    const isSuspended = stop.standing.kind === "suspended";
    tag(told.say(isSuspended ? "suspended" : "flagged"), isSuspended ? "bad" : "warn");
  }
  if (stop.now && stop.now.state !== "on_time") tag(lateness(stop.now, told), stop.now.weight);
  if (stop.on_time !== undefined) tag(told.say("on_time", { share: told.share(stop.on_time) }), "warn");
  if (stop.lock) tag(told.say("locked"));
  if (stop.is_must) tag(told.say("must"));
  const wait = stop.start_s - stop.arrival_s;
  if (wait >= WAIT_TOLD_S) tag(told.say("waits", { time: told.lasting(wait) }));
  if (stop.place_kind) tag(stop.place_kind);
  return made;
}
