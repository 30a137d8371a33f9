// Follows work by short questions; the server answers 304 where nothing has changed.
import { element } from "./element.js";

const EVERY_MS = 1000;

// Shows in `box` how far the work is that its data-url tells of, and says once that it is over. A
// box that is hidden waits until somebody begins some; `put` is for who keeps something of what the
// box has. Gives what ends the asking.
export function follow(box, over, put = (html) => (box.innerHTML = html)) {
  let etag = "";
  let isEnded = false;

  async function ask() {
    const headers = { "X-Poll": "1", ...(etag && { "If-None-Match": etag }) };
    const answer = await fetch(box.dataset.url, { headers, cache: "no-store" });
    if (answer.status >= 500) throw new Error(answer.statusText); // it is being started anew
    box.querySelector(".no-answer")?.remove();
    if (isEnded || answer.status === 304) return;
    const isOver = !answer.ok || answer.redirected || answer.headers.get("X-Is-Over") === "yes";
    etag = answer.headers.get("ETag") ?? "";
    if (!isOver) put(await answer.text());
    else if (!box.hidden) return finish();
    box.hidden = isOver;
  }

  function tellNoAnswer() {
    if (box.querySelector(".no-answer")) return;
    const words = document.querySelector('meta[name="no-answer"]').content;
    box.append(element("p", { className: "no-answer wrong", role: "status", textContent: words }));
  }

  function finish() {
    isEnded = true;
    over();
  }

  async function watch() {
    try {
      if (!document.hidden) await ask();
    } catch {
      tellNoAnswer(); // for a moment: the next question may be answered
    }
    if (!isEnded) setTimeout(watch, EVERY_MS);
  }

  setTimeout(watch, box.hidden || box.childElementCount ? EVERY_MS : 0);
  return () => (isEnded = true);
}
