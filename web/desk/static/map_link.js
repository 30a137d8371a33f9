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
  twins.addEventListener("chosen", (event) => {
    if (event.detail.visit) open.visit(event.detail.visit);
    else open.crew(event.detail.crew);
    event.preventDefault();
  });
}

const same = (day, was) =>
  day.plan.id === was.plan.id && day.plan.revision === was.plan.revision;
