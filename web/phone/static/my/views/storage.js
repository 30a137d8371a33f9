// What this phone keeps, and how sure that is.

import { element, sign } from "../pieces.js";
import { t } from "../words.js";

const MB = 1_000_000, SCARCE = 20 * MB;

/** Whether the page is kept, whether the browser may evict it, and how much room is left. */
export async function storage(isPageKept) {
  const isSure = Boolean(await navigator.storage?.persisted?.());
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  const left = quota - usage;
  return element("ul", { className: "records list-plain" }, [
    line(isPageKept, isPageKept ? t("This page opens without a network.") : t("This page is not kept here: without a network it does not open anew.")),
    line(isSure, isSure ? t("The browser keeps what lies here until you delete it.")
      : t("The browser may delete what lies here when room is scarce. Put the page on the home screen, and open it where there is a network.")),
    line(left > SCARCE, t("%(used)s MB used, about %(left)s MB left.", { used: (usage / MB).toFixed(1), left: Math.max(0, Math.floor(left / MB)) })),
  ]);
}

function line(isGood, words) {
  const kind = isGood ? "good" : "warn";
  return element("li", { className: `record ${kind}` }, [sign(kind), element("span", { textContent: words })]);
}
