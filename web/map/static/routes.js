// The crews' ways and stops, and the cases left out: what is loud on the map.
import { crewColour, inkOn } from "./colours.js";
import { degrees } from "./lines.js";
import { Mark, REASON_SHAPES, STOP_SHAPES } from "./marks.js";

const DASHES = [null, "10 6", "2 7", "14 5 2 5"];
const QUIET = 0.16; // of what is not looked at
const NEAR_ZOOM = 13; // from here on stops show their numbers
const NEAR = { stop: 8, leftOut: 3.5, line: 4, casing: 3 };
const FAR = { stop: 4, leftOut: 2, line: 2.5, casing: 1.5 };

// Sizes in pixels at a zoom.
const sizes = (zoom) => {
  const more = Math.max(0, zoom - NEAR_ZOOM);
  const least = zoom < NEAR_ZOOM ? FAR : NEAR;
  const [stop, leftOut] = [least.stop + more, least.leftOut + more / 2];
  return { ...least, stop: Math.min(11, stop), leftOut: Math.min(6, leftOut) };
};

export const dashOf = (crew) => DASHES[crew.dash % DASHES.length];

// One crew on the map; `look(name)` gives a colour of the page's style.
export class CrewRoute {
  constructor(crew, unit, look, describe) {
    this.crew = crew;
    const colour = crewColour(crew, look);
    const ways = crew.ways.map((line) => degrees(line, unit));
    const gaps = crew.gaps.map((line) => [
      [line[0] / unit, line[1] / unit],
      [line[2] / unit, line[3] / unit],
    ]);
    const bend = { lineCap: "round", lineJoin: "round", bubblingMouseEvents: false };
    this.lines = [
      L.polyline(ways, { ...bend, color: look("--map-casing"), interactive: false }),
      L.polyline(ways, { ...bend, color: colour, dashArray: dashOf(crew) }),
      L.polyline(gaps, { ...bend, color: colour, dashArray: "2 6" }),
    ];
    const [line, font] = [look("--surface"), look("--font")];
    this.colours = { fill: colour, line, ink: inkOn(colour), font };
    this.marks = crew.stops
      .filter((stop) => stop.at)
      .map((stop) => this.mark(stop, [stop.at[0] / unit, stop.at[1] / unit], describe));
    const start = [crew.start[0] / unit, crew.start[1] / unit];
    const house = { shape: "house", fill: look("--surface"), line: colour, lineWidth: 3 };
    this.start = new Mark(start, { ...house, bubblingMouseEvents: false });
    this.layer = L.layerGroup([...this.lines, this.start, ...this.marks]);
  }

  mark(stop, at, describe) {
    const mark = new Mark(at, {
      ...this.colours,
      shape: STOP_SHAPES[stop.place],
      lineWidth: 1.5,
      text: stop.number,
      bubblingMouseEvents: false,
    });
    mark.stop = stop;
    return mark.bindTooltip(() => describe(stop), { direction: "top", offset: [0, -8] });
  }

  markOf(id) {
    return this.marks.find(({ stop }) => stop.id === id);
  }

  resize(zoom) {
    const { stop, line, casing } = sizes(zoom);
    this.marks.forEach((mark) => mark.setRadius(stop));
    this.start.setRadius(Math.max(5, stop - 1));
    [line + casing, line, line / 2].forEach((weight, i) => this.lines[i].setStyle({ weight }));
  }

  light(isLit) {
    const opacity = isLit ? 1 : QUIET;
    this.lines.forEach((line) => line.setStyle({ opacity }));
    for (const mark of [...this.marks, this.start]) {
      mark.options.opacity = opacity;
      mark.redraw();
    }
  }

  bringToFront() {
    [...this.lines, this.start, ...this.marks].forEach((one) => one.bringToFront());
  }
}

// The cases that one reason keeps out, as small hollow marks.
export class LeftOut {
  constructor(group, unit, look, describe) {
    this.group = group;
    const shape = REASON_SHAPES[group.reason] ?? "diamond";
    this.look = { shape, line: look("--map-left-out"), lineWidth: 1.5 };
    this.marks = group.marks.map(([id, name, lat, lon]) => {
      const mark = new Mark([lat / unit, lon / unit], { ...this.look, bubblingMouseEvents: false });
      mark.visit = id;
      return mark.bindTooltip(() => describe(id, name), { direction: "top" });
    });
    this.layer = L.layerGroup(this.marks);
  }

  markOf(id) {
    return this.marks.find((mark) => mark.visit === id);
  }

  resize(zoom) {
    const { leftOut } = sizes(zoom);
    this.marks.forEach((mark) => mark.setRadius(leftOut));
  }

  light(isLit) {
    for (const mark of this.marks) {
      mark.options.opacity = isLit ? 1 : 2 * QUIET;
      mark.redraw();
    }
  }
}
