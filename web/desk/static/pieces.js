// Pieces that answer questions: what is to be tried is begun at once, and asked again until it is done.
const AGAIN_MS = 1000;
const begun = new WeakSet();

// Press what is begun when a piece is opened; without scripts it is a button.
function beginAtOnce(root) {
  for (const form of root.querySelectorAll("form[data-at-once]")) {
    if (begun.has(form)) continue;
    begun.add(form);
    form.requestSubmit();
  }
}

// Look again at a piece that waits; it is taken in only where it is still shown.
async function lookAgain(waiting) {
  const shown = waiting.closest(".sheet-body");
  const answer = await fetch(waiting.dataset.url || location.href, { headers: { "X-Fragment": "1" } });
  if (!answer.ok || !shown.isConnected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector(".sheet-body");
  if (!now || !shown.isConnected) return;
  if (!shown.ariaLabel) dropTitle(now); // the sheet has it above
  shown.replaceWith(document.adoptNode(now));
}

function dropTitle(body) {
  const first = body.querySelector("h3");
  if (first?.textContent.trim() === body.getAttribute("aria-label")) first.remove();
  body.removeAttribute("aria-label");
}

function waitOn(root) {
  for (const waiting of root.querySelectorAll("[data-again]")) {
    if (begun.has(waiting)) continue;
    begun.add(waiting);
    setTimeout(() => lookAgain(waiting).catch(() => {}), AGAIN_MS);
  }
}

function look() {
  beginAtOnce(document);
  waitOn(document);
}

new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
look();
