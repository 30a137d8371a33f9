// What has to be seen to while the day runs: asked twice a minute, the worst of it in one line above the desk.
const EVERY_MS = 30_000;

// The line leaves the map its room: all that it is the worst of stands on the page it leads to.
function tell(root, [worst], count) {
  const line = root.querySelector(".notice");
  line.className = `notice running-line ${worst.is_bad ? "bad" : "warn"}`;
  line.setAttribute("role", worst.is_bad ? "alert" : "status");
  root.querySelector("[data-worst]").textContent = worst.text;
  root.querySelector("[data-count]").textContent = count;
}

async function ask(root) {
  const answer = await fetch(root.dataset.url, { headers: { "X-Poll": "1" } }).catch(() => null);
  if (!answer?.ok) return;
  const found = await answer.json();
  const notices = found?.notices ?? [];
  const told = JSON.stringify(notices);
  if (told === root.dataset.told) return;
  root.dataset.told = told;
  if (notices.length) tell(root, notices, notices.length);
  root.hidden = !notices.length;
}

const root = document.getElementById("running-line");
ask(root);
setInterval(() => document.hidden || ask(root), EVERY_MS);
