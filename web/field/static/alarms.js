// Who calls for help is shown on every page of the desk within moments, and in the title of its tab.
import { mayRing, ring, tellSound } from "./alarm_sound.js";

const HEARD_MS = 4_000; // so long the desk's own questions tell of new alarms
const FORM = "form[method=post]";

const ticks = new Worker(new URL("./ticks.js", import.meta.url));
const title = document.title;
let band = document.getElementById("alarms");
let tag = "";
let heardAt = 0;
let asking = false;

async function ask() {
  if (asking) return;
  asking = true;
  try {
    const headers = { "X-Fragment": "1", "X-Poll": "1" };
    if (tag) headers["If-None-Match"] = tag;
    const answer = await fetch(band.dataset.url, { headers, cache: "no-store", signal: AbortSignal.timeout(8_000) });
    if (answer.redirected || answer.status === 401) ticks.terminate(); // logged out: the page says so
    else if (answer.status === 200) show(await answer.text(), answer.headers.get("ETag") ?? "");
  } catch {
    // The server is away for a moment: the next tick asks again.
  } finally {
    asking = false;
  }
}

// An alarm that is as it was stays: somebody may be writing what was done.
function show(text, etag) {
  const made = new DOMParser().parseFromString(text, "text/html").getElementById("alarms");
  if (!made) return;
  tag = etag;
  const before = new Map([...band.children].map((one) => [one.dataset.key, one]));
  const now = [...made.children].map((one) => {
    const was = before.get(one.dataset.key);
    if (was && was.dataset.seen === one.dataset.seen) return was;
    return was ? carriedOver(was, document.adoptNode(one)) : document.adoptNode(one);
  });
  band.dataset.stamp = made.dataset.stamp;
  band.dataset.title = made.dataset.title;
  band.hidden = made.hidden;
  const typed = band.contains(document.activeElement) ? document.activeElement.closest("[data-key]")?.dataset.key : null;
  if (now.length !== band.children.length || now.some((one, i) => one !== band.children[i])) band.replaceChildren(...now);
  if (typed && document.activeElement === document.body) now.find((one) => one.dataset.key === typed)?.querySelector("details[open] [name=note], summary")?.focus();
  tellTitle();
}

function carriedOver(was, made) {
  made.querySelector("details").open = was.querySelector("details").open;
  made.querySelector("[name=note]").value = was.querySelector("[name=note]").value;
  return made;
}

function tellTitle() {
  const call = band.dataset.title;
  document.title = call ? `⚠ ${call} · ${title}` : title;
}

async function send(form) {
  const body = new FormData(form);
  const buttons = form.querySelectorAll("button");
  buttons.forEach((one) => (one.disabled = true));
  try {
    await fetch(form.action, { method: "POST", body, redirect: "manual" });
  } finally {
    buttons.forEach((one) => (one.disabled = false));
  }
  tag = "";
  await ask();
}

band.addEventListener("submit", (event) => {
  const form = event.target.closest(FORM);
  if (!form || !form.action.includes("/alarms/")) return;
  event.preventDefault();
  send(form).catch(() => form.submit());
});

document.addEventListener("alarms", ({ detail: stamp }) => {
  heardAt = Date.now();
  if (stamp !== band.dataset.stamp) ask();
});

ticks.addEventListener("message", () => {
  if (Date.now() - heardAt > HEARD_MS) ask();
  if (band.dataset.title && mayRing()) ring();
});

tellTitle();
tellSound();
