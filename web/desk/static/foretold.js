// What can be told of a plan before its day begins: asked beside the day, once it rests, and drawn into its list.
const RESTS_MS = 700; // edits come one after the other: only what they come to is worked out
const AGAIN_MS = 60_000; // facts change too, and the day begins
const TRIES_MS = 20_000;

export function askForetold(root, state, told) {
  let [known, asked, waiting] = [null, 0, 0];

  async function ask() {
    asked = Date.now();
    const version = state.day.plan.version;
    try {
      const signal = AbortSignal.timeout(TRIES_MS);
      const answer = await fetch(`${state.base}desk/foretold.json?version=${version}`, { cache: "no-store", signal });
      if (!answer.ok) return;
      known = await answer.json();
      if (join(state.day, known)) state.tell("foretold", { day: state.day });
      tellBasis(root.querySelector("#foretold-basis"), known, told);
    } catch {
      // The server is gone, or at work: the next change asks again.
    }
  }

  state.join = (day) => join(day, known); // before anybody draws it
  state.addEventListener("day", ({ detail: { day } }) => {
    if (isOf(known, day) && Date.now() - asked < AGAIN_MS) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, RESTS_MS);
  });
}

const isOf = (known, day) => known?.plan.id === day.plan.id && known.plan.revision === day.plan.revision;

// Joins what is known to the day it is about; of another plan, or of one edited since, nothing is told.
function join(day, known) {
  if (!isOf(known, day)) return false;
  for (const crew of day.crews) {
    crew.foretold = known.crews[crew.id]; // none once the day has begun
    for (const stop of crew.stops) {
      const share = known.on_time[stop.id];
      stop.on_time = stop.kind !== "break" && share < known.low ? share : undefined;
    }
  }
  return true;
}

function tellBasis(line, known, told) {
  line.hidden = Object.keys(known.crews).length === 0;
  const { legs, visits } = known;
  line.textContent = told.say(known.is_assumed ? "foretold_assumed" : "foretold_learned", { legs, visits });
}
