// What stands on a crew's row of the timeline: its shift, ways, waits, visits, breaks and overtime.
import { element } from "../js/element.js";

const HOUR_S = 3600;
const MADE = new Set(["done", "at_door"]);

// From when to when the timeline goes: whole hours around all shifts and days.
export function span(day) {
  const from = Math.min(...day.crews.flatMap((crew) => [crew.start_s, crew.window[0]]));
  const to = Math.max(...day.crews.flatMap((crew) => [crew.end_s, crew.window[1]]));
  if (!Number.isFinite(from)) return [8 * HOUR_S, 20 * HOUR_S];
  return [Math.floor(from / HOUR_S) * HOUR_S, Math.ceil(to / HOUR_S) * HOUR_S];
}

function lasting(className, from, to, more = {}) {
  const piece = element(more.data?.visit ? "button" : "i", { className, ...more });
  piece.style.setProperty("--at", from);
  piece.style.setProperty("--lasts", to - from);
  return piece;
}

// The hours in which no visit of the day is lawful, behind all rows.
export function shaded(day, from, to) {
  const windows = day.crews.flatMap((crew) => crew.stops.flatMap((stop) => stop.windows ?? []));
  if (!windows.length) return [];
  const sorted = windows.toSorted((a, b) => a[0] - b[0]);
  const found = [];
  let open = from;
  for (const [begin, end] of sorted) {
    if (begin > open) found.push(lasting("unlawful", open, begin));
    open = Math.max(open, end);
  }
  if (open < to) found.push(lasting("unlawful", open, to));
  return found;
}

export function pieces(crew, told) {
  const [opens, closes] = crew.window;
  const made = [lasting("shift", opens, closes), ...crew.stops.flatMap(lawful)];
  let left = crew.start_s;
  for (const stop of crew.stops) {
    if (stop.arrival_s > left) made.push(lasting("driving", left, stop.arrival_s));
    if (stop.start_s > stop.arrival_s) made.push(lasting("waiting", stop.arrival_s, stop.start_s));
    left = stop.end_s;
  }
  if (crew.end_s > left) made.push(lasting("driving", left, crew.end_s));
  if (crew.end_s > closes) made.push(lasting("over", closes, crew.end_s));
  for (const stop of crew.stops) made.push(...stopPieces(stop, told));
  return made;
}

function stopPieces(stop, told) {
  if (stop.kind === "break") {
    const title = `${told.say("break")} ${told.span(stop.start_s, stop.end_s)}`;
    return [lasting("rest", stop.start_s, stop.end_s, { title })];
  }
  return [visit(stop, told), ...expected(stop)];
}

// When a visit may be made: behind all that stands on the row, also what was before it.
const lawful = (stop) =>
  (stop.windows ?? []).map(([from, to]) => lasting("lawful", from, to, { data: { of: stop.id } }));

// When a late visit is to be expected, below where it was planned.
function expected({ now }) {
  if (!now || MADE.has(now.state) || !now.late_s) return [];
  return [lasting(`expected ${now.weight}`, now.start_s, now.end_s)];
}

const STATES = ["suspended", "flagged"];

function visit(stop, told) {
  const standing = stop.standing?.kind ?? "";
  const name = stop.name || told.say("another");
  const words = [stop.number, told.span(stop.start_s, stop.end_s), name];
  if (STATES.includes(standing)) words.push(told.say(standing));
  if (stop.lock) words.push(told.say("locked"));
  const now = stop.now?.state ?? "";
  if (now && now !== "on_time") words.push(stop.now.said);
  const title = words.join(" · ");
  const block = lasting(`visit ${standing} ${stop.lock ? "locked" : ""} ${now && `now-${now}`}`, stop.start_s, stop.end_s, {
    type: "button",
    title,
    ariaLabel: title,
    tabIndex: -1,
    data: { visit: stop.id, start: stop.start_s },
  });
  block.append(element("b", { textContent: stop.number }), element("span", { textContent: ` ${name}` }));
  return block;
}
