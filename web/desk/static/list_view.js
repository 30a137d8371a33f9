// The list: crews with their stops, searched, filtered and sorted; what is chosen of it.
import { element } from "../js/element.js";
import { wayBack } from "./focus.js";
import { FoundLeft } from "./found_left.js";
import { crewItem } from "./list_items.js";

const LONG_WAIT_S = 900;
const ORDERS = {
  id: () => 0,
  visits: (crew) => -crew.stops.filter((stop) => stop.kind !== "break").length,
  end: (crew) => -crew.end_s,
  driving: (crew) => -crew.driving_s,
  overtime: (crew) => -crew.overtime_s,
};
const FILTERS = {
  overtime: (crew) => crew.overtime_s > 0,
  standing: (crew) => crew.stops.some((stop) => stop.standing),
  locked: (crew) => crew.stops.some((stop) => stop.lock),
  waits: (crew) => crew.stops.some((stop) => stop.start_s - stop.arrival_s >= LONG_WAIT_S),
};

export class ListView extends EventTarget {
  constructor(root, state, told) {
    super();
    Object.assign(this, { root, state, told, drawn: new Map(), chosen: new Set() });
    this.tools = root.querySelector("#list-tools");
    this.crews = root.querySelector("#crews");
    this.nothing = element("p", {
      className: "inside dense quiet",
      textContent: told.say("nothing_found"),
      hidden: true,
    });
    for (const name of ["day", "foretold"]) state.addEventListener(name, ({ detail }) => this.show(detail.day));
    this.listen();
    this.left = new FoundLeft(this, state, told);
  }

  listen() {
    const part = (id) => this.root.querySelector(`#list-${id}`);
    Object.assign(this, { search: part("search"), filter: part("filter"), sort: part("sort") });
    for (const one of [this.search, this.filter, this.sort]) {
      one.addEventListener("input", () => this.arrange());
    }
    this.crews.addEventListener("click", (event) => {
      if (event.target.matches(".choose")) this.choose(event.target, event.shiftKey);
    });
  }

  show(day) {
    if (this.tools.hidden) {
      this.crews.replaceChildren(this.nothing);
      this.tools.hidden = false;
    }
    const focused = this.crews.contains(document.activeElement) && wayBack(document.activeElement);
    const ids = new Set(day.crews.map((crew) => crew.id));
    for (const [id, { item }] of this.drawn) {
      if (!ids.has(id)) item.remove();
      if (!ids.has(id)) this.drawn.delete(id);
    }
    day.crews.forEach((crew) => this.draw(crew));
    this.arrange();
    if (focused) focused()?.focus({ preventScroll: true });
    this.forget(day);
  }

  draw(crew) {
    const written = JSON.stringify(crew);
    const known = this.drawn.get(crew.id);
    if (known?.written === written) return;
    const before = known ? new Set(known.crew.stops.map((stop) => `${stop.id} ${stop.start_s}`)) : null;
    const item = crewItem(crew, this.told, { before, chosen: this.chosen });
    item.open = known ? known.item.open : this.drawn.size === 0;
    known?.item.replaceWith(item);
    this.drawn.set(crew.id, { written, item, crew });
  }

  // What is shown, and in which order; a search opens the crews in which something is found.
  arrange() {
    const wanted = this.search.value.trim().toLowerCase();
    const passes = FILTERS[this.filter.value] ?? (() => true);
    const order = ORDERS[this.sort.value];
    const shown = [...this.drawn.values()].sort(
      (a, b) => order(a.crew) - order(b.crew) || (a.crew.id < b.crew.id ? -1 : 1),
    );
    let found = 0;
    for (const { item, crew } of shown) {
      const hits = this.find(item, crew, wanted);
      item.hidden = !passes(crew) || hits === 0;
      if (wanted && hits) item.open = true;
      found += item.hidden ? 0 : 1;
    }
    this.found = found;
    this.tellNothing();
    const items = shown.map(({ item }) => item);
    const now = [...this.crews.querySelectorAll(":scope > .crew")];
    if (items.some((item, i) => item !== now[i])) this.crews.append(...items);
  }

  tellNothing() {
    this.nothing.hidden = this.found > 0 || this.left.count > 0;
  }

  find(item, crew, wanted) {
    const isCrew = `${crew.name} ${crew.id}`.toLowerCase().includes(wanted);
    let hits = isCrew ? 1 : 0;
    for (const line of item.querySelectorAll(".stop")) {
      const isHit = isCrew || line.textContent.toLowerCase().includes(wanted);
      line.hidden = !isHit;
      hits += isHit ? 1 : 0;
    }
    return hits;
  }

  lineOf(visitId) {
    return this.crews.querySelector(`.stop[data-visit="${CSS.escape(visitId)}"]`);
  }

  open(visitId) {
    const line = this.lineOf(visitId);
    if (!line) return null;
    line.closest("details").open = true;
    line.scrollIntoView({ block: "nearest" });
    return line;
  }

  // With the shift key, all between the one chosen last and this one.
  choose(box, isRange) {
    const boxes = [...this.crews.querySelectorAll(".choose")].filter((one) => one.checkVisibility());
    const [a, b] = [boxes.indexOf(this.last), boxes.indexOf(box)];
    const range = isRange && a >= 0 ? boxes.slice(Math.min(a, b), Math.max(a, b) + 1) : [box];
    for (const one of range) this.mark(one.value, box.checked);
    this.last = box;
    this.tellChosen();
  }

  mark(visitId, isChosen) {
    if (isChosen) this.chosen.add(visitId);
    else this.chosen.delete(visitId);
    const line = this.lineOf(visitId);
    line?.classList.toggle("is-chosen", isChosen);
    const box = line?.querySelector(".choose");
    if (box) box.checked = isChosen;
  }

  toggle(visitId) {
    this.mark(visitId, !this.chosen.has(visitId));
    this.tellChosen();
  }

  chooseNone() {
    for (const id of [...this.chosen]) this.mark(id, false);
    this.tellChosen();
  }

  // Who is chosen and has gone from the plan meanwhile is chosen no more.
  forget(day) {
    const planned = new Set(day.crews.flatMap((crew) => crew.stops.map((stop) => stop.id)));
    for (const id of [...this.chosen]) if (!planned.has(id)) this.chosen.delete(id);
    this.tellChosen();
  }

  // The crews to which what is chosen can go; who was chosen to take it stays so.
  nameCrews() {
    const choice = this.tools.querySelector("#chosen-crew");
    const crews = this.state.day?.crews ?? [];
    const written = JSON.stringify(crews.map(({ id, name }) => [id, name]));
    if (choice.dataset.written === written) return;
    const was = choice.value;
    choice.replaceChildren(...crews.map(({ id, name }) => element("option", { value: id, textContent: name })));
    if (crews.some(({ id }) => id === was)) choice.value = was;
    choice.dataset.written = written;
  }

  tellChosen() {
    this.tools.querySelector("#chosen").hidden = this.chosen.size === 0;
    this.nameCrews();
    this.tools.querySelector("#chosen-count").textContent = this.told.say("chosen", { count: this.chosen.size });
  }
}
