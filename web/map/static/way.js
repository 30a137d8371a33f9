// A crew's way as one line on the canvas: its casing below, its kind of dashes, and arrows along it.
const DASHES = [[], [10, 6], [2, 7], [14, 5, 2, 5], [18, 4, 2, 4, 2, 4]];
const ARROW_EVERY_PX = 130;
const LEAST_PX = 34; // a way that is shorter on the screen needs no arrow
const HALF_OPEN = 2.4; // radians from its tip to each end of an arrow

export const dashOf = (crew) => DASHES[crew.dash];

// Where arrows stand along a line of points, and where they point to.
export function arrowsAlong(points) {
  const found = [];
  let next = ARROW_EVERY_PX / 2;
  let gone = 0;
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1], points[i]];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = Math.hypot(dx, dy);
    for (; next <= gone + length; next += ARROW_EVERY_PX) {
      const share = (next - gone) / length;
      found.push({ x: from.x + dx * share, y: from.y + dy * share, angle: Math.atan2(dy, dx) });
    }
    gone += length;
  }
  return found.length || gone < LEAST_PX ? found : [halfway(points, gone)];
}

function halfway(points, length) {
  let left = length / 2;
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1], points[i]];
    const step = from.distanceTo(to);
    if (step > 0 && step >= left) {
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      const at = { x: from.x + (dx * left) / step, y: from.y + (dy * left) / step };
      return { ...at, angle: Math.atan2(dy, dx) };
    }
    left -= step;
  }
  return { ...points.at(-1), angle: 0 };
}

// Options: color, casing (a colour), weight, edge (how much wider the casing is), dash, arrow (its
// size, 0 for none).
export const Way = L.Polyline.extend({
  // Once for each zoom: where one looks makes no difference to them.
  _project() {
    L.Polyline.prototype._project.call(this);
    this._arrows = this._rings.flatMap(arrowsAlong);
  },

  _updatePath() {
    const { _renderer: renderer, _parts: parts, options: look } = this;
    if (!renderer._drawing || !parts.length) return;
    const pen = renderer._ctx;
    pen.save();
    pen.lineJoin = "round";
    trace(pen, parts);
    if (look.casing) stroke(pen, look.casing, look.weight + look.edge, []);
    stroke(pen, look.color, look.weight, look.dash);
    if (look.arrow) this._drawArrows(pen);
    pen.restore();
  },

  _drawArrows(pen) {
    const { arrow, color, casing } = this.options;
    const seen = this._renderer._bounds;
    pen.beginPath();
    for (const { x, y, angle } of this._arrows) {
      if (x < seen.min.x || x > seen.max.x || y < seen.min.y || y > seen.max.y) continue;
      pen.moveTo(x + arrow * Math.cos(angle), y + arrow * Math.sin(angle));
      for (const side of [HALF_OPEN, -HALF_OPEN]) {
        pen.lineTo(x + arrow * Math.cos(angle + side), y + arrow * Math.sin(angle + side));
      }
      pen.closePath();
    }
    pen.fillStyle = color;
    pen.fill();
    stroke(pen, casing, 1.25, []);
  },
});

function trace(pen, parts) {
  pen.beginPath();
  for (const points of parts) {
    points.forEach(({ x, y }, i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  }
}

function stroke(pen, colour, width, dash) {
  pen.lineCap = dash.length ? "butt" : "round";
  pen.setLineDash(dash);
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}
