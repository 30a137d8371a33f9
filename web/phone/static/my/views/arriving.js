// Arriving and leaving: the rules of this minute first, then where she stands, then the record.

import { closed } from "../door.js";
import { position } from "../position.js";

/** Arrive, unless the door is closed as of the best-known time: then say why. */
export async function arrive(app, stop) {
  const why = closed(stop, app.day.reasons, app.clock.now());
  if (why) return app.go(`#/stop/${encodeURIComponent(stop.id)}/closed`);
  await leaveOther(app, stop);
  await app.record("arrive", stop, await standing(app));
  await app.draw({ isNew: true });
}

/** Leave the door; then what came of it is asked. */
export async function leave(app, stop) {
  await app.record("leave", stop, await standing(app));
  if (app.state.of(stop).result) return app.draw({ isNew: true });
  app.go(`#/stop/${encodeURIComponent(stop.id)}/result`);
}

/** She stands at one door at a time: without a position, since she is at another by now. */
async function leaveOther(app, stop) {
  for (const other of app.state.visits) {
    if (other !== stop && app.state.of(other).isAtDoor) await app.record("leave", other);
  }
}

function standing(app) {
  return app.day.tells_position ? position() : {};
}
