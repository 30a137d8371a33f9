// Opens what is looked at in the side sheet, with what can be done to it at once.
import { element } from "../js/element.js";

export class Opener {
  constructor(parts) {
    Object.assign(this, parts);
    document.querySelector("#timeline").addEventListener("click", ({ target }) => {
      const visit = target.closest("[data-visit]")?.dataset.visit;
      if (visit) this.visit(visit);
      else if (target.closest(".tl-name")) this.crew(target.closest("[data-crew]").dataset.crew);
    });
    document.querySelector("#lists").addEventListener("click", ({ target }) => {
      if (target.closest("a, button, input, label, summary")) return;
      const visit = target.closest("[data-visit]")?.dataset.visit;
      if (visit) this.visit(visit);
    });
  }

  button(key, press) {
    const made = element("button", { type: "button", className: "button", textContent: this.told.say(key) });
    made.addEventListener("click", press);
    return made;
  }

  path(kind, id) {
    const { version } = this.state;
    return `desk/${kind}/${encodeURIComponent(id)}${version ? `?version=${version}` : ""}`;
  }

  visit(id) {
    this.list.open(id);
    const stop = this.state.stopOf(id);
    const title = `${stop ? `${this.told.span(stop.start_s, stop.end_s)} ` : ""}${this.state.nameOf(id)}`;
    this.sheet.open(this.path(stop ? "stop" : "left-out", id), title, () => this.visitActs(id));
  }

  // What the server's own buttons in the sheet do not: they lock and take off.
  visitActs(id) {
    if (!this.state.mayAct) return [];
    const stop = this.state.stopOf(id);
    const move = this.button("move", () => this.pickUp?.(id));
    const before = stop && !stop.lock && this.before(id);
    return before ? [move, this.button("hold_order", () => this.acts.hold([id], { after: before }))] : [move];
  }

  // The visit that the crew makes before this one.
  before(id) {
    const visits = this.state.crewOf(id).stops.filter((stop) => stop.kind !== "break");
    return visits[visits.findIndex((stop) => stop.id === id) - 1]?.id;
  }

  crew(id) {
    const crew = this.state.day.crews.find((one) => one.id === id);
    if (crew) this.sheet.open(this.path("crew", id), crew.name, () => this.crewActs(id));
  }

  crewActs(id) {
    const crew = this.state.day.crews.find((one) => one.id === id);
    if (!this.state.mayAct || !crew) return [];
    const ids = crew.stops.filter((stop) => stop.kind !== "break").map((stop) => stop.id);
    return [
      this.button("hold_all", () => this.acts.hold(ids)),
      this.button("release_all", () => this.acts.release(ids)),
      ...this.swapWith(id),
    ];
  }

  // Chosen first, then pressed: arrow keys walk through a choice, and swap nothing on their way.
  swapWith(id) {
    const others = this.state.day.crews.filter((one) => one.id !== id);
    const choice = element("select", { className: "input short", ariaLabel: this.told.say("swap_with") });
    choice.append(...others.map((one) => element("option", { value: one.id, textContent: one.name })));
    return others.length ? [choice, this.button("swap", () => this.acts.swap(id, choice.value))] : [];
  }
}
