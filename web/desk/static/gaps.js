// The places where a carried visit could stand: shown between the stops of timeline and list.
import { element } from "../js/element.js";

const WHEN_FREE_MS = 50;

// What the server quotes, by crew; the last place is off the plan, where the visit stands in it.
export class Gaps {
  constructor(state, told, visitId, quotes) {
    Object.assign(this, { state, told, visitId, drawn: new Set() });
    const quoted = new Map();
    for (const quote of quotes) quoted.set(quote.crew_id, [...(quoted.get(quote.crew_id) ?? []), quote]);
    const rows = state.day.crews.map((crew) => (quoted.get(crew.id) ?? []).map((quote) => this.gap(crew, quote)));
    const off = state.stopOf(visitId) ? [[{ isOff: true, isAllowed: true, text: told.say("off_the_plan"), marks: [] }]] : [];
    this.rows = [...rows.filter((row) => row.length), ...off];
    this.all = this.rows.flat();
  }

  gap(crew, quote) {
    const stops = crew.stops.filter((stop) => stop.id !== this.visitId);
    const at = quote.before ? stops.findIndex((stop) => stop.id === quote.before) : stops.length;
    const earlier = stops.slice(0, at).findLast((stop) => stop.kind !== "break");
    const isAllowed = !quote.forbidden;
    const number = stops.slice(0, at).filter((stop) => stop.kind !== "break").length + 1;
    const words = () => (isAllowed ? this.price(quote) : this.why(quote.forbidden));
    return {
      ...quote,
      crew,
      number,
      isAllowed,
      marks: [],
      from: earlier?.end_s ?? crew.start_s,
      to: stops[at]?.start_s ?? crew.end_s,
      // In words once somebody looks: there are hundreds.
      get text() {
        return words();
      },
    };
  }

  price({ driving_s: driving, working_s: working, price }) {
    return `${this.told.longer(working || driving)} · ${this.told.more(price)}`;
  }

  // What forbids it may be about another visit of the crew, or a member of it: she is named.
  why({ id, text }) {
    const name = id === this.visitId ? id : this.state.nameOf(id);
    return name && name !== id ? `${name}: ${text}` : text;
  }

  // In words, for whoever hears the page.
  say(gap) {
    if (gap.isOff) return gap.text;
    const { crew, number } = gap;
    if (!gap.isAllowed) return this.told.say("gap_forbidden", { crew: crew.name, number, why: gap.text });
    const [minutes, money] = [this.told.longer(gap.working_s), this.told.more(gap.price)];
    return this.told.say("gap_costs", { crew: crew.name, number, time: this.told.clock(gap.start_s), minutes, money });
  }

  // What is in sight is drawn at once, the rest while nobody waits for it.
  show(timeline, list) {
    Object.assign(this, { timeline, list });
    const isSeen = ([{ isOff, crew }]) => isOff || isInSight(timeline.rowOf(crew.id), timeline.scroll);
    const seen = this.rows.filter(isSeen);
    const opened = [...list.crews.querySelectorAll("details[open]")];
    for (const row of seen) this.draw(row);
    for (const crew of opened) this.showIn(crew);
    list.crews.addEventListener("toggle", this.opened, { capture: true });
    this.waiting = this.rows.filter((row) => !seen.includes(row));
    whenFree(() => this.drawNext());
  }

  drawNext() {
    if (this.isGone || !this.waiting.length) return;
    this.draw(this.waiting.shift());
    whenFree(() => this.drawNext());
  }

  draw(row) {
    if (this.drawn.has(row)) return;
    this.drawn.add(row);
    if (row[0].isOff) return this.add(row[0], this.offMark());
    const marks = document.createDocumentFragment();
    for (const gap of row) marks.append(this.add(gap, this.onTimeline(gap)));
    this.timeline.laneOf(row[0].crew.id)?.append(marks);
  }

  // A row that was drawn anew, as more is known of its visits, has lost its places.
  mend() {
    const isTorn = (row) => row.some(({ marks }) => marks.some((mark) => !mark.isConnected));
    for (const row of this.rows.filter(isTorn)) {
      row.forEach(removeMarks);
      this.drawn.delete(row);
      this.draw(row);
      for (const crew of this.list.crews.querySelectorAll("details[open]")) {
        if (crew.dataset.crew === row[0].crew?.id) this.drawn.delete(crew);
        this.showIn(crew);
      }
    }
  }

  // Most crews of the list are closed: theirs are drawn once somebody looks.
  opened = ({ target }) => target.open && this.showIn(target);

  showIn(crew) {
    const row = this.rows.find(([gap]) => gap.crew?.id === crew.dataset.crew) ?? [];
    if (this.drawn.has(crew)) return;
    this.drawn.add(crew);
    for (const gap of row) this.add(gap, this.inList(gap, crew.querySelector(".stops")));
  }

  add(gap, mark) {
    mark.gap = gap;
    mark.classList.toggle("active", gap === this.lit);
    gap.marks.push(mark);
    return mark;
  }

  mark(name, gap) {
    const kind = gap.isAllowed ? "may" : gap.forbidden.is_law ? "law" : "not";
    return element(name, { className: `gap ${kind}` });
  }

  onTimeline(gap) {
    const mark = this.mark("i", gap);
    const middle = (gap.from + gap.to) / 2;
    mark.style.setProperty("--middle", middle);
    mark.style.setProperty("--wide", gap.to - gap.from);
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
    if (gap) this.draw(this.rows.find((row) => row.includes(gap)));
    for (const mark of this.lit?.marks ?? []) mark.classList.remove("active");
    for (const mark of gap?.marks ?? []) mark.classList.add("active");
    this.lit = gap;
  }

  // What was chosen stays marked until the server has answered.
  keepOnly(gap) {
    this.end();
    for (const one of this.all) if (one !== gap) removeMarks(one);
    for (const mark of gap.marks) mark.classList.add("taken");
  }

  remove() {
    this.end();
    this.all.forEach(removeMarks);
  }

  end() {
    this.isGone = true;
    this.list?.crews.removeEventListener("toggle", this.opened, { capture: true });
  }
}

const removeMarks = ({ marks }) => marks.splice(0).forEach((mark) => mark.remove());

function whenFree(go) {
  if (globalThis.requestIdleCallback) requestIdleCallback(go, { timeout: WHEN_FREE_MS });
  else setTimeout(go, WHEN_FREE_MS);
}

function isInSight(row, frame) {
  if (!row) return false;
  const [one, all] = [row.getBoundingClientRect(), frame.getBoundingClientRect()];
  return one.bottom > Math.max(0, all.top) && one.top < Math.min(innerHeight, all.bottom);
}
