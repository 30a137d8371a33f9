// A browser may delete all that lies here at once, and then the page knows of nothing. A cookie is not
// deleted with it: it says how much of a day this phone had written down, by ids and counts alone.

import { deviceOf, STANDING_ALONE } from "./sending.js";

const NAME = "dayround_written", KEPT_S = 2 * 24 * 3600;

/** Note under which name of a day this phone has written down how many records: `told` are all of them. */
export function noteWritten(on, device, told) {
  const count = told.filter((one) => !STANDING_ALONE.has(one.kind)).length;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${NAME}=${on}.${device}.${count}; path=/my; max-age=${KEPT_S}; samesite=lax${secure}`;
}

/**
 * What had been written down on this phone of a day and lies here no more.
 * @returns {Promise<{device: string, count: number}|null>}  null where all is here, or nothing is known
 */
export async function evicted(book, on) {
  const found = new RegExp(`(?:^|; )${NAME}=([^;]*)`).exec(document.cookie);
  const [day, device, count] = found?.[1].split(".") ?? [];
  return day === on && !(await deviceOf(book, device)) ? { device, count: Number(count) } : null;
}
