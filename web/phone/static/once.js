// A press is shown as taken at once; the server keeps it once, however often it is sent.
document.addEventListener("submit", (event) => {
  const { submitter } = event;
  if (!submitter || submitter.getAttribute("aria-busy")) return;
  if (event.target.matches("[data-file]")) return; // a file comes, and the page stays
  submitter.setAttribute("aria-busy", "true");
});

// A page that comes back from the browser's memory waits for nothing any more.
addEventListener("pageshow", () => {
  for (const busy of document.querySelectorAll('[aria-busy="true"]')) busy.removeAttribute("aria-busy");
});
