// Marks on the canvas: numbered stops, the place a crew starts from, cases that are left out.
// What a mark means is told by its shape; the colour only repeats it.

const outlines = {
  circle: (pen, x, y, r) => pen.arc(x, y, r, 0, 2 * Math.PI),
  square: (pen, x, y, r) => pen.roundRect(x - r * 0.92, y - r * 0.92, r * 1.84, r * 1.84, r * 0.3),
  diamond: (pen, x, y, r) => corners(pen, x, y, r * 1.2, 4, 0),
  triangle: (pen, x, y, r) => corners(pen, x, y, r * 1.2, 3, -Math.PI / 2),
  house: (pen, x, y, r) => {
    pen.moveTo(x - r, y + r * 0.9);
    pen.lineTo(x - r, y - r * 0.15);
    pen.lineTo(x, y - r * 1.1);
    pen.lineTo(x + r, y - r * 0.15);
    pen.lineTo(x + r, y + r * 0.9);
    pen.closePath();
  },
  hexagon: (pen, x, y, r) => corners(pen, x, y, r * 1.08, 6, 0),
  star: (pen, x, y, r) => corners(pen, x, y, r * 1.5, 10, -Math.PI / 2, 0.45),
};

// Every second corner stands as far in as `dent` says.
function corners(pen, x, y, r, count, turn, dent = 1) {
  for (let i = 0; i < count; i++) {
    const angle = turn + (2 * Math.PI * i) / count;
    const far = i % 2 ? r * dent : r;
    pen[i ? "lineTo" : "moveTo"](x + far * Math.cos(angle), y + far * Math.sin(angle));
  }
  pen.closePath();
}

export const STOP_SHAPES = { home: "circle", registered: "diamond", work: "square" };
export const GROUP_SHAPES = {
  due: "star",
  unplaced: "hexagon",
  refused: "square",
  unfit: "diamond",
  waits: "triangle",
  no_capacity: "circle",
};

// Draws one mark; also used for the signs of the legend.
export function drawMark(pen, { x, y }, look) {
  const { shape = "hexagon", radius, fill, line, lineWidth, text, ink, opacity = 1 } = look;
  pen.save();
  pen.globalAlpha = opacity;
  pen.setLineDash([]);
  pen.beginPath();
  outlines[shape](pen, x, y, radius);
  if (fill) {
    pen.fillStyle = fill;
    pen.fill();
  }
  pen.strokeStyle = line;
  pen.lineWidth = lineWidth;
  pen.stroke();
  if (text && radius >= 7) {
    pen.fillStyle = ink;
    pen.font = `650 ${Math.round(radius * (String(text).length > 1 ? 1.12 : 1.3))}px ${look.font}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(text, x, y + radius * 0.08);
  }
  pen.restore();
}

export const Mark = L.CircleMarker.extend({
  _updatePath() {
    if (!this._renderer._drawing || this._empty()) return;
    drawMark(this._renderer._ctx, this._point, { ...this.options, radius: this._radius });
  },
});
