// How the day stands: what the server told of it, and what this phone has recorded since.

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

  /** The break that she is on; undefined is none. */
  get breakSince() {
    const last = this.told.findLast((one) => one.kind === "break_begin" || one.kind === "break_end");
    return last?.kind === "break_begin" ? Date.parse(last.at) / 1000 : undefined;
  }

  /** The visit at whose door she stands, else the first that is not over or passed. */
  get next() {
    const here = this.visits.find((stop) => this.of(stop).isAtDoor);
    return here ?? this.visits.find((stop) => !this.of(stop).isPassed);
  }

  /** How many seconds later than planned she comes to what is next, as she said or showed last. */
  get late_s() {
    for (const { kind, visit, body, at } of this.told.toReversed()) {
      if (kind === "late") return body.minutes * 60;
      const stop = this.stop(visit), at_s = Date.parse(at) / 1000;
      if (stop && kind === "leave" && !body.undoes) return Math.max(0, Math.round(at_s - stop.end));
      if (stop && kind === "arrive" && this.of(stop).isAtDoor) return Math.max(0, Math.round(at_s - stop.start));
    }
    return 0;
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

function seconds(record) {
  return record === undefined ? undefined : Math.floor(Date.parse(record.at) / 1000);
}
