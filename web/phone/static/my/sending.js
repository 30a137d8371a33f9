// Sending what waits, also of earlier days and while the day is locked: the secret of a phone's
// day lets it bring records, and reads nothing.

import { asked } from "./server.js";

const MOST_AT_ONCE = 50;
const AGAIN_MS = 15_000, ASKED_FOR_MS = 24 * 3_600_000;

/** Kinds that wait for nothing, and nothing for them: they have no number of their own. */
export const STANDING_ALONE = new Set(["attachment"]);

/** Keep the secret by which a phone brings what it recorded of a day. */
export function keepDevice(book, device) {
  return book.put("kept", device, `device ${device.device}`);
}

export function deviceOf(book, id) {
  return book.get("kept", `device ${id}`);
}

/**
 * What goes next of rows in their order: small ones together, and only then a picture or a sound,
 * one at a time. On a slow network what came of a visit does not wait for its photograph.
 */
export function nextToSend(rows, most) {
  const small = rows.filter((row) => !STANDING_ALONE.has(row.kind));
  return small.length ? small.slice(0, most) : rows.slice(0, 1);
}

const DECIDED_BY_PEOPLE = new Set(["conflict", "refused", "unreadable"]);

/** A call for help of the day before `now_ms` that nobody at the desk has seen. */
function isUnseen({ kind, seen, closed, at }, now_ms) {
  return kind === "panic" && !seen && !closed && now_ms - Date.parse(at) < ASKED_FOR_MS;
}

export class Sender extends EventTarget {
  /** @param book  the phone's book (book.js)  @param clock  the best-known time (clock.js) */
  constructor(book, clock) {
    super();
    this.book = book;
    this.clock = clock;
    this.running = null;
    this.isWanted = false;
    this.hasNetwork = navigator.onLine ? null : false; // null: nothing was tried yet
    this.refused = new Set();
  }

  /** Send now, whenever a network is back, and again while something waits. */
  start() {
    addEventListener("online", () => this.sendAnew());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.send(); });
    setInterval(() => this.sendIfWaiting(), AGAIN_MS);
    this.send();
  }

  /** Send over the network that is there now: what hangs on the one before may never be answered. */
  sendAnew() {
    this.cut?.abort();
    this.send();
  }

  async sendIfWaiting() {
    if ((await this.book.count("queue")) || (await this.unsettled()).length) this.send();
  }

  /** What waits to be sent, the oldest first. */
  async waiting() {
    const rows = await this.book.getAll("queue");
    return rows.sort((a, b) => a.at.localeCompare(b.at) || a.seq - b.seq);
  }

  /** Send all that waits; once at a time, and once more for what came while it went on. */
  send() {
    if (this.running) this.isWanted = true;
    this.running ??= this.sendAll().finally(() => {
      this.running = null;
      const { isWanted } = this;
      this.isWanted = false;
      if (isWanted) this.send();
    });
    return this.running;
  }

  async sendAll() {
    const devices = await this.book.getAll("kept", IDBKeyRange.bound("device ", "device \uffff"));
    for (const device of devices) {
      await this.sendOf(device);
      await this.askReceipts(device);
    }
    this.dispatchEvent(new Event("change"));
  }

  async sendOf(device) {
    const stuck = new Set(); // large ones that this round could not bring: the others go all the same
    for (;;) {
      const rows = (await this.waiting()).filter((row) => row.device === device.device && !stuck.has(row.key));
      const some = nextToSend(rows, MOST_AT_ONCE);
      if (!some.length) return;
      const envelopes = some.map(({ key, kid, sealed }) => ({ key, kid, sealed }));
      const receipts = await this.post(device, "/my/records", { envelopes });
      if (await this.settle(device, receipts ?? [])) {
        this.dispatchEvent(new Event("change")); // photographs take their time: what is left is seen
        continue;
      }
      if (!this.hasNetwork || !STANDING_ALONE.has(some[0].kind)) return;
      stuck.add(some[0].key);
    }
  }

  /** Hand a sealed record to the server past the queue; whether it holds it now. */
  async direct({ key, kid, sealed, device }) {
    const known = await deviceOf(this.book, device);
    const receipts = known ? await this.post(known, "/my/records", { envelopes: [{ key, kid, sealed }] }) : null;
    return Boolean(receipts?.some((one) => one.key === key && one.state !== "foreign"));
  }

  /** Forget the records that the server holds; how many. One that is another's stays, and is told. */
  async settle(device, receipts) {
    let settled = 0;
    for (const { key, state, seen, closed } of receipts) {
      const { kind, at } = (await this.book.get("queue", key)) ?? {};
      await this.keepReceipt({ key, device: device.device, state, kind, at, seen, closed });
      if (state === "foreign") continue;
      await this.book.delete("queue", key);
      settled += 1;
    }
    return settled;
  }

  /**
   * Keep what the server has told of a record. A full disk takes none of it, and what was sent makes
   * room all the same: a record that lies nowhere any more is sent once more, and is known there.
   */
  async keepReceipt(receipt) {
    try {
      await this.book.put("kept", receipt, `receipt ${receipt.key}`);
    } catch (error) {
      console.warn("a receipt could not be kept", error);
    }
  }

  /** What the server holds and has not taken into its book yet; calls for help until they are seen. */
  async unsettled() {
    return (await this.receipts()).filter((one) => one.state === "waiting" || isUnseen(one, this.clock.now()));
  }

  receipts() {
    return this.book.getAll("kept", IDBKeyRange.bound("receipt ", "receipt \uffff"));
  }

  /** Ask what became of records; also of those that a person decides, but only when something is sent anyway. */
  async askReceipts(device) {
    const open = (await this.receipts()).filter((one) => DECIDED_BY_PEOPLE.has(one.state));
    const asked = [...(await this.unsettled()), ...open].filter((one) => one.device === device.device);
    const keys = [...new Set(asked.map((one) => one.key))];
    if (!keys.length) return;
    const receipts = await this.post(device, "/my/receipts", { keys: keys.slice(0, MOST_AT_ONCE) });
    for (const told of receipts ?? []) {
      const kept = await this.book.get("kept", `receipt ${told.key}`);
      const { state, seen, closed } = told;
      await this.keepReceipt({ ...kept, key: told.key, device: device.device, state, seen, closed });
    }
  }

  /** Whether the server answered somebody else's question. */
  hear(hasNetwork) {
    if (this.hasNetwork === hasNetwork) return;
    this.hasNetwork = hasNetwork;
    this.dispatchEvent(new Event("change"));
  }

  /** The server answers: "back" says so after a silence, which no event of the browser's may tell. */
  answered() {
    const wasSilent = this.hasNetwork === false;
    this.hasNetwork = true;
    if (wasSilent) this.dispatchEvent(new Event("back"));
  }

  /** The server's receipts; null where nobody answers, or this phone may not bring any more. */
  async post(device, address, told) {
    this.cut = new AbortController();
    try {
      const answer = await asked(address, {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${device.secret}` },
        body: JSON.stringify(told),
      }, this.cut);
      this.answered();
      if (answer.status === 401) this.refused.add(device.device);
      return answer.ok ? (await answer.json()).receipts : null;
    } catch {
      this.hasNetwork = false;
      return null;
    }
  }
}
