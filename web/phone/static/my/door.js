// May the visit begin now? The server has told each door's whole day; the phone looks it up.

/**
 * Why a visit may not begin at `now_ms`; null if it may.
 * @param {{hours?: [number, number, number|null][], standing: object|null}} stop
 * @param {object[]} reasons  those that the hours name by their numbers
 */
export function closed(stop, reasons, now_ms) {
  if (stop.standing && !stop.standing.was_begun) return { ...stop.standing, title: stop.standing.words };
  const now_s = now_ms / 1000;
  const span = (stop.hours ?? []).find(([from, to]) => from <= now_s && now_s < to);
  if (!span) return { why: "unknown", title: "", is_law: false };
  return span[2] === null ? null : reasons[span[2]];
}

/** When the door opens next, in epoch seconds; null where it does not today any more. */
export function opensAt(stop, now_ms) {
  const now_s = now_ms / 1000;
  const next = (stop.hours ?? []).find(([from, , reason]) => reason === null && from > now_s);
  return next ? next[0] : null;
}

/** When the visit may begin from `at_s` on, itself if it may then; undefined where it may not any more. */
export function opensFrom(stop, at_s) {
  if (!stop.hours) return at_s;
  const next = stop.hours.find(([, to, reason]) => reason === null && to > at_s);
  return next && Math.max(next[0], at_s);
}
