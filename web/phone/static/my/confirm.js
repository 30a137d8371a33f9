// A visit for two begins once both are confirmed: each by her own phone, or by her code of the day
// on her mate's. The code is checked here without a network, and by the server again.

const CHECK = "dayround day code check 1", PROOF = "dayround day code proof 1";
export const TRIES = 5;
const text = new TextEncoder();

/**
 * Who is confirmed at a stop: what the day file says, and what this phone has recorded since.
 * @param {{id: string, people?: number, company?: {confirmed: string[], began: number|null}}} stop
 * @param {{me: string, mates: {id: string, name: string}[]}} day
 * @param {{kind: string, visit: string, body?: object}[]} recorded  this phone's records
 * @returns {{asked: number, confirmed: string[], lacking: number, waiting: object[]}}
 *   `lacking`: how many more are needed; `waiting`: the mates who are not confirmed yet
 */
export function companyAt(stop, day, recorded = []) {
  const confirmed = new Set(stop.company?.confirmed ?? []);
  for (const { kind, visit, body } of recorded) {
    if (visit !== stop.id) continue;
    if (kind === "arrive") confirmed.add(day.me);
    if (kind === "confirm") confirmed.add(body?.by || day.me);
  }
  const asked = stop.people ?? 1;
  return {
    asked,
    confirmed: [...confirmed],
    lacking: Math.max(0, asked - confirmed.size),
    waiting: (day.mates ?? []).filter((mate) => !confirmed.has(mate.id)),
  };
}

/** Whether the visit at a stop may begin: all who are asked for are confirmed. */
export function mayBegin(stop, day, recorded = []) {
  return companyAt(stop, day, recorded).lacking === 0;
}

/**
 * Try a mate's code of the day, also without a network. Where it is hers, record what is returned:
 * `app.record("confirm", stop, told.body)`. At most five wrong codes of a mate a day; after that
 * her own phone confirms her, or the desk is called.
 * @param {IDBDatabase} book  the phone's book (book.js)
 * @param {{on: string, mates: object[]}} day
 * @returns {Promise<{body: {by: string, proof: string}}|{left: number}>}
 */
export async function tryCode(book, day, stop, mateId, typed) {
  const mate = day.mates.find((one) => one.id === mateId);
  const place = `day tries ${day.on} ${mate.id}`;
  const left = (await book.get("kept", place)) ?? TRIES;
  if (left === 0) return { left };
  await book.put("kept", left - 1, place); // before it is tried: a closed page wins nothing
  const key = await stretched(typed, mate);
  if ((await signed(key, CHECK)) !== mate.check) return { left: left - 1 };
  await book.put("kept", TRIES, place);
  return { body: { by: mate.id, proof: await signed(key, [PROOF, day.on, stop.id, mate.id].join("|")) } };
}

/** What a typed code makes, slowly: figures alone count, whatever the keyboard puts between. */
async function stretched(typed, { salt, rounds }) {
  const code = typed.normalize("NFKC").replace(/\D/g, "");
  const given = await crypto.subtle.importKey("raw", text.encode(code), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: rounds }, given, 256,
  );
  return crypto.subtle.importKey("raw", bits, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

async function signed(key, told) {
  const array = new Uint8Array(await crypto.subtle.sign("HMAC", key, text.encode(told)));
  return Array.from(array, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytes(base64text) {
  return Uint8Array.from(atob(base64text), (letter) => letter.charCodeAt(0));
}
