// When she comes to what lies ahead: the rule by which the desk's *As it runs* tells it, too
// (scheduler/running), with the ways and the stays that the plan has.

import { opensFrom } from "./door.js";

/**
 * From when to when each stop is by now, by its id: what she stands at, and what lies ahead of her.
 * All is as early as the ways allow, and never before now; no order is changed.
 * @param {State} state  how the day stands (state.js)  @param {number} now_s
 * @returns {Map<string, {start: number, end: number}>}
 */
export function expected(state, now_s) {
  const stands = standing(state, now_s), made = new Set(stands.made.map((one) => one.id));
  const ahead = state.day.stops.filter((stop) => !made.has(stop.id) && !state.of(stop)?.isPassed);
  const going = new Going(state, stands, ahead.filter((stop) => isBreak(stop) && mayRest(stop, stands)));
  const next = ahead.find((stop) => !isBreak(stop) || going.waiting.has(stop.id));
  const door = ahead.find((stop) => !isBreak(stop)), { late } = state;
  const said_s = door && late ? door.start + late.minutes * 60 : 0;
  const next_s = stands.isAtDoor ? said_s : Math.max(said_s, now_s);
  if (door && next === door) going.leaveFor(door, next_s);
  for (const stop of ahead) going.make(stop, stop === door ? next_s : 0);
  if (stands.isAtDoor) going.times.set(stands.made.at(-1).id, stands.made.at(-1));
  return going.times;
}

/** A crew on its way: after which stop of the plan it is free, since when, and its breaks. */
class Going {
  constructor(state, { here, free, made }, rests) {
    Object.assign(this, { state, here, ready: free, hasMade: made.length > 0, times: new Map() });
    this.waiting = new Map(rests.map((rest) => [rest.id, rest]));
  }

  /** Leave so late that it comes to a door at `start_s`: no break can begin before that any more. */
  leaveFor(door, start_s) {
    this.ready = Math.max(this.ready, start_s - wayTo(this.state, this.here, door));
    if (!this.hasMade) return;
    for (const [id, rest] of this.waiting) if (restsOf(rest)[1] < this.ready) this.waiting.delete(id);
  }

  make(stop, notBefore_s) {
    if (isBreak(stop)) return this.rest(stop);
    let visit = this.visit(stop, notBefore_s);
    for (const rest of [...this.waiting.values()]) {
      const last = restsOf(rest)[1];
      if (this.ready > last || last >= visit.end) continue; // it is not this visit that would outlast its hours
      this.rest(rest);
      visit = this.visit(stop, notBefore_s);
    }
    this.times.set(stop.id, visit);
    Object.assign(this, { here: stop, ready: visit.end });
  }

  rest(stop) {
    if (!this.waiting.delete(stop.id)) return;
    const start = Math.max(this.ready, restsOf(stop)[0]), end = start + lasts(stop);
    this.times.set(stop.id, { start, end });
    this.ready = end;
  }

  visit(stop, notBefore_s) {
    const soonest = Math.max(this.ready + wayTo(this.state, this.here, stop), notBefore_s);
    const planned = waits(this.state, stop) ? stop.start : 0;
    const start = opensFrom(stop, Math.max(soonest, planned)) ?? opensFrom(stop, soonest) ?? soonest;
    return { start, end: start + lasts(stop) };
  }
}

/** What is made, with its true times, and where and since when she is free to go on. */
function standing(state, now_s) {
  const { day } = state, doors = madeOf(state), taken = new Set(), made = [];
  const shift = day.shift ?? day.starts, leave = Math.max(shift, state.begunAt ?? day.starts);
  let free = Math.max(shift, Math.min(leave, ...doors.slice(0, 1).map((one) => one.arrived))), here = null;
  doors.forEach((one, at) => {
    const begin = Math.max(one.arrived, made.at(-1)?.end ?? free), { stop, left } = one;
    for (const rest of restsIn(day, taken)) {
      const over = Math.max(free, restsOf(rest)[0]) + lasts(rest);
      if (free > restsOf(rest)[1] || over + wayTo(state, here, stop) > begin) continue;
      taken.add(rest.id);
      free = over;
    }
    const start = served(one, begin), usual = start + lasts(stop), next = doors[at + 1];
    const end = Math.max(begin, left ?? (next ? Math.min(usual, next.arrived) : Math.max(usual, now_s)));
    made.push({ id: stop.id, start: Math.min(start, end), end });
    [free, here] = [end, stop];
  });
  return { made, taken, free, here, isAtDoor: doors.length > 0 && doors.at(-1).left === undefined };
}

/** The visits at whose doors she was, as she came; a result without an arrival was told on leaving. */
function madeOf(state) {
  const codes = state.day.forms?.codes ?? {};
  return state.visits.flatMap((stop) => {
    const { arrived, left, result } = state.of(stop), isMade = result && codes[result.code]?.was_made !== false;
    const gone = left ?? (isMade ? result.at : undefined);
    if (arrived === undefined && gone === undefined) return [];
    const came = arrived ?? gone - lasts(stop);
    return [{ stop, arrived: came, left: gone === undefined ? undefined : Math.max(gone, came) }];
  }).sort((a, b) => a.arrived - b.arrived);
}

/** When service began: who was planned to wait at a door has waited. */
function served({ stop, left }, arrived) {
  const isGone = left !== undefined && left <= stop.start;
  return stop.start > arrivalAt(stop) && !isGone ? Math.max(arrived, stop.start) : arrived;
}

/** Whether she waits at a door until it is planned: there is time where a visit before it is off. */
function waits(state, stop) {
  const before = state.visits[state.visits.indexOf(stop) - 1];
  const isOff = before && state.of(before).isPassed && state.of(before).arrived === undefined;
  return isOff || stop.start > arrivalAt(stop);
}

/** How long the way to a stop takes from another, or from home, by the ways of the plan. */
function wayTo(state, here, there) {
  const { day, visits } = state, to = visits.indexOf(there), from = here ? visits.indexOf(here) : -1;
  const passed = visits.slice(from < to ? from + 1 : to, to + 1);
  return passed.reduce((sum, stop) => sum + legOf(day, stop), 0);
}

/** How long the way to a visit takes from what stands before it in the plan. */
function legOf(day, stop) {
  const before = day.stops[day.stops.indexOf(stop) - 1];
  return Math.max(0, arrivalAt(stop) - (before?.end ?? day.starts));
}

function mayRest(stop, { taken, free }) {
  return !taken.has(stop.id) && restsOf(stop)[1] >= free;
}

function restsIn(day, taken) {
  return day.stops.filter((stop) => isBreak(stop) && !taken.has(stop.id));
}

/** Between which seconds a break may begin; of a day that was kept before its file told of it, when planned. */
function restsOf(stop) {
  return stop.begins ?? [stop.start, Infinity];
}

function arrivalAt(stop) {
  return stop.arrival ?? stop.start;
}

function lasts(stop) {
  return stop.end - stop.start;
}

function isBreak(stop) {
  return stop.kind === "break";
}
