// What the server writes of the day beside its scripts' drawings: brought up to date when the day changes.
const OWN_MS = 200;
const SPREAD_MS = 1200; // many desks hear of a change at once: they do not ask all at once
const TOKENS = /value="[^"]{40,}"/g; // of forms: another each time

export function renewParts(state) {
  let waiting;
  const renewSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(renew, OWN_MS + Math.random() * SPREAD_MS);
  };
  state.addEventListener("day", ({ detail: { was } }) => was && renewSoon());
  state.addEventListener("search", renewSoon);
}

// Asks the page anew, and replaces its parts that are another.
export async function renew() {
  try {
    const answer = await fetch(location.href, { headers: { "X-Poll": "1" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-part]")) {
      const now = page.querySelector(`[data-part="${part.dataset.part}"]`);
      if (now) replace(part, now);
    }
  } catch {
    // The server is gone for a moment: the next change brings this too.
  }
}

// What is open stays open; what somebody is at work on stays until the next change.
function replace(part, now) {
  const text = (one) => one.innerHTML.replace(TOKENS, "").replace(/ open=""/g, "");
  if (part.contains(document.activeElement) || part.querySelector(".menu[open]")) return;
  const opened = [...part.querySelectorAll("details")].map((one) => one.open);
  const made = document.adoptNode(now);
  made.querySelectorAll("details").forEach((one, i) => (one.open = opened[i] ?? one.open));
  made.querySelectorAll("[data-act]").forEach((one) => (one.hidden = false));
  if (text(part) !== text(made)) part.replaceChildren(...made.childNodes);
}
