// Who else looks, what others have done, and that the server is gone: told beside the day.
import { toast } from "./toasts.js";

export function tellState(root, state, told) {
  const band = document.querySelector("#offline");
  const here = document.querySelector("#here");
  const clock = (at) => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(at);
  const show = (words) => {
    band.textContent = words;
    band.hidden = words === "";
  };
  state.addEventListener("offline", ({ detail }) => show(told.say("offline", { time: clock(detail.since) })));
  state.addEventListener("online", () => show(""));
  state.addEventListener("gone", () => show(told.say("logged_out")));
  state.addEventListener("here", ({ detail: { names } }) => {
    here.textContent = names.length ? told.say("here", { names: names.join(", ") }) : "";
    here.title = here.textContent; // where they are many, it is cut off
  });
  state.addEventListener("day", ({ detail: { day, was } }) => {
    tellUndo(day, told, state.mayAct);
    if (was) tellOthers(day, was, told, root.dataset.me);
    if (was && day.plan.version !== was.plan.version) toast(told.say("replaced", day.plan));
  });
}

function tellUndo(day, told, mayAct) {
  document.querySelector("#undo")?.toggleAttribute("hidden", !mayAct);
  for (const name of ["undo", "redo"]) {
    const button = document.querySelector(`[data-act="${name}"]`);
    if (!button) continue;
    const next = day[name];
    button.disabled = !next;
    const words = next ? told.say(name, { what: next.label }) : told.say(`nothing_to_${name}`);
    button.title = words;
    button.querySelector("span").textContent = words;
  }
}

// Edits that were not there when the day was asked last, and that somebody else has made.
function tellOthers(day, was, told, me) {
  const known = new Set((was.edits ?? []).map((edit) => edit.number));
  const news = (day.edits ?? []).filter((edit) => !known.has(edit.number) && edit.who !== me);
  for (const edit of news) toast(told.say("changed", edit));
}
