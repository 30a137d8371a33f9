// A visit is carried: by pointer, finger or keys. Only a place that holds takes it.
import { element } from "../js/element.js";
import { EdgeScroll } from "./edge_scroll.js";
import { Gaps } from "./gaps.js";
import { toast } from "./toasts.js";

const FAR_PX = 6; // a pointer that moves less has pressed, not dragged
const HELD_MS = 350; // a finger that rests so long picks up; one that moves before scrolls
const OPENS_MS = 400;
const FINGER_PX = 40; // what a finger covers

export class Carrier {
  constructor(parts) {
    Object.assign(this, parts);
    this.ghost = element("div", { className: "ghost", hidden: true, ariaHidden: "true" });
    document.body.append(this.ghost);
    this.live = document.querySelector("#told");
    this.edge = new EdgeScroll((x, y) => this.over(document.elementFromPoint(x, y)));
    this.state.addEventListener("day", ({ detail }) => this.askAgain(detail));
    for (const where of ["#timeline", "#lists"]) {
      document.querySelector(where).addEventListener("pointerdown", (event) => this.down(event));
    }
    document.addEventListener("pointermove", (event) => this.move(event));
    document.addEventListener("pointerup", (event) => this.up(event));
    document.addEventListener("pointercancel", () => this.cancel());
    document.addEventListener("selectstart", (event) => (this.pressed || this.carried?.byPointer) && event.preventDefault());
    // A finger that rests would open the browser's own menu, and that takes the finger away.
    document.addEventListener("contextmenu", (event) => (this.isCarrying || this.pressed?.isFinger) && event.preventDefault());
    document.addEventListener("click", (event) => this.swallow(event), { capture: true });
  }

  get isCarrying() {
    return Boolean(this.carried);
  }

  down(event) {
    const visit = event.target.closest("[data-visit]")?.dataset.visit;
    const isPressed = event.target.closest("a, input, select, label, summary, .gap");
    if (!visit || isPressed || event.button || !this.state.mayAct || this.isCarrying) return;
    // Asked at the press already: who drags sees the prices as soon as it is one.
    this.pressed = { visit, from: event.target, x: event.clientX, y: event.clientY, asked: this.ask(visit) };
    if (event.pointerType !== "touch") return;
    this.pressed.isFinger = true;
    // Said of the thing itself: drawn anew meanwhile it is off the page, and nothing else hears of its finger.
    event.target.addEventListener("touchmove", this.stay, { passive: false });
    this.holding = setTimeout(() => this.pickUp(visit, event.target, event), HELD_MS);
  }

  // What is carried goes with the finger, and the page stays.
  stay = (event) => this.isCarrying && event.preventDefault();

