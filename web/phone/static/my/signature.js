// A signature on glass: strokes of points in the pixels of their sheet, never a picture of it.

const PEN_PX = 3, TOLERANCE_PX = 0.8, MOST_POINTS = 4000, MOST_STROKES = 250;

/** A sheet to sign on; `change` is told after each stroke. */
export class Sheet extends EventTarget {
  /** @param {HTMLCanvasElement} canvas  as large as it is shown */
  constructor(canvas) {
    super();
    this.canvas = canvas;
    this.strokes = [];
    this.current = null;
    this.fit();
    canvas.addEventListener("pointerdown", (event) => this.begin(event));
    canvas.addEventListener("pointermove", (event) => this.go(event));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => this.end());
  }

  get isEmpty() {
    return this.strokes.length === 0;
  }

  /** As sharp as the screen is. Once is enough: what is signed on a turned phone is scaled. */
  fit() {
    const { width, height } = this.canvas.getBoundingClientRect(), ratio = devicePixelRatio || 1;
    Object.assign(this, { width: Math.round(width), height: Math.round(height) });
    Object.assign(this.canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    this.pen = this.canvas.getContext("2d");
    this.pen.scale(ratio, ratio);
    this.draw();
  }

  begin(event) {
    if (this.current || !event.isPrimary || this.strokes.length >= MOST_STROKES) return;
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.current = [this.at(event)];
    this.draw();
  }

  go(event) {
    if (!this.current || !event.isPrimary) return;
    const seen = event.getCoalescedEvents?.() ?? [];
    for (const one of seen.length ? seen : [event]) this.current.push(this.at(one));
    this.draw();
  }

  end() {
    if (!this.current) return;
    this.strokes.push(simplified(this.current, TOLERANCE_PX));
    this.current = null;
    this.draw();
    this.dispatchEvent(new Event("change"));
  }

  at(event) {
    const box = this.canvas.getBoundingClientRect();
    const within = (part, most) => Math.round(Math.min(1, Math.max(0, part)) * most);
    return [
      within((event.clientX - box.left) / box.width, this.width),
      within((event.clientY - box.top) / box.height, this.height),
    ];
  }

  clear() {
    this.strokes = [];
    this.current = null;
    this.draw();
    this.dispatchEvent(new Event("change"));
  }

  draw() {
    const { pen } = this;
    pen.clearRect(0, 0, this.width, this.height);
    Object.assign(pen, { lineWidth: PEN_PX, lineCap: "round", lineJoin: "round", strokeStyle: "#111" });
    for (const stroke of this.current ? [...this.strokes, this.current] : this.strokes) drawn(pen, stroke);
  }

  /** What is kept: the text that was signed, the sheet, and the strokes. */
  toKeep(text) {
    const { width, height } = this;
    return { text, width, height, strokes: fewer(this.strokes, MOST_POINTS) };
  }
}

/** Strokes of at most so many points in all: the more there are, the coarser they become. */
export function fewer(strokes, most) {
  let kept = strokes;
  for (let tolerance = TOLERANCE_PX * 2; kept.reduce((sum, one) => sum + one.length, 0) > most; tolerance *= 2) {
    kept = strokes.map((stroke) => simplified(stroke, tolerance));
  }
  return kept;
}

/** Draw a stroke smoothly: through the middles of its points, each point bending it. */
function drawn(pen, stroke) {
  const [first, ...rest] = stroke;
  pen.beginPath();
  pen.moveTo(...first);
  rest.forEach((point, index) => {
    const next = rest[index + 1] ?? point;
    pen.quadraticCurveTo(...point, (point[0] + next[0]) / 2, (point[1] + next[1]) / 2);
  });
  if (!rest.length) pen.lineTo(...first); // a dot
  pen.stroke();
}

/**
 * A stroke with fewer points, none of those left out farther from it than the tolerance
 * (Ramer 1972, Douglas and Peucker 1973).
 */
export function simplified(points, tolerance) {
  if (points.length < 3) return points;
  const last = points.length - 1;
  let farthest = 0, at = 0;
  for (let index = 1; index < last; index += 1) {
    const away = distance(points[index], points[0], points[last]);
    if (away > farthest) [farthest, at] = [away, index];
  }
  if (farthest <= tolerance) return [points[0], points[last]];
  const before = simplified(points.slice(0, at + 1), tolerance);
  return [...before.slice(0, -1), ...simplified(points.slice(at), tolerance)];
}

/** How far a point is from the line between two others. */
function distance([x, y], [ax, ay], [bx, by]) {
  const dx = bx - ax, dy = by - ay, length2 = dx * dx + dy * dy;
  const along = length2 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2)) : 0;
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}
