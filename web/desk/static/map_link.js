// The map follows the state: drawn anew where the day has changed; what is pressed on it opens.
import { twins } from "../map/twins.js";

const CALM_MS = 300; // several changes after each other are drawn once

export function linkMap(state, open) {
  const map = document.querySelector("#day-map");
  let waiting;
  state.addEventListener("day", ({ detail: { day, was } }) => {
    if (!map || !was || same(day, was)) return;
    clearTimeout(waiting);
    map.dataset.plan = map.dataset.plan.replace(/plan\/\d+/, `plan/${day.plan.version}`);
    waiting = setTimeout(() => map.dispatchEvent(new Event("renew")), CALM_MS);
  });
  twins.addEventListener("lit", ({ detail }) => detail.visit && lightGroup(state.day, detail.visit));
  twins.addEventListener("chosen", (event) => {
    if (event.detail.visit) open.visit(event.detail.visit);
    else open.crew(event.detail.crew);
    event.preventDefault();
  });
}

// Of the left-out few have a line of their own; where it is folded away, too, their group lights up.
function lightGroup(day, visitId) {
  const left = day?.left_out.find((one) => one.id === visitId);
  const group = left && document.querySelector(`#lists details[data-group="${left.group}"]`);
  group?.classList.add("twin");
}

const same = (day, was) =>
  day.plan.id === was.plan.id && day.plan.revision === was.plan.revision;
