// How the day stands: what the server told of it, and what this phone has recorded since.

import { expected } from "./ahead.js";

/** What a record of the kind skip tells: a door that the rules keep closed, or a visit let go. */
export const CLOSED = "closed", LET_GO = "let_go";

export class State {
  /** @param day  the day file  @param {object[]} told  the phone's own records of the day */
  constructor(day, told) {
    this.day = day;
    this.told = told;
    this.visits = day.stops.filter((stop) => stop.kind !== "break");
    this.states = new Map(this.visits.map((stop) => [stop.id, stateOf(stop, told)]));
  }

  of(stop) {
    return this.states.get(stop.id);
  }

  stop(id) {
    return this.visits.find((stop) => stop.id === id);
  }

  get hasBegun() {
    return this.day.begun || this.has("begin") || this.told.some((one) => one.visit);
  }

  get hasEnded() {
    return this.last("end") !== undefined;
  }

  /** The break that she is on, also one that was told before the day was fetched anew; undefined is none. */
  get breakSince() {
    const last = this.told.findLast((one) => one.kind === "break_begin" || one.kind === "break_end");
    const known = this.day.told?.break;
    if (known && !(last && seconds(last) >= known.at)) return known.is_on ? known.at : undefined;
    return last?.kind === "break_begin" ? seconds(last) : undefined;
  }

  /** When the crew began its day; undefined where it has not said. */
  get begunAt() {
    return earliest(this.day.told?.begun, seconds(this.last("begin")));
  }

  /** What was said last of being late, {at, minutes}; undefined where somebody has checked in since. */
  get late() {
    const own = this.told.filter((one) => one.kind === "late").map((one) => ({ at: seconds(one), minutes: one.body.minutes }));
    const said = [this.day.told?.late, ...own].filter(Boolean).sort((a, b) => a.at - b.at).at(-1);
    return said && !this.checkIns.some((at) => at >= said.at) ? said : undefined;
  }

  /** When the crew told where it is: it has begun, arrived, left, or told what came of a visit. */
  get checkIns() {
    const doors = this.visits.flatMap((stop) => [this.of(stop).arrived, this.of(stop).left, this.of(stop).result?.at]);
    return [this.begunAt, ...doors].filter((at) => at !== undefined);
  }

  /** The visit at whose door she stands, else the first that is not over or passed. */
  get next() {
    const here = this.visits.find((stop) => this.of(stop).isAtDoor);
    return here ?? this.visits.find((stop) => !this.of(stop).isPassed);
  }

  /** From when to when stops are expected by now, by their ids; of what is over nothing. */
  expected(now_s) {
    return this.hasEnded ? new Map() : expected(this, now_s);
  }

  /** How many seconds later than planned she is where she is, or comes to her next visit. */
  late_s(now_s) {
    const times = this.expected(now_s);
    const stop = this.visits.find((one) => times.has(one.id) && this.of(one).arrived !== undefined) ?? this.visits.find((one) => times.has(one.id));
    return stop ? Math.max(0, times.get(stop.id).start - stop.start) : 0;
  }

  get done() {
    return this.visits.filter((stop) => this.of(stop).result).length;
  }

  /** Whether a changed plan waits for her to accept it. */
  get hasChanges() {
    return Boolean(this.day.changes) && !this.told.some((one) => one.kind === "accept" && one.plan === this.day.plan.id);
  }

  /** All that was told of what came of a visit, the newest last: what was corrected stays. */
  results(stop) {
    const own = this.told.filter((one) => one.kind === "result" && one.visit === stop.id);
    const all = own.map((one) => ({ key: one.key, code: one.body.code, at: seconds(one) }));
    const isOwn = all.some((one) => one.key === stop.result?.key);
    return [...(stop.result && !isOwn ? [stop.result] : []), ...all].sort((a, b) => a.at - b.at);
  }

  has(kind, visit = "") {
    return this.last(kind, visit) !== undefined;
  }

  last(kind, visit = "") {
    return this.told.findLast((one) => one.kind === kind && one.visit === visit);
  }
}

function stateOf(stop, told) {
  const own = told.filter((one) => one.visit === stop.id), { arrived, left } = stayOf(stop, own);
  const result = resultOf(stop, own);
  const isSkipped = arrived === undefined && own.some((one) => one.kind === "skip" && one.body.what === LET_GO);
  const isAtDoor = arrived !== undefined && left === undefined;
  const isBarred = Boolean(stop.standing) && !stop.standing.was_begun && arrived === undefined;
  const isOver = Boolean(result) && !isAtDoor;
  return { arrived, left, result, isSkipped, isAtDoor, isBarred, isOver, isPassed: isOver || isBarred || isSkipped };
}

/** When she came and went; an arrival that she took back is none. */
function stayOf(stop, own) {
  const undone = new Set(own.map((one) => one.body?.undoes));
  const [taken, arrivals] = parted(own.filter((one) => one.kind === "arrive"), (one) => undone.has(one.key));
  const leaves = own.filter((one) => one.kind === "leave" && !one.body?.undoes);
  const isTaken = taken.some((one) => seconds(one) === stop.arrived);
  return {
    arrived: (isTaken ? undefined : stop.arrived ?? undefined) ?? seconds(arrivals[0]),
    left: stop.left ?? seconds(leaves[0]),
  };
}

function parted(all, test) {
  return [all.filter(test), all.filter((one) => !test(one))];
}

/** The latest result: this phone's own, unless the server has one that came after. */
function resultOf(stop, own) {
  const last = own.findLast((one) => one.kind === "result");
  const known = stop.result ?? undefined;
  if (!last) return known;
  const at = seconds(last);
  if (known && known.at > at) return known;
  return { key: last.key, code: last.body.code, at, body: last.body };
}

function earliest(...times) {
  const known = times.filter((at) => at !== undefined && at !== null);
  return known.length ? Math.min(...known) : undefined;
}

function seconds(record) {
  return record === undefined ? undefined : Math.floor(Date.parse(record.at) / 1000);
}
