// The queue: a record is written here before anything else happens, and stays until the server
// has said by its key that it holds it (sending.js).

import { STANDING_ALONE } from "./sending.js";

/** The phone's disk did not take a record: `row` is sealed, `told` can be read. */
export class NotKeptError extends Error {
  constructor(row, told, cause) {
    super("the record could not be written", { cause });
    Object.assign(this, { row, told });
  }
}

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
   * Throws NotKeptError where the disk does not take it.
   * @param {string} kind @param {string} visit  '' is the day @param {number} plan  its id
   */
  async record(kind, visit, plan, body = {}) {
    const when = { at: iso(this.clock.now()), wall_at: iso(this.clock.wall()) };
    return this.write(crypto.randomUUID(), { v: 1, kind, visit, plan, body, ...when });
  }

  async write(key, what) {
    for (;;) {
      const seq = STANDING_ALONE.has(what.kind) ? 1 : await this.next(what.visit);
      const told = { ...what, seq }, row = await this.row(key, told);
      const readable = await this.vault.locked({ key, ...told, body: light(told.body) });
      if (await this.kept(row, readable, { key, ...told })) return { key, ...told };
    }
  }

  /** A record as it waits, sealed. */
  async row(key, told) {
    const { device, kid } = this.device, { kind, visit, seq, at } = told;
    return { key, device, kid, sealed: await this.seal(key, device, told), kind, visit, seq, at };
  }

  async kept(row, readable, told) {
    try {
      return await this.keep(row, readable);
    } catch (error) {
      throw new NotKeptError(row, told, error);
    }
  }

  /** Write down once more what could not be; false where it still cannot. */
  async again({ told: { key, ...what } }) {
    try {
      return Boolean(await this.write(key, what));
    } catch {
      return false;
    }
  }

  /**
   * Let a record wait again whose sealed copy the browser has lost. One that this phone wrote under a
   * name that is lost, too, gets a number under the present one: it would wait for all before it.
   */
  async queueAgain({ key, seq, ...told }) {
    if (seq < (await this.next(told.visit))) await this.book.put("queue", await this.row(key, { ...told, seq }));
    else await this.write(key, told);
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
    if (isFree) await all(tx, () => [
      tx.objectStore("queue").put(row),
      ...(hasNumber ? [kept.put(row.seq, counter)] : []),
      kept.put(readable, `day told ${row.at} ${row.key}`),
    ]);
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

/** Write all of it or nothing. */
async function all(tx, writes) {
  try {
    await Promise.all([...writes(), tx.done]);
  } catch (error) {
    tx.done.catch(() => {}); // that it ends so is known
    try {
      tx.abort();
    } catch {
      // The browser has done so itself.
    }
    throw error;
  }
}

function iso(ms) {
  return new Date(ms).toISOString();
}
