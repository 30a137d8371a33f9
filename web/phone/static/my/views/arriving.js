// Arriving and leaving: the rules of this minute first, then where she stands, then the record.

import { closed } from "../door.js";
import { distance } from "../formats.js";
import { beyond_m, isRough, position } from "../position.js";
import { CLOSED } from "../state.js";
import { t } from "../words.js";
import { lacking } from "./company.js";
import { pathOf } from "./visit.js";

export const UNDO_MS = 60_000;
const SAME_PRESS_MS = 600_000;

/** Why she seems far where the phone is wrong: said once in a shift of a rough position, it holds for all. */
export const ROUGH_WHY = "phone";

/** Whether she has said today that the phone is wrong about where it is, when it knew it roughly. */
function hasSaidRough(app) {
  return app.state.told.some(({ body }) => body?.why === ROUGH_WHY && isRough(body));
}

/** What is being written down: a press may be repeated while the phone still looks where it stands. */
const underWay = new Set();

/** Arrive, unless the door is closed as of the best-known time: then say why, and note it. */
export async function arrive(app, stop) {
  const why = closed(stop, app.day.reasons, app.clock.now());
  if (why) {
    await noteClosed(app, stop, why);
    return app.go(`${pathOf(stop)}/closed`);
  }
  await stood(app, stop, "arrive");
}

/** Leave the door; then what came of it is asked. */
export function leave(app, stop) {
  return stood(app, stop, "leave");
}

/** Write down where she stands; where that is far from the door she is asked why first. */
async function stood(app, stop, kind) {
  const from = location.hash, where = app.day.tells_position ? await position() : {};
  const far_m = beyond_m(where, stop.place);
  if (!far_m) return write(app, stop, kind, where, from);
  if (isRough(where) && hasSaidRough(app)) {
    app.tell(t("The phone knows where it is only to within %(distance)s. That is noted, as you said it before.", { distance: distance(where.accuracy_m) }), "info");
    return write(app, stop, kind, { ...where, far_m, why: ROUGH_WHY, repeated: true }, from);
  }
  app.farther = { visit: stop.id, kind, where, far_m };
  app.go(`${pathOf(stop)}/far`);
}

/** Write down that she came or went, and go on to what follows; pressed again meanwhile it is once. */
export async function write(app, stop, kind, body, from = location.hash) {
  const name = `${kind} ${stop.id}`, isTold = app.state.of(stop)?.isAtDoor === (kind === "arrive");
  if (underWay.has(name)) return;
  underWay.add(name);
  try {
    if (!isTold) await told(app, stop, kind, body);
  } finally {
    underWay.delete(name);
  }
  goOn(app, stop, kind, from);
}

async function told(app, stop, kind, body) {
  app.farther = null;
  if (kind === "arrive") await leaveOther(app, stop);
  await app.record(kind, stop, body);
}

function goOn(app, stop, kind, from) {
  if (kind === "leave" && !app.state.of(stop)?.result) return app.goOn(from, `${pathOf(stop)}/result`);
  if (kind === "arrive" && lacking(app, stop)) return app.goOn(from, `${pathOf(stop)}/company`);
  app.goOn(from, kind === "arrive" && from.startsWith(pathOf(stop)) ? pathOf(stop) : "#/");
}

/** She stands at one door at a time: without a position, since she is at another by now. */
async function leaveOther(app, stop) {
  for (const other of app.state.visits) {
    if (other !== stop && app.state.of(other).isAtDoor) await app.record("leave", other);
  }
}

/** That she stood before a closed door is on record once, however often she presses. */
async function noteClosed(app, stop, why) {
  const rule = why.why || CLOSED, last = app.state.last("skip", stop.id);
  const isNoted = last?.body.rule === rule && app.clock.now() - Date.parse(last.at) < SAME_PRESS_MS;
  if (!isNoted) await app.record("skip", stop, { what: CLOSED, rule });
}

/** The arrival of this phone that can still be taken back; undefined is none. */
export function toUndo(app, stop) {
  const last = app.state.last("arrive", stop.id), how = app.state.of(stop);
  if (!last || !how.isAtDoor || how.result || app.clock.now() - Date.parse(last.at) > UNDO_MS) return undefined;
  return last;
}

/** Take a mistaken arrival back; after a minute she leaves as from any door. */
export async function undo(app, stop) {
  const last = toUndo(app, stop);
  if (last) await app.record("leave", stop, { why: "mistake", undoes: last.key });
  app.draw({ isNew: true });
}
