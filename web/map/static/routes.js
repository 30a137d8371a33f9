// A crew on the map: its way, the house that it starts from, its stops. What is lit is drawn again
// above all others, so that a hover draws one crew and no more.
import { crewColour, inkOn } from "./colours.js";
import { degrees } from "./lines.js";
import { Mark, STOP_SHAPES } from "./marks.js";
import { sizes } from "./sizes.js";
import { Way, dashOf } from "./way.js";

const LARGER_PX = 3; // the stop that is looked at, than the others of its crew

const QUIET = { bubblingMouseEvents: false };

// A crew's layers; `look(name)` gives a colour of the page's style, `more` options of each layer.
class Drawing {
  constructor({ crew, unit }, look, more) {
    const colour = crewColour(crew, look);
    const [line, font] = [look("--surface"), look("--font")];
    const drawn = { color: colour, casing: look("--map-casing"), dash: dashOf(crew), ...more };
    const ways = crew.ways.map((way) => degrees(way, unit));
    const gaps = crew.gaps.map((gap) => [
      [gap[0] / unit, gap[1] / unit],
      [gap[2] / unit, gap[3] / unit],
    ]);
    this.way = new Way(ways, drawn);
    this.gaps = new Way(gaps, { ...drawn, casing: "", dash: [2, 6] });
    const start = { shape: "house", fill: line, line: colour, lineWidth: 2.5, ink: look("--text") };
    const at = [crew.start[0] / unit, crew.start[1] / unit];
    this.start = new Mark(at, { ...start, font, text: crew.number, ...more });
    const mark = { fill: colour, line, ink: inkOn(colour), font, lineWidth: 1.5, ...more };
    this.marks = crew.stops.filter((stop) => stop.at).map((stop) => markOf(stop, unit, mark));
    this.layer = L.layerGroup([this.way, this.gaps, this.start, ...this.marks]);
  }

  resize(zoom, chosen) {
    const { stop, start, line, casing, arrow } = sizes(zoom);
    for (const mark of this.marks) {
      mark.setRadius(stop + (mark.stop.id === chosen ? LARGER_PX : 0));
    }
    this.start.setRadius(start);
    this.way.setStyle({ weight: line, edge: casing, arrow });
    this.gaps.setStyle({ weight: line / 2, edge: 0, arrow: 0 });
  }
}

function markOf(stop, unit, look) {
  const at = [stop.at[0] / unit, stop.at[1] / unit];
  const mark = new Mark(at, { ...look, shape: STOP_SHAPES[stop.place], text: stop.number });
  mark.stop = stop;
  return mark;
}

// `words(stop)` tells of a stop, and without one of the crew itself.
export class CrewRoute {
  constructor(told, look, words) {
    Object.assign(this, { crew: told.crew, told, look });
    this.drawing = new Drawing(told, look, QUIET);
    this.byId = new Map(this.marks.map((mark) => [mark.stop.id, mark]));
    for (const mark of [...this.marks, this.start]) {
      mark.bindTooltip(() => words(mark.stop), { direction: "top", offset: [0, -8] });
    }
  }

  get layer() {
    return this.drawing.layer;
  }

  get marks() {
    return this.drawing.marks;
  }

  get start() {
    return this.drawing.start;
  }

  markOf(id) {
    return this.byId.get(id);
  }

  resize(zoom) {
    this.drawing.resize(zoom);
  }

  // The crew once more, for the layer of what is looked at.
  lit(renderer, zoom, visitId) {
    this.litDrawing ??= new Drawing(this.told, this.look, { renderer, interactive: false });
    this.litDrawing.resize(zoom, visitId);
    return this.litDrawing.layer;
  }
}
