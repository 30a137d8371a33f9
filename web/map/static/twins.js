// Whatever is looked at lights up wherever else it stands: on map, timeline and list.
const QUICK_MS = 120;
const CARRIED = "[data-crew], [data-visit]";

// Events: "lit" with the crew and visit that are looked at, none where nothing is; "chosen" with
// what was pressed on the map, which whoever opens it prevents.
class Twins extends EventTarget {
  constructor() {
    super();
    for (const [come, go] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
      document.addEventListener(come, ({ target }) => this.lightOf(target));
      document.addEventListener(go, ({ target }) => target.closest?.(CARRIED) && this.rest());
    }
  }

  lightOf(target) {
    const visit = target.closest?.("[data-visit]")?.dataset.visit;
    const crew = target.closest?.("[data-crew]")?.dataset.crew;
    if (visit || crew) this.light(crew, visit);
  }

  // What the pointer leaves may have gone from under it, as when the page scrolls; the focus stays.
  rest() {
    const here = document.activeElement;
    if (here?.closest(CARRIED)) this.lightOf(here);
    else this.light();
  }

  light(crew, visit) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.lightNow(crew, visit), crew || visit ? 0 : QUICK_MS);
  }

  lightNow(crew, visit) {
    for (const one of document.querySelectorAll(".twin")) one.classList.remove("twin");
    const crews = crew && `[data-crew="${CSS.escape(crew)}"]:not([data-visit])`;
    const visits = visit && [`[data-visit="${CSS.escape(visit)}"]`, `[data-of="${CSS.escape(visit)}"]`];
    const wanted = [crews, visits].flat().filter(Boolean).join(", ");
    for (const one of wanted ? document.querySelectorAll(wanted) : []) one.classList.add("twin");
    this.dispatchEvent(new CustomEvent("lit", { detail: { crew, visit } }));
  }

  // Whether somebody opens what was pressed.
  choose(crew, visit) {
    const asked = new CustomEvent("chosen", { detail: { crew, visit }, cancelable: true });
    return !this.dispatchEvent(asked);
  }
}

export const twins = new Twins();
