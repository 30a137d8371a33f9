// A search for a better plan, whoever began it: its curve takes the place of the figures while it runs.
import { follow } from "../js/following.js";

export function showSearch(state) {
  const box = document.querySelector("#progress");
  const figures = document.querySelector('[data-part="figures"]');
  let stop = () => {};

  function show(isSearched) {
    stop();
    if (isSearched && box.hidden) box.replaceChildren();
    box.hidden = !isSearched;
    figures.hidden = isSearched;
    if (isSearched) stop = follow(box, renew);
  }

  // Other work than a search has changed more than what an open desk hears of.
  function renew() {
    if (state.job) state.ask();
    else location.reload();
  }

  state.addEventListener("search", ({ detail: { job } }) => show(Boolean(job)));
  if (!box.hidden) show(true);
}
