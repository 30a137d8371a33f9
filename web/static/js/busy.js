// A press is shown as taken at once; the server keeps it once, however often it is sent.
const beBusy = (button) => button?.setAttribute("aria-busy", "true");

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-file]")) return; // a file comes, and the page stays
  beBusy(event.submitter);
});

// The step that comes next may take the server seconds to show: the plan is judged again first.
document.addEventListener("click", (event) => {
  const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
  if (!opensElsewhere) beBusy(event.target.closest("a.button.main"));
});

// A page that comes back from the browser's memory waits for nothing any more.
addEventListener("pageshow", () => {
  for (const busy of document.querySelectorAll('[aria-busy="true"]')) busy.removeAttribute("aria-busy");
});
