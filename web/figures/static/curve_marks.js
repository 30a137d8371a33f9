// What stands on a curve besides: what is enough, the headcounts that are marked, names of rows.
export const FONT_PX = 12;
export const GAP_PX = 6; // between the axis and what stands under it
const DASHES = { smallest: [], knee: [6, 3], break_even: [2, 3] };
const LABEL_PX = FONT_PX + 4;

const dense = () => window.devicePixelRatio || 1;
const withPen = ({ ctx }, draw) => {
  ctx.save();
  draw(ctx, dense());
  ctx.restore();
};

function stroke(pen, from, to, dash) {
  pen.setLineDash(dash.map((length) => length * dense()));
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...to);
  pen.stroke();
}

export function drawGoal(u, { goal }, look) {
  if (goal === null) return;
  withPen(u, (pen, px) => {
    const y = u.valToPos(goal, "y", true);
    pen.strokeStyle = look("--quiet");
    pen.lineWidth = px;
    stroke(pen, [u.bbox.left, y], [u.bbox.left + u.bbox.width, y], [2, 3]);
  });
}

// An upright line at each, the word beside it, each lower than the one before.
export function drawMarks(u, { marks }, look, font) {
  withPen(u, (pen, px) => {
    const { left, top, width, height } = u.bbox;
    pen.font = font.replace(/^\d+px/, `${FONT_PX * px}px`);
    pen.textBaseline = "bottom";
    pen.lineJoin = "round";
    marks.forEach(({ what, at, words }, number) => {
      const x = u.valToPos(at, "x", true);
      const isRight = x > left + width * 0.6;
      pen.textAlign = isRight ? "right" : "left";
      Object.assign(pen, { strokeStyle: look("--text"), lineWidth: 1.5 * px });
      stroke(pen, [x, top], [x, top + height], DASHES[what]);
      const y = top + height - (marks.length - number - 0.6) * LABEL_PX * px;
      const beside = x + (isRight ? -5 : 5) * px;
      pen.setLineDash([]);
      Object.assign(pen, { strokeStyle: look("--surface"), lineWidth: 4 * px, fillStyle: look("--text") });
      pen.strokeText(words, beside, y);
      pen.fillText(words, beside, y);
    });
  });
}

export function drawRowNames(u, { rows }, rowPx, look, font) {
  withPen(u, (pen, px) => {
    pen.font = font.replace(/^\d+px/, `${FONT_PX * px}px`);
    Object.assign(pen, { textAlign: "right", textBaseline: "top", fillStyle: look("--quiet") });
    const bottom = u.bbox.top + u.bbox.height;
    rows.forEach(({ label }, number) =>
      pen.fillText(label, u.bbox.left - 16 * px, bottom + (number * rowPx + GAP_PX) * px),
    );
  });
}
