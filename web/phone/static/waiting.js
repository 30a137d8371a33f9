// A press without network waits on its page, with its key, its hour and what was typed, and is sent
// once there is network again: the browser's own page of an error would lose all of it.
const note = document.querySelector(".waiting");
let pressed = null;

function tellWhen(form) {
  const value = new Date().toISOString();
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "at", value }));
}

document.addEventListener("submit", (event) => {
  if (navigator.onLine || event.target.getAttribute("method") !== "post") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!event.target.elements.namedItem("at")) tellWhen(event.target);
  pressed = event.target;
  note.hidden = false;
}, true);

addEventListener("online", () => {
  note.hidden = true;
  pressed?.requestSubmit();
  pressed = null;
});
