// A press is shown as taken at once; the server keeps it once, however often it is sent.
import { element } from "./element.js";

const beBusy = (button) => button?.setAttribute("aria-busy", "true");

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-file]")) return; // a file comes, and the page stays
  beBusy(event.submitter);
});

// Without a connection the page would be gone, and with it what was typed: it stays, and says so.
// Where a script sends the form itself, it has said that already.
addEventListener("submit", (event) => {
  const told = document.querySelector("#no-connection");
  if (navigator.onLine || event.defaultPrevented) return told?.remove();
  event.preventDefault();
  event.submitter?.removeAttribute("aria-busy");
  if (told) return told.scrollIntoView({ block: "nearest" });
  const words = document.querySelector('meta[name="no-connection"]').content;
  event.target.prepend(element("p", { id: "no-connection", className: "wrong dense", role: "alert", textContent: words }));
  return undefined;
});

addEventListener("online", () => document.querySelector("#no-connection")?.remove());

// The step that comes next may take the server seconds to show: the plan is judged again first.
document.addEventListener("click", (event) => {
  const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
  if (!opensElsewhere) beBusy(event.target.closest("a.button.main"));
});

// A page that comes back from the browser's memory waits for nothing any more.
addEventListener("pageshow", () => {
  for (const busy of document.querySelectorAll('[aria-busy="true"]')) busy.removeAttribute("aria-busy");
});
