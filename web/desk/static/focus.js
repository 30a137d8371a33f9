// What had the focus is found again once its row is drawn anew: the same thing of the same visit or crew.
const PANES = "#timeline, #lists, .map-frame, #strip";
const NAMED = ["data-visit", "data-crew", "data-group", "data-act", "href", "value"]; // what tells one from another

// Returns a function that finds it, or what stands in its place; null where nothing does.
export function wayBack(from) {
  if (!from || from === document.body) return () => null;
  const pane = from.closest(PANES)?.id;
  const within = pane ? `#${CSS.escape(pane)} ` : "";
  const keeper = from.closest("[data-visit], [data-crew]");
  const [self, parent] = [selectorOf(from), keeper && keeper !== from ? selectorOf(keeper) : ""];
  const wanted = parent ? `${within}${parent} ${self}` : `${within}${self}`;
  return () => (from.isConnected ? from : document.querySelector(wanted));
}

function selectorOf(one) {
  const named = NAMED.filter((name) => one.hasAttribute(name));
  const told = named.map((name) => `[${name}="${CSS.escape(one.getAttribute(name))}"]`);
  const kind = [...one.classList].find((name) => ["visit", "stop", "crew", "choose", "tl-row", "tl-name"].includes(name));
  return `${one.localName}${one.id ? `#${CSS.escape(one.id)}` : ""}${kind ? `.${kind}` : ""}${told.join("")}`;
}
