// The small sign at the top right: is there a network, and what waits.

import { sign, unseen } from "../pieces.js";
import { t, tn } from "../words.js";

const OPEN = new Set(["conflict", "refused", "unreadable", "foreign"]);

/** Fill the sign with how the phone's records stand. */
export function queueState(state, app) {
  const count = app.waiting.length;
  const toDecide = [...app.receipts.values()].filter((one) => OPEN.has(one)).length;
  const words = toDecide
    ? t("%(num)d to decide", { num: toDecide })
    : count ? tn("%(num)d waits", "%(num)d wait", count) : app.sender.hasNetwork ? t("All sent") : t("No network");
  const name = toDecide ? "warn" : count || !app.sender.hasNetwork ? "info" : "good";
  state.hidden = !count && !toDecide && app.sender.hasNetwork === null; // nobody knows yet
  state.className = `queue-state push ${name}`;
  state.replaceChildren(sign(name), unseen(t("Records") + ": "), words);
}
