// How the published day runs: the worst of it in one line above the desk, and each stop with how it stands.

// A version that is not what crews drive by has other times: of it only what is made is told.
const MADE = new Set(["done", "at_door"]);

export function joinRun(day) {
  const crews = day.running?.crews ?? {};
  const isDriven = day.running?.version === day.plan.version;
  const made = new Map();
  for (const crew of Object.values(crews)) for (const one of crew.stops) made.set(one.id, one);
  for (const crew of day.crews) {
    if (isDriven && crews[crew.id]) crew.now = { late_s: crews[crew.id].late_s, has_seen: crews[crew.id].has_seen };
    for (const stop of crew.stops) {
      const now = made.get(stop.id);
      if (now && stop.kind !== "break" && (isDriven || MADE.has(now.state))) stop.now = now;
    }
  }
}

// The line leaves the map its room: all that it is the worst of stands on the page it leads to.
export function tellRun(state, sheet) {
  const root = document.getElementById("running-line");
  if (!root) return;
  const form = root.querySelector("form");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    sheet.open(form.action, form.textContent.trim(), () => [], { method: "POST", body: new FormData(form) });
  });
  let before = "";
  state.addEventListener("day", ({ detail: { day } }) => {
    const notices = day.running?.notices ?? [];
    const told = JSON.stringify(notices);
    if (told === before) return;
    before = told;
    if (notices.length) tell(root, notices, notices.length);
    root.hidden = !notices.length;
  });
}

function tell(root, [worst], count) {
  const line = root.querySelector(".notice");
  line.className = `notice running-line ${worst.is_bad ? "bad" : "warn"}`;
  line.setAttribute("role", worst.is_bad ? "alert" : "status");
  root.querySelector("[data-worst]").textContent = worst.text;
  root.querySelector("[data-count]").textContent = count;
  const caller = root.querySelector("[data-caller]");
  if (!caller) return;
  caller.hidden = !worst.may_call;
  const form = caller.querySelector("form");
  form.action = form.action.replace(/[^/]*$/, encodeURIComponent(worst.crew));
}
