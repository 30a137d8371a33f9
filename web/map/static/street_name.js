// Where the name of a street stands: along it, letter by letter where it bends, and now and then
// again. A symbolizer of protomaps-leaflet, which keeps names from standing over each other.

const APART_PX = 420; // between two places of one name along its street
const SAME_NAME_PX = 260; // and between the two sides of a road
const STRAIGHT = 0.99; // of the street under a name that is written at one stroke
const LEAST_CHORD = 0.85; // under that a name would curl up
const SHARPEST = Math.PI / 7; // between two letters
const TRIES_PX = [0, 24, -24, 48, -48];

function along(line) {
  const lengths = [0];
  for (let i = 1; i < line.length; i++) lengths.push(lengths[i - 1] + line[i].dist(line[i - 1]));
  const at = (d) => {
    let i = 1;
    while (i < lengths.length - 1 && lengths[i] < d) i++;
    const share = (d - lengths[i - 1]) / (lengths[i] - lengths[i - 1] || 1);
    return {
      x: line[i - 1].x * (1 - share) + line[i].x * share,
      y: line[i - 1].y * (1 - share) + line[i].y * share,
    };
  };
  return { length: lengths.at(-1), at };
}

const angle = (a, b) => Math.atan2(b.y - a.y, b.x - a.x);

const turn = (a, b) => Math.abs(Math.atan2(Math.sin(a - b), Math.cos(a - b)));

// The stretch of `width` around `d`, read from left to right; null where the street bends too much.
function stretch(way, d, width) {
  const [start, end] = [way.at(d - width / 2), way.at(d + width / 2)];
  const chord = Math.hypot(end.x - start.x, end.y - start.y);
  if (chord < LEAST_CHORD * width) return null;
  const at = (s) => way.at(start.x <= end.x ? d - width / 2 + s : d + width / 2 - s);
  return { at, isStraight: chord >= STRAIGHT * width, width };
}

// The letters with their places, from the middle of each; null where two stand at too sharp a turn.
function spread(name, { at, width, isStraight }, measure) {
  const parts = isStraight ? [name] : [...name];
  const advances = parts.map(measure);
  const stretched = width / advances.reduce((sum, one) => sum + one, 0);
  const placed = [];
  let s = 0;
  for (const [i, text] of parts.entries()) {
    const advance = advances[i] * stretched;
    placed.push({ text, ...at(s + advance / 2), angle: angle(at(s), at(s + advance)) });
    s += advance;
  }
  const bends = placed.slice(1).some((one, i) => turn(one.angle, placed[i].angle) > SHARPEST);
  return bends ? null : placed;
}

export class StreetName {
  constructor({ font, size, fill, halo, growth }) {
    Object.assign(this, { font: `${font(size)}`, size, fill, halo, growth });
  }

  place({ scratch }, geom, feature) {
    const { name } = feature.props;
    if (!name) return undefined;
    scratch.font = this.font;
    const measure = (text) => scratch.measureText(text).width;
    return geom.flatMap((line) => [...this.labels(name, line, measure)]);
  }

  *labels(name, line, measure) {
    const way = along(line);
    const width = measure(name);
    const room = width + this.size * 1.5;
    if (way.length < room) return;
    const count = Math.floor((way.length - room) / (APART_PX * this.growth)) + 1;
    for (let i = 0; i < count; i++) {
      const label = this.label(name, way, ((i + 0.5) * way.length) / count, width, measure);
      if (label) yield { ...label, anchor: Object.assign(line[0].clone(), label.anchor) };
    }
  }

  label(name, way, middle, width, measure) {
    const inside = (d) => d > width / 2 && d < way.length - width / 2;
    const tries = TRIES_PX.map((by) => middle + by * this.growth).filter(inside);
    const found = tries.map((d) => stretch(way, d, width)).filter(Boolean);
    const best = found.find(({ isStraight }) => isStraight) ?? found[0];
    const letters = best && spread(name, best, measure);
    if (!letters) return null;
    const anchor = best.at(width / 2);
    return {
      anchor,
      bboxes: [...this.boxes(best)],
      draw: (pen) => this.draw(pen, letters, anchor),
      deduplicationKey: name,
      deduplicationDistance: SAME_NAME_PX * this.growth,
    };
  }

  *boxes({ at, width }) {
    const half = this.size * 0.7;
    for (let s = 0; s < width + half; s += half) {
      const { x, y } = at(Math.min(s, width));
      yield { minX: x - half, minY: y - half, maxX: x + half, maxY: y + half };
    }
  }

  draw(pen, letters, anchor) {
    pen.globalAlpha = 1;
    pen.font = this.font;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.lineWidth = this.size / 3.5;
    pen.strokeStyle = this.halo;
    pen.fillStyle = this.fill;
    for (const write of ["strokeText", "fillText"]) {
      for (const { text, x, y, angle: turned } of letters) {
        pen.save();
        pen.translate(x - anchor.x, y - anchor.y);
        pen.rotate(turned);
        pen[write](text, 0, this.size * 0.04);
        pen.restore();
      }
    }
  }
}
