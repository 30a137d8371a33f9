// What is attached to a visit: a photograph, a voice note, a signature. Each is seen or heard
// before it is kept, and on the phone's disk before anything is sent.

import { base64 } from "../sealing.js";
import { notice } from "../pieces.js";
import { t } from "../words.js";
import { countOf } from "./attached.js";
import { gone, pathOf, whom } from "./visit.js";

const READ = {
  photo: () => import("./attach_photo.js"),
  voice: () => import("./attach_voice.js"),
  signature: () => import("./attach_signature.js"),
};
const TITLES = {
  photo: () => t("Photograph"), voice: () => t("Voice note"), signature: () => t("Signature"),
};

export default async function view(app, id, what) {
  const stop = app.state.stop(id);
  if (!stop?.place) return gone(stop);
  const title = TITLES[what](), back = pathOf(stop), most = app.day.forms.attach[what];
  if (countOf(app, stop, what) >= most) {
    return { title, back, main: [whom(stop), notice(t("This visit has %(most)s already: no more are kept.", { most }))] };
  }
  const { fill } = await READ[what]();
  const { main, thumb } = fill(app, stop, async (blob) => {
    const wrong = await keep(app, stop, what, blob);
    if (wrong) return wrong;
    app.tell(t("Kept on this phone. It is sent after everything else."));
    app.go(back);
    return null;
  });
  return { title, back, main: [whom(stop), ...main], thumb };
}

/** Write it down; what keeps the phone from it is returned, and nothing is lost meanwhile. */
async function keep(app, stop, what, blob) {
  const bytes = base64(new Uint8Array(await blob.arrayBuffer()));
  try {
    await app.record("attachment", stop, { what, bytes, of: app.state.of(stop).result?.key ?? "" });
    return null;
  } catch (error) {
    return notice(whyNot(error), "bad");
  }
}

function whyNot(error) {
  if (error.name === "QuotaExceededError") {
    return t("This phone's storage is full: it is not kept yet. Make room and press Keep again; as long as this page is open nothing is lost.");
  }
  return t("The phone could not keep it (%(error)s). Press Keep again; as long as this page is open nothing is lost.", { error: error.name });
}
