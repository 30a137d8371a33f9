// All views, by the address after the `#`. Each is read once it is first gone to; all are kept.

import * as begin from "./begin.js";

/** What may stand before the day; the first opening waits for none but the first of them. */
const DOORS = {
  begin: async () => begin,
  away: () => import("./away.js"),
  none: () => import("./none.js"),
  out: () => import("./out.js"),
  over: () => import("./over.js"),
  pin: () => import("./pin.js"),
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

/** The view of what stands before the day. */
export async function doorOf(name) {
  return { module: await orAnew(DOORS[name]) };
}

/** The view of an address, and what of the address it is given; the day for all others. */
export async function viewOf(hash) {
  for (const [pattern, read] of VIEWS) {
    const found = pattern.exec(hash);
    if (found) return { module: await orAnew(read), args: found.slice(1).map(decodeURIComponent) };
  }
  return { module: await orAnew(() => import("./day.js")) };
}

/** A view that is not there any more is of a page that was renewed meanwhile: so is this one. */
async function orAnew(read) {
  try {
    return await read();
  } catch (error) {
    if (!navigator.onLine || sessionStorage.renewed) throw error;
    sessionStorage.renewed = "1";
    location.reload();
    return new Promise(() => {});
  }
}
