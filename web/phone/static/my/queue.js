// The queue: a record is written here before anything else happens, and stays until the server
// has said by its key that it holds it (sending.js).

/** Kinds that wait for nothing, and nothing for them: they have no number of their own. */
export const STANDING_ALONE = new Set(["attachment"]);

export class Queue {
  /**
   * @param book  the phone's book (book.js)
   * @param {{device: string, kid: string}} device  under whose name this day is told
   * @param seal  what seals for the server (sealing.js)
   * @param clock  the best-known time (clock.js)
   * @param vault  keeps what was told readable until the evening (vault.js)
   */
  constructor(book, device, seal, clock, vault) {
    Object.assign(this, { book, device, seal, clock, vault });
  }

  /**
   * Write a record down; resolves once it is on the phone's disk, with what is known of it.
   * @param {string} kind @param {string} visit  '' is the day @param {number} plan  its id
   */
  async record(kind, visit, plan, body = {}) {
    const key = crypto.randomUUID();
    const when = { at: iso(this.clock.now()), wall_at: iso(this.clock.wall()) };
    for (;;) {
      const seq = STANDING_ALONE.has(kind) ? 1 : await this.next(visit);
      const told = { v: 1, kind, visit, seq, plan, body, ...when };
      const sealed = await this.seal(key, this.device.device, told);
      const readable = await this.vault.locked({ key, ...told, body: light(body) });
      const { device, kid } = this.device;
      const row = { key, device, kid, sealed, kind, visit, seq, at: when.at };
      if (await this.keep(row, readable)) return { key, ...told };
    }
  }

  async next(visit) {
    return ((await this.book.get("kept", this.counter(visit))) ?? 0) + 1;
  }

  /**
   * Write a row, its number and its readable copy at once: a number without its row would let all
   * later ones wait for ever. False where another page has taken the number meanwhile.
   */
  async keep(row, readable) {
    const tx = this.book.transaction(["queue", "kept"], "readwrite", { durability: "strict" });
    const kept = tx.objectStore("kept"), counter = this.counter(row.visit);
    const hasNumber = !STANDING_ALONE.has(row.kind);
    const isFree = !hasNumber || ((await kept.get(counter)) ?? 0) === row.seq - 1;
    if (isFree) {
      if (hasNumber) kept.put(row.seq, counter);
      kept.put(readable, `day told ${row.at} ${row.key}`);
      tx.objectStore("queue").put(row);
    }
    await tx.done;
    return isFree;
  }

  counter(visit) {
    return `seq ${this.device.device} ${visit}`;
  }
}

/** What stays readable: a picture or a sound that was kept lies here sealed alone. */
function light({ bytes, ...body }) {
  return body;
}

function iso(ms) {
  return new Date(ms).toISOString();
}
