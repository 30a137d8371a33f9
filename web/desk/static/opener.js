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

  button(key, press, kind = "") {
    const made = element("button", { type: "button", className: `button ${kind}`, textContent: this.told.say(key) });
    made.addEventListener("click", press);
    return made;
  }

  visit(id) {
    this.list.open(id);
    const stop = this.state.stopOf(id);
    const title = `${stop ? `${this.told.span(stop.start_s, stop.end_s)} ` : ""}${this.state.nameOf(id)}`;
    const path = `desk/${stop ? "stop" : "left-out"}/${encodeURIComponent(id)}`;
    this.sheet.open(path, title, this.state.mayAct ? this.visitActs(id, stop) : [], this.known(stop));
  }

  visitActs(id, stop) {
    const { acts } = this;
    const move = this.button("move", () => this.pickUp?.(id));
    if (!stop) return [move];
    if (stop.lock) return [this.button("release", () => acts.release([id])), move, this.takeOff(id)];
    const before = this.before(id);
    const order = before ? [this.button("hold_order", () => acts.hold([id], { after: before }))] : [];
    return [
      this.button("hold_crew", () => acts.hold([id])),
      this.button("hold_time", () => acts.hold([id], { start_s: stop.start_s })),
      ...order,
      move,
      this.takeOff(id),
    ];
  }

  takeOff(id) {
    return this.button("take_off", () => this.acts.takeOff([id]), "bad");
  }

  // The visit that the crew makes before this one.
  before(id) {
    const visits = this.state.crewOf(id).stops.filter((stop) => stop.kind !== "break");
    return visits[visits.findIndex((stop) => stop.id === id) - 1]?.id;
  }

  crew(id) {
    const crew = this.state.day.crews.find((one) => one.id === id);
    if (!crew) return;
    const acts = this.state.mayAct ? this.crewActs(crew) : [];
    this.sheet.open(`desk/crew/${encodeURIComponent(id)}`, crew.name, acts, this.stops(crew));
  }

  crewActs(crew) {
    const ids = crew.stops.filter((stop) => stop.kind !== "break").map((stop) => stop.id);
    const others = this.state.day.crews.filter((one) => one.id !== crew.id);
    const choice = element("select", { className: "input short", ariaLabel: this.told.say("swap") });
    choice.append(...[["", this.told.say("swap")], ...others.map((one) => [one.id, one.name])].map(
      ([value, textContent]) => element("option", { value, textContent }),
    ));
    choice.addEventListener("change", () => choice.value && this.acts.swap(crew.id, choice.value));
    return [
      this.button("hold_all", () => this.acts.hold(ids)),
      this.button("release_all", () => this.acts.release(ids)),
      choice,
    ];
  }

  stops(crew) {
    const lines = crew.stops.filter((stop) => stop.kind !== "break").map((stop) =>
      element("li", { textContent: `${this.told.span(stop.start_s, stop.end_s)} ${stop.name}` }),
    );
    return element("ol", { className: "sheet-body dense" }, lines);
  }

  // What the page knows of a stop itself, where the server tells nothing more.
  known(stop) {
    if (!stop) return "";
    const words = [stop.place_kind, stop.street, ...(stop.case_ids ?? [])].filter(Boolean).join(" · ");
    return element("p", { className: "sheet-body dense", textContent: words });
  }
}
