// What this phone keeps, and how sure that is.

import { element, sign } from "../pieces.js";
import { room } from "../room.js";
import { t } from "../words.js";

const MB = 1_000_000, GB = 1_000 * MB;

/** Whether the page is kept, whether the browser may evict it, and how much room is left. */
export async function storage(isPageKept) {
  const isSure = Boolean(await navigator.storage?.persisted?.());
  const { used, left, isScarce } = await room();
  return element("ul", { className: "records list-plain" }, [
    line(isPageKept, isPageKept ? t("This page opens without a network.") : t("This page is not kept here: without a network it does not open anew.")),
    line(isSure, isSure ? t("The browser keeps what lies here until you delete it.")
      : t("The browser may delete what lies here when room is scarce. Put the page on the home screen, and open it where there is a network.")),
    line(!isScarce, t("%(used)s used, about %(left)s left.", { used: size(used), left: size(left) })),
  ]);
}

function line(isGood, words) {
  const kind = isGood ? "good" : "warn";
  return element("li", { className: `record ${kind}` }, [sign(kind), element("span", { textContent: words })]);
}

/** So many bytes, as people say it. */
function size(bytes) {
  if (bytes >= GB) return `${(bytes / GB).toFixed(1)} GB`;
  return `${(bytes / MB).toFixed(bytes < 10 * MB ? 1 : 0)} MB`;
}
