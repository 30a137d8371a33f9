// May she be called now? The server has told the day's hours, and after how many more calls a rule
// refuses the next; the phone looks up the second and counts its own calls since.

/**
 * Why she may not be called at `now_ms`, one of `reasons`, and from when on she may today; null if
 * she may.
 * @param {{hours: [number, number, number|null][], caps: [string[], number, number][]}} call
 * @param {object[]} reasons  those that hours and caps name by their numbers
 * @param {object[]} made  bodies of the calls that this phone has told and the server has not counted
 * @returns {{why: object, from_s: number|null}|null}
 */
export function refused(call, reasons, now_ms, made) {
  const now_s = now_ms / 1000;
  const span = call.hours.find(([from, to]) => from <= now_s && now_s < to);
  const full = call.caps.find(([results, left]) => made.filter((one) => results.includes(kindOf(one))).length >= left);
  if (!span) return { why: { why: "unknown", title: "", is_law: false }, from_s: null };
  if (span[2] === null) return full ? { why: reasons[full[2]], from_s: null } : null;
  const next = call.hours.find(([from, , reason]) => reason === null && from > now_s);
  return { why: reasons[span[2]], from_s: next && !full ? next[0] : null };
}

/** What came of a call, as rules tell calls apart. */
function kindOf({ result, party }) {
  return result === "answered" && party !== "borrower" ? "answered_else" : result;
}

/** The bodies of the calls to a borrower that this phone has told and the server has not counted. */
export function callsMade(told, stop) {
  const counted = new Set(stop.call.counted);
  return told.filter((one) => one.kind === "call" && one.visit === stop.id && !counted.has(one.key)).map((one) => one.body);
}

/** When a call was opened of which nothing has been told yet, in epoch seconds; null is none. */
export function openedAt(told, stop) {
  const own = told.filter((one) => one.visit === stop.id && (one.kind === "call" || isNumberShown(one)));
  const last = own.at(-1);
  return last && isNumberShown(last) ? Date.parse(last.at) / 1000 : null;
}

function isNumberShown(one) {
  return one.kind === "shown" && (one.body.fields ?? []).includes("phone");
}
