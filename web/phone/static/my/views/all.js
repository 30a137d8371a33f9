// All views, by the address after the `#`. Each is read once it is first gone to; all are kept.

import * as away from "./away.js";
import * as begin from "./begin.js";
import * as none from "./none.js";
import * as out from "./out.js";
import * as over from "./over.js";
import * as pin from "./pin.js";

/** What may stand before the day. */
export const doors = {
  away: { module: away },
  begin: { module: begin },
  none: { module: none },
  out: { module: out },
  over: { module: over },
  pin: { module: pin },
};

const VIEWS = [
  [/^#\/stop\/([^/]+)$/, () => import("./stop.js")],
  [/^#\/stop\/([^/]+)\/result$/, () => import("./result.js")],
  [/^#\/stop\/([^/]+)\/result\/([a-z_]+)$/, () => import("./answer.js")],
  [/^#\/stop\/([^/]+)\/(photo|voice|signature)$/, () => import("./attach.js")],
  [/^#\/stop\/([^/]+)\/closed$/, () => import("./closed.js")],
  [/^#\/stop\/([^/]+)\/company$/, () => import("./company.js")],
  [/^#\/stop\/([^/]+)\/far$/, () => import("./far.js")],
  [/^#\/problem$/, () => import("./problem.js")],
  [/^#\/problem\/([^/]+)$/, () => import("./problem.js")],
  [/^#\/problem\/([^/]*)\/([a-z_]+)$/, () => import("./problem_told.js")],
  [/^#\/late$/, () => import("./late.js")],
  [/^#\/more$/, () => import("./more.js")],
  [/^#\/end$/, () => import("./end.js")],
  [/^#\/changes$/, () => import("./changes.js")],
  [/^#\/stop\/([^/]+)\/call$/, () => import("./call.js")],
  [/^#\/stop\/([^/]+)\/navigate$/, () => import("./navigate.js")],
  [/^#\/map$/, () => import("./map.js")],
  [/^#\/own$/, () => import("./own.js")],
  [/^#\/own\/(week|figures)$/, () => import("./own.js")],
  [/^#\/identity$/, () => import("./identity.js")],
  [/^#\/help$/, () => import("./help.js")],
  [/^#\/queue$/, () => import("./queue.js")],
];

/** The view of an address, and what of the address it is given; the day for all others. */
export async function viewOf(hash) {
  for (const [pattern, read] of VIEWS) {
    const found = pattern.exec(hash);
    if (found) return { module: await read(), args: found.slice(1).map(decodeURIComponent) };
  }
  return { module: await import("./day.js") };
}
