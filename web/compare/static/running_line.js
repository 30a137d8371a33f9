// What has to be seen to while the day runs: asked twice a minute, the worst lines above the desk.
const EVERY_MS = 30_000;
const SHOWN = 3;

function line({ text, is_bad: isBad }) {
  const one = document.createElement("div");
  one.className = `notice ${isBad ? "bad" : "warn"}`;
  one.setAttribute("role", isBad ? "alert" : "status");
  one.textContent = text;
  return one;
}

async function ask(root) {
  const answer = await fetch(root.dataset.url, { headers: { "X-Poll": "1" } }).catch(() => null);
  if (!answer?.ok) return;
  const found = await answer.json();
  const notices = found?.notices ?? [];
  const told = JSON.stringify(notices);
  if (told === root.dataset.told) return;
  root.dataset.told = told;
  root.querySelector("[data-lines]").replaceChildren(...notices.slice(0, SHOWN).map(line));
  root.querySelector("[data-count]").textContent = notices.length;
  root.hidden = !notices.length;
}

const root = document.getElementById("running-line");
ask(root);
setInterval(() => document.hidden || ask(root), EVERY_MS);