  move(event) {
    const { pressed } = this;
    if (pressed && !this.isCarrying) {
      if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < FAR_PX) return;
      if (pressed.isFinger) return this.forget();
      this.pickUp(pressed.visit, pressed.from, event);
    }
    if (!this.isCarrying || !this.carried.byPointer) return undefined;
    this.placeGhost(event.clientX, event.clientY);
    this.edge.at(event.clientX, event.clientY);
    return this.over(document.elementFromPoint(event.clientX, event.clientY));
  }

  // The place below the pointer; a crew that is closed opens when the pointer rests on it.
  over(target) {
    this.choose(target?.closest(".gap")?.gap ?? null);
    this.hold(target);
    const closed = target?.closest("#crews details:not([open])");
    if (closed === this.resting) return;
    clearTimeout(this.opening);
    this.resting = closed;
    if (closed) this.opening = setTimeout(() => (closed.open = true), OPENS_MS);
  }

  // The hand is shown by what lies below it alone: a rule for all would style a large day anew.
  hold(target) {
    if (target === this.held) return;
    this.held?.classList.remove("held");
    this.held = target;
    target?.classList.add("held");
  }

  up() {
    this.forget();
    if (!this.carried?.byPointer) return;
    this.wasCarried = true;
    setTimeout(() => (this.wasCarried = false));
    if (this.carried.gap) this.drop();
    else this.cancel();
  }

  forget() {
    clearTimeout(this.holding);
    this.pressed = undefined;
  }

  // The press with which something was put down opens nothing; one on a place puts it there.
  swallow(event) {
    const gap = event.target.closest?.(".gap")?.gap;
    if (this.isCarrying && gap) {
      this.choose(gap);
      this.drop();
    } else if (!this.wasCarried) return;
    event.stopPropagation();
    event.preventDefault();
  }

  ask(visit) {
    const quotes = this.state.quotes(visit);
    quotes.catch(() => {}); // told where it is waited for
    return quotes;
  }

  async pickUp(visit, from, pointer = null) {
    if (this.isCarrying || !this.state.mayAct) return;
    const asked = this.pressed?.asked ?? this.ask(visit);
    const carried = { visit, from, byPointer: Boolean(pointer), isFinger: this.pressed?.isFinger, gap: null };
    this.carried = carried;
    document.body.classList.add("carrying");
    this.mark(true);
    const name = this.state.nameOf(visit);
    this.tell(`${name} · ${this.told.say("asking")}`, pointer ?? from.getBoundingClientRect());
    await this.quote(carried, asked);
    if (this.carried !== carried) return;
    this.tell(name);
    this.live.textContent = this.told.say("picked_up", { name });
  }

  async quote(carried, asked) {
    try {
      let told = await asked;
      if (told.revision < this.state.revision) told = await this.ask(carried.visit);
      if (this.carried !== carried) return;
      carried.gaps?.remove();
      carried.gap = null;
      carried.gaps = new Gaps(this.state, this.told, carried.visit, told.quotes);
      carried.gaps.show(this.timeline, this.list);
    } catch {
      if (this.carried === carried) this.cancel();
      toast(this.told.say("no_quotes"), { kind: "bad" });
    }
  }

  // Somebody has changed the day while a visit is carried: the places are others now.
  askAgain({ day, was }) {
    if (!this.isCarrying || !was) return;
    this.mark(true);
    if (day.plan.revision === was.plan.revision) this.carried.gaps?.mend();
    else this.quote(this.carried, this.ask(this.carried.visit));
  }

  choose(gap) {
    const { carried } = this;
    if (!carried?.gaps || carried.gap === gap) return;
    carried.gap = gap;
    carried.gaps.light(gap);
    const name = this.state.nameOf(carried.visit);
    this.ghost.textContent = gap ? `${name} · ${gap.text}` : name;
    this.ghost.classList.toggle("forbidden", Boolean(gap && !gap.isAllowed));
    this.placeGhost(...this.at); // it is as wide as its words
    if (gap) this.live.textContent = carried.gaps.say(gap);
  }

  // A place that is forbidden takes nothing; a rule of the house leads to who can set it aside.
  async drop() {
    const { carried } = this;
    const { gap } = carried;
    if (!gap) return;
    if (!gap.isAllowed) {
      this.cancel();
      this.acts.refuse([gap.forbidden]);
      return;
    }
    carried.gaps.keepOnly(gap);
    this.end();
    const { visit } = carried;
    const beside = this.besideOf(visit);
    if (gap.isOff) await this.acts.takeOff([visit]);
    else await this.acts.move(visit, gap.crew_id, gap.before);
    carried.gaps.remove();
    const now = this.timeline.blockOf(visit) ?? (carried.from.isConnected ? carried.from : null);
    (now ?? this.timeline.blockOf(beside))?.focus({ preventScroll: true });
  }

  // The visit of the same crew that has the focus once this one is off.
  besideOf(visit) {
    const visits = this.state.crewOf(visit)?.stops.filter((stop) => stop.kind !== "break") ?? [];
    const at = visits.findIndex((stop) => stop.id === visit);
    return (visits[at + 1] ?? visits[at - 1])?.id ?? "";
  }

  cancel() {
    this.forget();
    if (!this.carried) return;
    this.carried.gaps?.remove();
    if (!this.carried.byPointer) this.live.textContent = this.told.say("put_back");
    this.end();
  }

  end() {
    this.mark(false);
    this.hold(null);
    this.carried = undefined;
    this.ghost.hidden = true;
    this.ghost.classList.remove("forbidden");
    document.body.classList.remove("carrying");
    clearTimeout(this.opening);
    this.edge.stop();
  }

  mark(isCarried) {
    for (const one of document.querySelectorAll(`[data-visit="${CSS.escape(this.carried.visit)}"]`)) {
      one.classList.toggle("carried", isCarried);
    }
  }

  tell(words, at = null) {
    this.ghost.textContent = words;
    this.ghost.hidden = false;
    if (at) this.placeGhost(at.clientX ?? at.left, at.clientY ?? at.bottom);
  }

  // Beside the pointer, above a finger, and never beyond the screen.
  placeGhost(x, y) {
    this.at = [x, y];
    const { offsetWidth: wide, offsetHeight: high } = this.ghost;
    const { clientWidth } = document.documentElement;
    const left = Math.min(x + 12, clientWidth - wide - 8);
    const top = this.carried?.isFinger ? y - high - FINGER_PX : Math.min(y + 14, innerHeight - high - 8);
    this.ghost.style.transform = `translate(${Math.max(8, left)}px, ${Math.max(8, top)}px)`;
  }
}
