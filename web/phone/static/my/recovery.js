// What the browser has lost of what was written down: found at an opening, brought back where its
// readable copy is there, and said where it is not.

import { deviceOf, STANDING_ALONE } from "./sending.js";

/**
 * Queue again the records of the day that were never received and do not wait under a name by which
 * this phone can send; count those whose numbers were given and which are nowhere.
 * @param book  the phone's book  @param queue  of the day  @param {object[]} all  its records
 * @returns {Promise<{again: number, missing: number}>}
 */
export async function recover(book, queue, all) {
  const gone = [], told = all.filter((one) => !STANDING_ALONE.has(one.kind)); // of a picture no copy can be read
  for (const one of told) if (!(await isKnown(book, one.key))) gone.push(one);
  for (const one of gone) await queue.queueAgain(one);
  return { again: gone.length, missing: await missing(book, queue.device.device, told) };
}

async function isKnown(book, key) {
  if (await book.getKey("kept", `receipt ${key}`)) return true;
  const row = await book.get("queue", key);
  return Boolean(row && (await deviceOf(book, row.device)));
}

/** How many numbers of this phone's day have no record that can be read any more. */
async function missing(book, device, told) {
  const prefix = `seq ${device} `, range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  let count = 0;
  for (const name of await book.getAllKeys("kept", range)) {
    const visit = name.slice(prefix.length), given = await book.get("kept", name);
    const here = new Set(told.filter((one) => one.visit === visit).map((one) => one.seq));
    count += Math.max(0, given - here.size);
  }
  return count;
}
