// The press that calls for help: held for a moment, or pressed twice, so that no pocket does it.

import { element, notice, once, paragraph, say, sign } from "../pieces.js";
import { position } from "../position.js";
import { t } from "../words.js";

const HOLD_MS = 1_500, AGAIN_MS = 5_000, WAIT_MS = 1_500, RECENT_MS = 3 * 3_600_000, LOOK_MS = 2_000;

/** How the last call for help stands, and the press for another. */
export function panic(app, stop) {
  return [...standing(app), press(app, stop), paragraph(t("Hold it for a moment, or press it twice."), "dense quiet")];
}

/** The newest call for help of this phone; undefined where there is none of late. */
function lastCall(app) {
  const last = app.state.told.findLast((one) => one.kind === "panic");
  return last && app.clock.now() - Date.parse(last.at) < RECENT_MS ? last : undefined;
}

/** Whether it waits, has arrived, or was seen by somebody: said as it changes. */
export function standing(app) {
  const last = lastCall(app);
  if (!last) return [];
  const box = element("div", { className: "called" });
  const show = () => {
    const [words, kind] = told(app, last);
    if (box.dataset.words === words) return;
    box.dataset.words = words;
    box.replaceChildren(notice(words, kind));
  };
  show();
  const looking = setInterval(async () => {
    if (!box.isConnected || isAnswered(app.receipt(last.key))) return clearInterval(looking);
    await app.sender.send();
    await app.lookAtQueue();
    show();
  }, LOOK_MS);
  return [box];
}

function isAnswered(receipt) {
  return Boolean(receipt?.seen ?? receipt?.closed);
}

function told(app, last) {
  const receipt = app.receipt(last.key), at = (iso) => app.times.clock(Date.parse(iso) / 1000);
  if (receipt?.closed) return [t("Your call for help was closed by the desk at %(time)s.", { time: at(receipt.closed) }), "info"];
  if (receipt?.seen) return [t("The desk saw your call for help at %(time)s.", { time: at(receipt.seen) }), "good"];
  if (receipt) return [t("Your call for help of %(time)s is at the desk. Nobody has seen it yet.", { time: at(last.at) }), "warn"];
  if (app.sender.hasNetwork !== false) return [t("Your call for help of %(time)s is being sent.", { time: at(last.at) }), "warn"];
  return [t("Your call for help of %(time)s waits: there is no network. Call by telephone.", { time: at(last.at) }), "bad"];
}

function press(app, stop) {
  const words = element("span", { textContent: t("Call for help") });
  const made = element("button", { type: "button", className: "panic" }, [sign("bad"), words]);
  let held = 0, armed = -Infinity, fired = false;
  const fire = () => {
    fired = true;
    made.classList.remove("held");
    return once(made, () => call(app, stop));
  };
  const letGo = () => {
    clearTimeout(held);
    made.classList.remove("held");
    if (performance.now() - armed >= AGAIN_MS) delete made.dataset.keep;
  };
  made.addEventListener("pointerdown", () => {
    fired = false;
    made.classList.add("held");
    made.dataset.keep = "";
    held = setTimeout(fire, HOLD_MS);
  });
  for (const name of ["pointerup", "pointerleave", "pointercancel"]) made.addEventListener(name, letGo);
  made.addEventListener("contextmenu", (event) => event.preventDefault());
  made.addEventListener("click", () => {
    letGo();
    if (fired) return;
    if (performance.now() - armed < AGAIN_MS) {
      fire();
      return;
    }
    armed = performance.now();
    made.dataset.keep = "";
    words.textContent = t("Press again to call for help");
    say(words.textContent);
    setTimeout(() => {
      words.textContent = t("Call for help");
      delete made.dataset.keep;
    }, AGAIN_MS);
  });
  return made;
}

/** Tell it at once: with where she is, if that is known within a moment and may be told. */
async function call(app, stop) {
  const moment = new Promise((resolve) => setTimeout(resolve, WAIT_MS, {}));
  const where = app.day.tells_position ? await Promise.race([position(), moment]) : {};
  await app.record("panic", stop, where);
  say(t("Your call for help is on its way."));
  await app.draw({ isNew: true });
}
