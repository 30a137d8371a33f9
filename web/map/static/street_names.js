// Where the names of streets stand: along the street, none over another, the main roads first.
import { meet } from "./lines.js";

const FROM_ZOOM = { motorway: 12, trunk: 12, primary: 12, secondary: 13, tertiary: 14, street: 16 };
const SIZE_PX = { motorway: 12, trunk: 12, primary: 12, secondary: 11.5, tertiary: 11, street: 11 };
const APART_PX = 420; // between two places of one name along its street
const SAME_NAME_PX = 260; // and between the two sides of a road
const STRAIGHT = 0.985; // of the street under a name
const CELL_PX = 128;

class Taken {
  constructor() {
    this.cells = new Map();
  }

  *near(box) {
    for (let i = Math.floor(box[0] / CELL_PX); i <= box[2] / CELL_PX; i++) {
      for (let j = Math.floor(box[1] / CELL_PX); j <= box[3] / CELL_PX; j++) yield `${i} ${j}`;
    }
  }

  take(box, what) {
    for (const cell of this.near(box)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push([box, what]);
    }
  }

  some(box, test = () => true) {
    for (const cell of this.near(box)) {
      for (const [other, what] of this.cells.get(cell) ?? []) {
        if (meet(box, other) && test(what)) return true;
      }
    }
    return false;
  }
}

const grown = (box, by) => [box[0] - by, box[1] - by, box[2] + by, box[3] + by];

function along(line, scale) {
  const lengths = [0];
  for (let i = 2; i < line.length; i += 2) {
    const step = Math.hypot(line[i] - line[i - 2], line[i + 1] - line[i - 1]);
    lengths.push(lengths.at(-1) + step * scale);
  }
  const at = (d) => {
    let i = 1;
    while (i < lengths.length - 1 && lengths[i] < d) i++;
    const share = (d - lengths[i - 1]) / (lengths[i] - lengths[i - 1] || 1);
    const one = (k) => (line[2 * i - 2 + k] * (1 - share) + line[2 * i + k] * share) * scale;
    return [one(0), one(1)];
  };
  return { length: lengths.at(-1), at };
}

function placed(way, d, width, size) {
  const [x1, y1] = way.at(d - width / 2);
  const [x2, y2] = way.at(d + width / 2);
  if (Math.hypot(x2 - x1, y2 - y1) < STRAIGHT * width) return null;
  let turn = Math.atan2(y2 - y1, x2 - x1);
  if (Math.abs(turn) > Math.PI / 2) turn += Math.PI;
  const half = { x: Math.abs(x2 - x1) / 2 + size / 2, y: Math.abs(y2 - y1) / 2 + size / 2 };
  const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
  return { x, y, turn, box: [x - half.x, y - half.y, x + half.x, y + half.y] };
}

// All names of a level at a zoom, in pixels of the whole world, which is drawn larger by `growth`;
// `measure(text, size)` in pixels.
export function streetNames(level, zoom, growth, measure) {
  const scale = 256 * 2 ** zoom * growth;
  const taken = new Taken();
  const said = new Taken();
  const names = [];
  for (const [drawn, roads] of [...level.roads].reverse()) {
    if (!(FROM_ZOOM[drawn] <= zoom)) continue;
    const size = SIZE_PX[drawn] * growth;
    for (const { line, name } of roads) {
      if (!name) continue;
      const width = measure(name, size) + 8;
      const way = along(line, scale);
      const count = Math.floor((way.length - width) / (APART_PX * growth)) + 1;
      for (let i = 0; way.length > width && i < count; i++) {
        const found = placed(way, ((i + 0.5) * way.length) / count, width, size);
        if (!found || taken.some(grown(found.box, 4))) continue;
        if (said.some(grown(found.box, SAME_NAME_PX * growth), (other) => other === name)) continue;
        taken.take(found.box);
        said.take(found.box, name);
        names.push({ ...found, name, size, drawn });
      }
    }
  }
  return names;
}
