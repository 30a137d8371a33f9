// On paper every crew's list is open; afterwards those are closed again that were.
let opened = [];

window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("#crews details:not([open])")];
  for (const crew of opened) crew.open = true;
});

window.addEventListener("afterprint", () => {
  for (const crew of opened) crew.open = false;
  opened = [];
});
