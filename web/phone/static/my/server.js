// What the server is asked: the day, and to know this phone.

/** @typedef {{state: "day"|"same"|"none"|"out"|"over"|"away", day?: object, told?: object, isSilent?: boolean}} Answer */

/** How long an answer is waited for, and by how much longer for each byte of what is sent. */
const PATIENCE_MS = 30_000, SLOWEST_BYTES_PER_MS = 2;

let token = "";

/**
 * Ask the server. Who does not answer in time is given up: a phone's connection may die and say
 * nothing, and a browser waits for ever.
 * @param {AbortController} cut  gives it up before its time
 */
export function asked(address, options = {}, cut = new AbortController()) {
  const sent = typeof options.body === "string" ? options.body.length : 0;
  setTimeout(() => cut.abort(), PATIENCE_MS + sent / SLOWEST_BYTES_PER_MS);
  return fetch(address, { ...options, signal: cut.signal });
}

/** The day as it is; "same" where `etag` still holds, "away" where nobody answers. @returns {Promise<Answer>} */
export async function askDay(clock, etag = null) {
  let answer;
  try {
    answer = await (askedFirst() ?? asked("/my/day.json", {
      headers: { Accept: "application/json", ...(etag ? { "If-None-Match": etag } : {}) },
    }));
  } catch {
    return { state: "away", isSilent: true };
  }
  token = answer.headers.get("X-Form-Token") ?? token;
  const at = answer.headers.get("X-Now");
  if (at) clock.hear(Number(at) * 1000);
  return read(answer);
}

/** What first.js has asked for already, once. */
function askedFirst() {
  const asked = globalThis.firstDay;
  delete globalThis.firstDay;
  return asked;
}

async function read(answer) {
  if (answer.status === 304) return { state: "same" };
  if (answer.status === 401 || answer.status === 403) return { state: "out" };
  if (answer.status === 404) return { state: "none", told: await json(answer) };
  if (answer.status === 410) return { state: "over", told: await json(answer) };
  if (!answer.ok) return { state: "away" };
  return { state: "day", day: await answer.json(), etag: answer.headers.get("ETag") };
}

async function json(answer) {
  try {
    return await answer.json();
  } catch {
    return {};
  }
}

/** Keep a language or colours for her; false where nobody answers. */
export async function choose(name, value) {
  return press("/preferences", { [name]: value, next: "/my/" });
}

export async function logOut() {
  return press("/log-out", {});
}

/** Press a button of the server's pages, as its own forms do. */
async function press(address, values) {
  try {
    const answer = await asked(address, {
      method: "POST", redirect: "manual", headers: await formHeaders(), body: new URLSearchParams(values),
    });
    return answer.ok || answer.type === "opaqueredirect";
  } catch {
    return false;
  }
}

/** What shows that a press is of this page; asked for where the day was opened and not fetched yet. */
async function formHeaders() {
  if (!token) token = (await asked("/my/day.json")).headers.get("X-Form-Token") ?? "";
  return { "X-CSRFToken": token };
}

/**
 * Let this phone bring records of a day; null where nobody answers.
 * @param {string} before  under which name it had been let in: it is told how much that has brought
 */
export async function letIn(on, before = "") {
  try {
    const answer = await asked(`/my/${on}/device`, {
      method: "POST", headers: { Accept: "application/json", ...(await formHeaders()) },
      body: new URLSearchParams({ before }),
    });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
