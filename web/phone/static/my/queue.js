// The queue: a record is written here before anything else happens, and stays until the server
// has said by its key that it holds it.

const MOST_AT_ONCE = 50;

export class Queue {
  /**
   * @param book  the phone's book (book.js)
   * @param {{device: string, secret: string, kid: string}} device
   * @param seal  what seals for the server (sealing.js)
   * @param clock  the best-known time (clock.js)
   */
  constructor(book, device, seal, clock) {
    Object.assign(this, { book, device, seal, clock });
    this.listeners = new Set();
    this.sending = null;
  }

  /** Write a record down; resolves once it is on the phone's disk, with its key. */
  async record(kind, visit, plan, body = {}) {
    const key = crypto.randomUUID();
    const when = { at: iso(this.clock.now()), wall_at: iso(this.clock.wall()) };
    for (;;) {
      const seq = await this.next(visit);
      const told = { v: 1, kind, visit, seq, plan, body, ...when };
      const sealed = await this.seal(key, this.device.device, told);
      const { device, kid } = this.device;
      if (await this.keep({ key, device, kid, sealed, kind, visit, seq, at: when.at })) break;
    }
    this.tell();
    return key;
  }

  async next(visit) {
    return ((await this.book.get("kept", this.counter(visit))) ?? 0) + 1;
  }

  /**
   * Write a row and its number at once: a number without its row would let all later ones wait for
   * ever. False where another page has taken the number meanwhile.
   */
  async keep(row) {
    const tx = this.book.transaction(["queue", "kept"], "readwrite", { durability: "strict" });
    const kept = tx.objectStore("kept"), counter = this.counter(row.visit);
    const isFree = ((await kept.get(counter)) ?? 0) === row.seq - 1;
    if (isFree) {
      kept.put(row.seq, counter);
      tx.objectStore("queue").put(row);
    }
    await tx.done;
    return isFree;
  }

  counter(visit) {
    return `seq ${this.device.device} ${visit}`;
  }

  /** What waits, the oldest first. */
  async waiting() {
    const rows = await this.book.getAllFromIndex("queue", "device", this.device.device);
    return rows.sort((a, b) => a.at.localeCompare(b.at) || a.seq - b.seq);
  }

  /** Send what waits, once at a time; returns how many are left. */
  send() {
    this.sending ??= this.sendAll().finally(() => { this.sending = null; });
    return this.sending;
  }

  async sendAll() {
    let rows = await this.waiting();
    while (rows.length) {
      const some = rows.slice(0, MOST_AT_ONCE);
      const receipts = await this.post(some);
      if (!receipts) break;
      for (const one of receipts) await this.settle(one);
      const left = await this.waiting();
      if (left.length === rows.length) break;
      rows = left;
    }
    this.tell();
    return rows.length;
  }

  /** The server's receipts for rows; null where nobody answers. */
  async post(rows) {
    const envelopes = rows.map(({ key, kid, sealed }) => ({ key, kid, sealed }));
    try {
      const answer = await fetch("/my/records", {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${this.device.secret}` },
        body: JSON.stringify({ envelopes }),
      });
      return answer.ok ? (await answer.json()).receipts : null;
    } catch {
      return null;
    }
  }

  /** Forget a record that the server holds; one of a key that is another's is sealed anew. */
  async settle(receipt) {
    if (receipt.state === "foreign") return;
    await this.book.delete("queue", receipt.key);
  }

  tell() {
    for (const listener of this.listeners) listener();
  }
}

function iso(ms) {
  return new Date(ms).toISOString();
}
