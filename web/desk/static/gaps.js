// The places where a carried visit could stand: shown between the stops of timeline and list.
import { element } from "../js/element.js";

// What the server quotes, by crew; the last place is off the plan, where the visit stands in it.
export class Gaps {
  constructor(state, told, visitId, quotes) {
    Object.assign(this, { state, told, visitId });
    const rows = state.day.crews.map((crew) =>
      quotes.filter((quote) => quote.crew_id === crew.id).map((quote) => this.gap(crew, quote)),
    );
    const off = state.stopOf(visitId) ? [[{ isOff: true, isAllowed: true, text: told.say("off_the_plan") }]] : [];
    this.rows = [...rows.filter((row) => row.length), ...off];
    this.all = this.rows.flat();
  }

  gap(crew, quote) {
    const stops = crew.stops.filter((stop) => stop.id !== this.visitId);
    const at = quote.before ? stops.findIndex((stop) => stop.id === quote.before) : stops.length;
    const earlier = stops.slice(0, at).findLast((stop) => stop.kind !== "break");
    const isAllowed = !quote.forbidden;
    const number = stops.slice(0, at).filter((stop) => stop.kind !== "break").length + 1;
    return {
      ...quote,
      crew,
      number,
      isAllowed,
      from: earlier?.end_s ?? crew.start_s,
      to: stops[at]?.start_s ?? crew.end_s,
      text: isAllowed ? this.price(quote) : quote.forbidden.text,
    };
  }

  price({ driving_s: driving, working_s: working, price }) {
    return `${this.told.longer(working || driving)} · ${this.told.more(price)}`;
  }

  // In words, for whoever hears the page.
  say(gap) {
    if (gap.isOff) return gap.text;
    const { crew, number } = gap;
    if (!gap.isAllowed) return this.told.say("gap_forbidden", { crew: crew.name, number, why: gap.text });
    const [minutes, money] = [this.told.longer(gap.working_s), this.told.more(gap.price)];
    return this.told.say("gap_costs", { crew: crew.name, number, time: this.told.clock(gap.start_s), minutes, money });
  }

  show(timeline, list) {
    this.shown = [];
    this.list = list;
    for (const gap of this.all) this.add(gap, gap.isOff ? this.offMark() : this.onTimeline(gap, timeline));
    for (const crew of list.crews.querySelectorAll("details[open]")) this.showIn(crew);
    list.crews.addEventListener("toggle", this.opened, { capture: true });
  }

  // Most crews of the list are closed: theirs are drawn once somebody looks.
  opened = ({ target }) => target.open && this.showIn(target);

  showIn(crew) {
    const hers = this.all.filter((gap) => gap.crew?.id === crew.dataset.crew && !gap.isListed);
    for (const gap of hers) this.add(gap, this.inList(gap, crew.querySelector(".stops")));
    for (const gap of hers) gap.isListed = true;
  }

  add(gap, mark) {
    mark.gap = gap;
    (gap.marks ??= []).push(mark);
    this.shown.push(mark);
  }

  mark(name, gap) {
    const kind = gap.isAllowed ? "may" : gap.forbidden.is_law ? "law" : "not";
    return element(name, { className: `gap ${kind}` });
  }

  onTimeline(gap, timeline) {
    const mark = this.mark("i", gap);
    const middle = (gap.from + gap.to) / 2;
    mark.style.setProperty("--middle", middle);
    mark.style.setProperty("--wide", gap.to - gap.from);
    timeline.laneOf(gap.crew.id)?.append(mark);
    return mark;
  }

  inList(gap, stops) {
    const mark = this.mark("li", gap);
    const time = gap.isAllowed ? `${this.told.clock(gap.start_s)} · ` : "";
    mark.append(element("span", { textContent: `${time}${gap.text}` }));
    const before = gap.before && stops.querySelector(`[data-visit="${CSS.escape(gap.before)}"]`);
    stops.insertBefore(mark, before || null);
    return mark;
  }

  offMark() {
    const mark = element("p", { className: "gap off", textContent: this.told.say("off_the_plan") });
    document.querySelector("#lists").prepend(mark);
    return mark;
  }

  light(gap) {
    for (const mark of this.shown) mark.classList.toggle("active", mark.gap === gap);
  }

  // What was chosen stays marked until the server has answered.
  keepOnly(gap) {
    this.list.crews.removeEventListener("toggle", this.opened, { capture: true });
    for (const mark of this.shown) if (mark.gap !== gap) mark.remove();
    this.shown = this.shown.filter((mark) => mark.gap === gap);
    for (const mark of this.shown) mark.classList.add("taken");
  }

  remove() {
    this.list?.crews.removeEventListener("toggle", this.opened, { capture: true });
    for (const mark of this.shown ?? []) mark.remove();
  }
}
