// The keys of the desk: stops and crews are walked by arrows, and everything else has a letter.
export class Keys {
  constructor(parts) {
    Object.assign(this, parts);
    this.help = document.querySelector("#keys");
    document.addEventListener("keydown", (event) => this.press(event));
    document.querySelector('[data-act="keys"]').hidden = false;
    document.addEventListener("click", ({ target }) => target.closest('[data-act="keys"]') && this.help.showModal());
    this.state.addEventListener("day", () => this.rove());
  }

  press(event) {
    if (!this.state.day || this.carrier?.isCarrying || this.help.open) return; // these have keys of their own
    const isTyping = event.target.closest?.("input:not([type=checkbox]), select, textarea");
    if (event.key === "Escape") return this.escape(event, isTyping);
    if (isTyping || event.altKey) return;
    if (event.ctrlKey || event.metaKey) this.withControl(event);
    else this.plain(event);
  }

  escape(event, isTyping) {
    if (document.querySelector("details.menu[open]")) return; // menus close first
    if (this.sheet.isOpen) this.sheet.close();
    else if (isTyping) event.target.blur();
    else this.list.chooseNone();
  }

  withControl(event) {
    if (event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    if (event.shiftKey) this.acts.redo();
    else this.acts.undo();
  }

  plain(event) {
    const visit = event.target.closest?.("[data-visit]")?.dataset.visit;
    const crew = event.target.closest?.("[data-crew]")?.dataset.crew;
    const onWhole = { "?": () => this.help.showModal(), "/": () => this.list.search.focus() };
    const zooms = { "+": "in", "=": "in", "-": "out", 0: "fit" };
    const act = onWhole[event.key] ?? (visit || crew ? this.ofThing(event, visit, crew) : null);
    if (act) {
      event.preventDefault();
      act();
    } else if (zooms[event.key] && !event.target.closest?.(".map-canvas")) {
      this.timeline.zoom(zooms[event.key]);
    }
  }

  ofThing(event, visit, crew) {
    const isButton = event.target.closest("summary, a, input, #sheet");
    const known = {
      Enter: !isButton && (() => (visit ? this.opener.visit(visit) : this.opener.crew(crew))),
      m: visit && this.state.mayAct && (() => this.carrier?.pickUp(visit, event.target)),
      h: visit && (() => this.toggleHold(visit)),
      c: () => this.opener.crew(crew ?? this.state.crewOf(visit)?.id),
      x: visit && (() => this.list.toggle(visit)),
      " ": event.target.matches(".stop") && (() => this.list.toggle(visit)),
      ArrowLeft: visit && (() => this.walk(visit, -1, event.target)),
      ArrowRight: visit && (() => this.walk(visit, 1, event.target)),
      ArrowUp: visit && (() => this.up(visit, -1, event.target)),
      ArrowDown: visit && (() => this.up(visit, 1, event.target)),
    };
    return known[event.key];
  }

  toggleHold(visit) {
    const stop = this.state.stopOf(visit);
    if (stop?.lock) this.acts.release([visit]);
    else if (stop) this.acts.hold([visit]);
  }

  visitsOf(crew) {
    return crew.stops.filter((stop) => stop.kind !== "break");
  }

  // To the visit before or after of the same crew; in the list it stands above or below.
  walk(visit, step, from) {
    const crew = this.state.crewOf(visit);
    if (!crew) return;
    const visits = this.visitsOf(crew);
    const next = visits[visits.findIndex((stop) => stop.id === visit) + step];
    if (next) this.focus(next.id, from);
  }

  up(visit, step, from) {
    if (from.closest("#lists")) return this.walk(visit, step, from);
    const { crews } = this.state.day;
    const at = crews.findIndex((crew) => crew.id === this.state.crewOf(visit)?.id);
    const start = this.state.stopOf(visit).start_s;
    for (let i = at + step; crews[i]; i += step) {
      const visits = this.visitsOf(crews[i]);
      if (visits.length) {
        const apart = (stop) => Math.abs(stop.start_s - start);
        return this.focus(visits.reduce((a, b) => (apart(b) < apart(a) ? b : a)).id, from);
      }
    }
    return undefined;
  }

  focus(visit, from) {
    const here = from.closest("#lists") ? this.list.open(visit) : this.timeline.blockOf(visit);
    here?.focus();
    here?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.rove(here);
  }

  // Of all visits on the timeline one is reached by the tab key: the last that had the focus.
  rove(here) {
    const blocks = this.timeline.rows;
    if (here && blocks.contains(here)) this.last = here.dataset.visit;
    const wanted = (this.last && this.timeline.blockOf(this.last)) ?? blocks.querySelector(".visit");
    for (const one of blocks.querySelectorAll('.visit[tabindex="0"]')) one.tabIndex = -1;
    if (wanted) wanted.tabIndex = 0;
  }
}
