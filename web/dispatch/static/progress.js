// Asks how far the work is, by short questions; the server answers 304 where nothing has changed.
const box = document.getElementById("progress");
const EVERY_MS = 1000;
let etag = "";

async function ask() {
  const headers = { "X-Poll": "1", ...(etag && { "If-None-Match": etag }) };
  const answer = await fetch(box.dataset.url, { headers, cache: "no-store" });
  if (answer.status === 304) return;
  if (!answer.ok || answer.redirected || answer.headers.get("X-Is-Over") === "yes") {
    location.reload();
    return;
  }
  etag = answer.headers.get("ETag") ?? "";
  box.innerHTML = await answer.text();
}

async function watch() {
  try {
    if (!document.hidden) await ask();
  } catch {
    // Offline for a moment: the next question may be answered.
  }
  setTimeout(watch, EVERY_MS);
}

setTimeout(watch, EVERY_MS);
