// What lies on the phone: the queue of sealed records, and what is kept of the day, encrypted.

import { openDB } from "./vendor/idb.js";

const NAME = "dayround", VERSION = 1;

/** Open the phone's book; a browser without storage, or in which it is full, rejects. */
export function openBook() {
  return openDB(NAME, VERSION, {
    upgrade(db) {
      db.createObjectStore("queue", { keyPath: "key" }).createIndex("device", "device");
      db.createObjectStore("kept");
    },
  });
}

/** Ask the browser not to evict what lies here; whether it promises is shown, not assumed. */
export async function keepForGood() {
  return navigator.storage?.persist ? navigator.storage.persist() : false;
}
