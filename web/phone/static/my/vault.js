// Today's readable data, encrypted by a key that only the day's PIN and what lies on this phone
// make together. Five wrong PINs, or the end of the shift, and it is gone.

const ROUNDS = 600_000, TRIES = 5;
const text = new TextEncoder(), words = new TextDecoder();

export class WrongPinError extends Error {
  constructor(left) {
    super(`${left} tries are left`);
    this.left = left;
  }
}

export class Vault {
  constructor(book) {
    this.book = book;
    this.key = null;
  }

  /** Make a key for a day and lock it with a PIN; what lay here before is gone. */
  async begin(pin, ends_ms) {
    await this.wipe();
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const device = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    const day = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
    const raw = new Uint8Array(await crypto.subtle.exportKey("raw", day));
    const locked = await encrypted(await lock(pin, salt, device), raw);
    await this.book.put("kept", { salt, device, locked, ends_ms, left: TRIES }, "vault");
    this.key = await imported(raw);
  }

  /** Open it after a restart; WrongPinError, and after five of them everything is wiped. */
  async open(pin) {
    const kept = await this.book.get("kept", "vault");
    if (!kept) return false;
    await this.book.put("kept", { ...kept, left: kept.left - 1 }, "vault"); // before it is tried
    try {
      const raw = await decrypted(await lock(pin, kept.salt, kept.device), kept.locked);
      this.key = await imported(raw);
    } catch {
      if (kept.left <= 1) await this.wipe();
      throw new WrongPinError(kept.left - 1);
    }
    await this.book.put("kept", { ...kept, left: TRIES }, "vault");
    return true;
  }

  async isThere() {
    return (await this.book.get("kept", "vault")) !== undefined;
  }

  /** The day may end later than was thought when it began: a plan was changed. */
  async endsAt(ends_ms) {
    const kept = await this.book.get("kept", "vault");
    if (kept && kept.ends_ms !== ends_ms) await this.book.put("kept", { ...kept, ends_ms }, "vault");
  }

  /** Whether the shift is over by the later of both clocks. */
  async isOver(latest_ms) {
    const kept = await this.book.get("kept", "vault");
    return kept !== undefined && latest_ms > kept.ends_ms;
  }

  get isOpen() {
    return this.key !== null;
  }

  /** Encrypt a value, to be put under the name `day …`. */
  locked(value) {
    return encrypted(this.key, text.encode(JSON.stringify(value)));
  }

  async put(name, value) {
    await this.book.put("kept", await this.locked(value), `day ${name}`);
  }

  async get(name) {
    const found = await this.book.get("kept", `day ${name}`);
    return found ? this.unlocked(found) : null;
  }

  /** Bytes, such as a map: as they are, without becoming text. */
  async putBytes(name, bytes, about) {
    await this.book.put("kept", { ...(await encrypted(this.key, bytes)), about }, `day ${name}`);
  }

  /** What was put, `{bytes, about}`; null where there is none. */
  async bytes(name) {
    const found = await this.book.get("kept", `day ${name}`);
    return found ? { bytes: (await decrypted(this.key, found)).buffer, about: found.about } : null;
  }

  /** What was told about bytes, without reading them; null where there are none. */
  async about(name) {
    return (await this.book.get("kept", `day ${name}`))?.about ?? null;
  }

  /** All values whose names begin so, in the order of their names. */
  async all(prefix) {
    const range = IDBKeyRange.bound(`day ${prefix}`, `day ${prefix}\uffff`);
    const found = await this.book.getAll("kept", range);
    return Promise.all(found.map((one) => this.unlocked(one)));
  }

  async unlocked(found) {
    return JSON.parse(words.decode(await decrypted(this.key, found)));
  }

  /** Forget all that can be read; sealed records stay. */
  async wipe() {
    this.key = null;
    const tx = this.book.transaction("kept", "readwrite", { durability: "strict" });
    for (const name of await tx.store.getAllKeys()) {
      if (name === "vault" || name.startsWith("day ")) await tx.store.delete(name);
    }
    await tx.done;
  }
}

/** The key of the lock: from the PIN, slowly, and from what never leaves this phone. */
async function lock(pin, salt, device) {
  const typed = await crypto.subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, typed, 256,
  );
  return imported(new Uint8Array(await crypto.subtle.sign("HMAC", device, bits)));
}

function imported(raw) {
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function encrypted(key, plain) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
}

async function decrypted(key, { iv, sealed }) {
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed));
}

