// Press a visit on the timeline, and the list opens at it. What lights up is the map's matter.
document.querySelector(".timeline")?.addEventListener("click", (event) => {
  const id = event.target.closest("[data-visit]")?.dataset.visit;
  const line = id && document.querySelector(`.stop[data-visit="${CSS.escape(id)}"]`);
  if (!line) return;
  line.closest("details").open = true;
  line.focus();
  line.scrollIntoView({ block: "nearest" });
});
