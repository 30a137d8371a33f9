// The timeline: a row for each crew, drawn from the state; zoomed by one number, panned by scrolling.
import { element } from "../js/element.js";
import { wayBack } from "./focus.js";
import { pieces, shaded, span } from "./timeline_pieces.js";

const NEAREST = 0.25; // pixels a second: 900 an hour
const STEP = 1.5;
const NOW_EVERY_MS = 30_000;
const TICKS = [[0.14, 900], [0.05, 1800], [0.012, 3600], [0, 7200]]; // from how near, how many seconds apart

export class TimelineView {
  constructor(root, state, told, isToday) {
    Object.assign(this, { root, state, told, isToday, drawn: new Map() });
    this.scroll = root.querySelector(".timeline-scroll");
    this.tools = root.querySelector("#timeline-tools");
    this.head = element("div", { className: "tl-head", ariaHidden: "true" });
    this.rows = element("div", { className: "tl-rows" });
    this.behind = element("div", { className: "tl-behind", ariaHidden: "true" });
    this.now = element("i", { className: "tl-now", hidden: true, title: told.say("now") });
    this.body = element("div", { className: "tl-body" }, [this.behind, this.rows, this.now]);
    state.addEventListener("day", ({ detail }) => this.show(detail.day));
    this.listen();
  }

  listen() {
    this.tools.addEventListener("click", ({ target }) => {
      const way = target.closest("[data-zoom]")?.dataset.zoom;
      if (way) this.zoom(way);
    });
    this.scroll.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    new ResizeObserver(() => this.isFitted && this.fit()).observe(this.scroll);
    setInterval(() => this.placeNow(), NOW_EVERY_MS);
  }

  show(day) {
    if (!this.body.isConnected) {
      this.scroll.replaceChildren(this.head, this.body);
      this.tools.hidden = false;
    }
    const [from, to] = span(day);
    const isNew = from !== this.from || to !== this.to;
    Object.assign(this, { from, to });
    this.scroll.style.setProperty("--from", from);
    this.scroll.style.setProperty("--span", to - from);
    if (isNew) this.fit();
    this.behind.replaceChildren(...shaded(day, from, to));
    this.drawRows(day);
    this.placeNow();
  }

  // A row is drawn anew only where its crew's day is another; what has the focus keeps it.
  drawRows(day) {
    const focused = this.rows.contains(document.activeElement) && wayBack(document.activeElement);
    const rows = day.crews.map((crew) => this.row(crew));
    const gone = [...this.rows.children].filter((row) => !rows.includes(row));
    gone.forEach((row) => row.remove());
    rows.forEach((row, i) => {
      if (this.rows.children[i] !== row) this.rows.insertBefore(row, this.rows.children[i] ?? null);
    });
    if (focused) focused()?.focus({ preventScroll: true });
  }

  row(crew) {
    const written = JSON.stringify(crew);
    const known = this.drawn.get(crew.id);
    if (known?.written === written) return known.row;
    const row = this.newRow(crew, known ? new Set(known.places) : null);
    const places = crew.stops.map((stop) => `${stop.id} ${stop.start_s}`);
    this.drawn.set(crew.id, { written, row, places });
    return row;
  }

  newRow(crew, before) {
    const { number, colour, dash } = crew.look;
    const name = element("button", {
      type: "button", className: "tl-name", tabIndex: -1, title: crew.id,
    }, [element("i", { className: "mark", textContent: number }), element("span", { textContent: crew.name })]);
    const lane = element("div", { className: "tl-lane" }, pieces(crew, this.told));
    for (const block of lane.querySelectorAll(".visit")) {
      const { visit, start } = block.dataset;
      block.classList.toggle("came", Boolean(before && !before.has(`${visit} ${start}`)));
    }
    return element("div", {
      className: `tl-row crew-${colour} dash-${dash}`,
      role: "group",
      ariaLabel: crew.name,
      data: { crew: crew.id },
    }, [name, lane]);
  }

  blockOf(visitId) {
    return this.rows.querySelector(`.visit[data-visit="${CSS.escape(visitId)}"]`);
  }

  rowOf(crewId) {
    return this.drawn.get(crewId)?.row;
  }

  laneOf(crewId) {
    return this.rowOf(crewId)?.querySelector(".tl-lane");
  }

  placeNow() {
    if (!this.state.day) return;
    const second = this.told.nowSecond();
    this.now.hidden = !this.isToday || second < this.from || second > this.to;
    this.now.style.setProperty("--at", second);
  }

  get least() {
    const name = parseFloat(getComputedStyle(this.scroll).getPropertyValue("--name"));
    return Math.max(0.005, (this.scroll.clientWidth - name - 8) / (this.to - this.from));
  }

  fit() {
    this.setScale(this.least);
    this.isFitted = true;
  }

  zoom(way) {
    if (way === "fit") return this.fit();
    const middle = this.scroll.clientWidth / 2;
    return this.zoomAt(way === "in" ? STEP : 1 / STEP, middle);
  }

  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const left = event.clientX - this.scroll.getBoundingClientRect().left;
    this.zoomAt(Math.exp(-event.deltaY / 300), left);
  }

  // The moment under the pointer stays where it is.
  zoomAt(factor, x) {
    const name = parseFloat(getComputedStyle(this.scroll).getPropertyValue("--name"));
    const second = (this.scroll.scrollLeft + x - name) / this.scale;
    const scale = Math.min(NEAREST, Math.max(this.least, this.scale * factor));
    this.setScale(scale);
    this.isFitted = scale === this.least;
    this.scroll.scrollLeft = second * scale + name - x;
  }

  setScale(scale) {
    this.scale = scale;
    this.scroll.style.setProperty("--px", scale);
    const [, apart] = TICKS.find(([from]) => scale >= from);
    const first = Math.ceil(this.from / apart) * apart;
    const ticks = [];
    for (let at = first; at <= this.to; at += apart) ticks.push(this.tick(at));
    this.head.replaceChildren(...ticks);
    this.scroll.style.setProperty("--apart", apart);
    this.scroll.style.setProperty("--first", first - this.from);
  }

  tick(at) {
    const time = this.told.clock(at);
    const label = element("span", { textContent: time.endsWith(":00") ? time.slice(0, 2) : time });
    label.style.setProperty("--at", at);
    return label;
  }

  // Where a second of the day stands on the screen, and the other way.
  secondAt(clientX) {
    const lane = this.rows.querySelector(".tl-lane").getBoundingClientRect();
    return this.from + (clientX - lane.left) / this.scale;
  }

  reveal(visitId) {
    this.blockOf(visitId)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
