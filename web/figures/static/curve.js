// A curve with its band, by uPlot: read by pointer, finger or arrow keys, in the page's colours.
import uPlot from "../static/vendor/uplot/uPlot.esm.js";
import { element } from "../static/js/element.js";
import { drawGoal, drawMarks, drawRowNames, FONT_PX, GAP_PX, ROW_NAME_PX } from "./curve_marks.js";

const PLOT_PX = 220;
const ROW_PX = 18;
const APART_PX = 10; // between two words under the axis
const AXIS_PX = 44; // of the shares beside it
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 1, PageDown: -1 };

const share = (value) => `${Math.round(100 * value)}%`;
const columns = (told) => [told.x, told.low, told.high, told.mean]; // the last lies above

// Gives the numbers of the points under which there is room to write, the marked ones first.
function placed({ x, marks }, apartPx, toPx) {
  const marked = new Set(marks.map(({ at }) => at));
  const order = [...x.keys()].sort((a, b) => marked.has(x[b]) - marked.has(x[a]) || a - b);
  const taken = [];
  for (const at of order) {
    const px = toPx(x[at]);
    if (taken.every((one) => Math.abs(toPx(x[one]) - px) >= apartPx)) taken.push(at);
  }
  return taken.sort((a, b) => a - b);
}

export class Curve {
  constructor(figure) {
    this.told = JSON.parse(figure.dataset.live);
    this.plot = element("div", { className: "curve-plot", tabIndex: 0, role: "slider" });
    this.said = element("p", { className: "curve-said dense" });
    this.plot.ariaLabel = figure.querySelector("figcaption").textContent.trim();
    this.root = element("div", { className: "live-curve" }, [this.plot, this.said]);
    this.stand(figure);
    const look = (name) => getComputedStyle(this.root).getPropertyValue(name).trim();
    this.font = `${FONT_PX}px ${look("font-family") || "sans-serif"}`;
    this.uplot = new uPlot(this.options(look), columns(this.told), this.plot);
    this.listen();
    this.tell(this.chosen());
  }

  // The drawing of the server makes room; its words stay.
  stand(figure) {
    figure.querySelector("svg").replaceWith(this.root);
    figure.querySelector(".ends")?.remove();
  }

  // More is known, on a figure of the same kind: the curve moves there and goes on.
  show(figure) {
    const at = this.told.x[this.at];
    this.told = JSON.parse(figure.dataset.live);
    this.stand(figure);
    this.uplot.setData(columns(this.told));
    const same = this.told.x.indexOf(at);
    this.tell(this.isRead && same >= 0 ? same : this.chosen());
  }

  // Where one looks first: at the team that the page shows, else at the last point.
  chosen() {
    const shown = this.told.x.indexOf(this.told.shown);
    return shown < 0 ? this.told.x.length - 1 : shown;
  }

  options(look) {
    const { font } = this;
    const quiet = () => look("--quiet");
    const grid = { stroke: () => look("--line"), width: 1 };
    const line = { stroke: () => look("--accent"), width: 2 };
    const edge = { width: 0, points: { show: false } };
    const points = { show: true, size: 8, fill: () => look("--accent"), ...line };
    const rows = this.told.rows.map((_, row) => this.row(row, { font, stroke: quiet, grid }));
    return {
      width: this.width,
      height: PLOT_PX + ROW_PX * rows.length + GAP_PX,
      padding: [FONT_PX, Math.ceil(this.widest(this.told.rows.flatMap(({ values }) => values)) / 2) + 2, 4, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 12 } },
      scales: { x: { time: false, range: () => [0, this.told.most || 1] }, y: { range: () => [0, 1] } },
      series: [{}, edge, edge, { ...line, points }],
      bands: [{ series: [2, 1], fill: () => look("--accent-soft") }],
      axes: [...rows, { scale: "y", side: 3, size: this.gutter(), font, stroke: quiet, grid, gap: 4, ticks: { show: false }, splits: [0, 0.25, 0.5, 0.75, 1], values: (_, all) => all.map(share) }],
      hooks: {
        draw: [() => this.point(), (u) => drawGoal(u, this.told, look), (u) => drawMarks(u, this.told, look, font), (u) => drawRowNames(u, this.told, ROW_PX, look, font)],
      },
    };
  }

  // What stands in a row under the points; the first has the upright lines of the grid.
  row(number, { font, stroke, grid }) {
    return {
      scale: "x", side: 2, size: ROW_PX, gap: GAP_PX, font, stroke,
      ticks: { show: false },
      grid: { ...grid, show: number === 0 },
      splits: (u) => this.written(u),
      values: (_, all) => all.map((x) => this.told.rows[number].values[this.told.x.indexOf(x)]),
    };
  }

  get width() {
    return Math.max(200, Math.floor(this.plot.clientWidth));
  }

  // Under which points there is room to write.
  written(u) {
    const widest = this.widest(this.told.rows.flatMap(({ values }) => values));
    const at = placed(this.told, widest + APART_PX, (x) => u.valToPos(x, "x"));
    return at.map((one) => this.told.x[one]);
  }

  widest(words) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = this.font;
    return Math.max(...words.map((one) => pen.measureText(one).width));
  }

  // Room at the left for the names of the rows.
  gutter() {
    return Math.ceil(Math.max(this.widest(this.told.rows.map(({ label }) => label)) + ROW_NAME_PX, AXIS_PX));
  }

  listen() {
    this.plot.addEventListener("keydown", (event) => this.press(event));
    this.plot.addEventListener("pointermove", (event) => this.pass(event));
    this.plot.addEventListener("pointerdown", (event) => this.pass(event));
    this.plot.addEventListener("pointerleave", () => this.point());
    new ResizeObserver(() => this.fit()).observe(this.plot);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.uplot.redraw(false));
  }

  fit() {
    if (this.width !== this.uplot.width) this.uplot.setSize({ width: this.width, height: this.uplot.height });
  }

  press(event) {
    const last = this.told.x.length - 1;
    const to = { Home: 0, End: last }[event.key] ?? this.at + (STEPS[event.key] ?? NaN);
    if (Number.isNaN(to)) return;
    event.preventDefault();
    this.read(Math.min(last, Math.max(0, to)));
  }

  // What a pointer or a finger passes over is read; what it has read last stays.
  pass({ clientX }) {
    this.read(this.uplot.posToIdx(clientX - this.uplot.over.getBoundingClientRect().left));
  }

  read(at) {
    this.isRead = true;
    this.tell(at);
    this.point();
  }

  // Stands on the point that is told: also once the curve is another, or drawn anew.
  point() {
    const [x, y] = [this.told.x[this.at], this.told.mean[this.at]];
    this.uplot.setCursor({ left: this.uplot.valToPos(x, "x"), top: this.uplot.valToPos(y, "y") });
  }

  tell(at) {
    this.at = at;
    this.said.textContent = this.plot.ariaValueText = this.told.said[at];
    this.plot.ariaValueMin = "0";
    this.plot.ariaValueMax = String(this.told.x.length - 1);
    this.plot.ariaValueNow = String(at);
  }
}
