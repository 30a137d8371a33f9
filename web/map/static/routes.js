// The crews' ways and stops, and the cases left out: what is loud on the map.
import { degrees } from "./lines.js";
import { Mark, REASON_SHAPES, STOP_SHAPES } from "./marks.js";

const DASHES = [null, "10 6", "2 7", "14 5 2 5"];
const QUIET = 0.16; // of what is not looked at
const NEAR_ZOOM = 13; // from here on stops show their numbers

const radius = (zoom) => (zoom < NEAR_ZOOM ? 4 + (zoom - 10) / 2 : Math.min(11, 8 + zoom - NEAR_ZOOM));
const smallRadius = (zoom) => (zoom < NEAR_ZOOM ? 2.5 : Math.min(6, 3.5 + (zoom - NEAR_ZOOM) / 2));

export const dashOf = (crew) => DASHES[crew.dash % DASHES.length];

// One crew on the map; `look(name)` gives a colour of the page's style.
export class CrewRoute {
  constructor(crew, unit, look, describe) {
    this.crew = crew;
    const colour = look(`--crew-${crew.colour}`);
    const ways = crew.ways.map((line) => degrees(line, unit));
    const gaps = crew.gaps.map((line) => [
      [line[0] / unit, line[1] / unit],
      [line[2] / unit, line[3] / unit],
    ]);
    const bend = { lineCap: "round", lineJoin: "round", bubblingMouseEvents: false };
    this.lines = [
      [L.polyline(ways, { ...bend, color: look("--map-casing"), weight: 7, interactive: false }), 0.85],
      [L.polyline(ways, { ...bend, color: colour, weight: 4, dashArray: dashOf(crew) }), 1],
      [L.polyline(gaps, { ...bend, color: colour, weight: 2, dashArray: "2 6" }), 0.9],
    ];
    this.marks = crew.stops.filter((stop) => stop.at).map((stop) => this.mark(stop, unit, colour, look, describe));
    const start = [crew.start[0] / unit, crew.start[1] / unit];
    this.start = new Mark(start, { shape: "hexagon", fill: look("--surface"), line: colour, lineWidth: 4 });
    this.layer = L.layerGroup([...this.lines.map(([line]) => line), this.start, ...this.marks]);
  }

  mark(stop, unit, colour, look, describe) {
    const mark = new Mark([stop.at[0] / unit, stop.at[1] / unit], {
      shape: STOP_SHAPES[stop.place],
      fill: colour,
      line: look("--surface"),
      lineWidth: 1.5,
      ink: look("--map-ink"),
      text: stop.number,
      font: look("--font"),
      bubblingMouseEvents: false,
    });
    mark.stop = stop;
    return mark.bindTooltip(() => describe(stop, this.crew), { direction: "top", offset: [0, -8] });
  }

  markOf(id) {
    return this.marks.find(({ stop }) => stop.id === id);
  }

  resize(zoom) {
    this.marks.forEach((mark) => mark.setRadius(radius(zoom)));
    this.start.setRadius(Math.max(5, radius(zoom) - 2));
    this.lines[0][0].setStyle({ weight: zoom < NEAR_ZOOM ? 5 : 7 });
    this.lines[1][0].setStyle({ weight: zoom < NEAR_ZOOM ? 3 : 4 });
  }

  light(isLit) {
    for (const [line, opacity] of this.lines) line.setStyle({ opacity: isLit ? opacity : opacity * QUIET });
    for (const mark of [...this.marks, this.start]) {
      mark.options.opacity = isLit ? 1 : QUIET;
      mark.redraw();
    }
  }

  bringToFront() {
    this.lines.forEach(([line]) => line.bringToFront());
    [this.start, ...this.marks].forEach((mark) => mark.bringToFront());
  }
}

// The cases that one reason keeps out, as small hollow marks.
export class LeftOut {
  constructor(group, unit, look, describe) {
    this.group = group;
    this.look = { shape: REASON_SHAPES[group.reason] ?? "diamond", line: look("--map-left-out"), lineWidth: 1.5 };
    this.marks = group.marks.map(([id, name, lat, lon]) => {
      const mark = new Mark([lat / unit, lon / unit], { ...this.look, bubblingMouseEvents: false });
      mark.stop = { id };
      return mark.bindTooltip(() => describe({ id, name }, group), { direction: "top" });
    });
    this.layer = L.layerGroup(this.marks);
  }

  resize(zoom) {
    this.marks.forEach((mark) => mark.setRadius(smallRadius(zoom)));
  }

  light(isLit) {
    for (const mark of this.marks) {
      mark.options.opacity = isLit ? 1 : 0.4;
      mark.redraw();
    }
  }
}
