// Arrive and Leave tell where the phone stands, if she lets them: at the press, never in between.
const CHOICE = "tells-standing";
const WAIT_MS = 6_000;
const ASKING_MS = 20_000; // while she reads what the browser asks
const OLDEST_MS = 30_000; // a phone that remembers where it was has not looked

const note = document.querySelector(".standing");
const choice = note.querySelector("input");
const forms = new WeakSet();

const kept = {
  get: () => {
    try { return localStorage.getItem(CHOICE); } catch { return null; }
  },
  set: (told) => {
    try { localStorage.setItem(CHOICE, told); } catch { /* then it holds for this page */ }
  },
};

const canAsk = isSecureContext && "geolocation" in navigator;
note.hidden = !canAsk;
choice.checked = kept.get() !== "no";
choice.addEventListener("change", () => kept.set(choice.checked ? "yes" : "no"));

async function position() {
  const allowed = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
  return new Promise((resolve) => {
    const options = { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 0 };
    setTimeout(resolve, allowed?.state === "prompt" ? ASKING_MS : WAIT_MS, null);
    navigator.geolocation.getCurrentPosition(resolve, () => resolve(null), options);
  });
}

function tell(form, { latitude: lat, longitude: lon, accuracy: accuracy_m }) {
  for (const [name, value] of Object.entries({ lat, lon, accuracy_m })) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(field);
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!canAsk || !choice.checked || !form.matches("[data-stands]")) return;
  event.preventDefault();
  if (forms.has(form)) return; // a second press while the first one looks
  forms.add(form);
  const found = await position();
  if (found && Date.now() - found.timestamp < OLDEST_MS) tell(form, found.coords);
  form.submit();
});

// A page that comes back from the browser's memory is pressed anew.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
