// What stands on a curve besides: what is enough, the headcounts that are marked, names of rows.
export const FONT_PX = 12;
export const GAP_PX = 6; // between the axis and what stands under it
const DASHES = { smallest: [], knee: [6, 3], break_even: [2, 3] };
export const ROW_NAME_PX = 20; // between the names of rows and the axis
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

// An upright line at each, then the words beside them, each lower than the one before: on no line.
export function drawMarks(u, { marks }, look, font) {
  withPen(u, (pen, px) => {
    const { left, top, width, height } = u.bbox;
    const upright = (at) => u.valToPos(at, "x", true);
    Object.assign(pen, { strokeStyle: look("--text"), lineWidth: 1.5 * px });
    for (const { what, at } of marks) {
      stroke(pen, [upright(at), top], [upright(at), top + height], DASHES[what]);
    }
    pen.font = font.replace(/^\d+px/, `${FONT_PX * px}px`);
    pen.setLineDash([]);
    Object.assign(pen, { textBaseline: "bottom", lineJoin: "round" });
    Object.assign(pen, { strokeStyle: look("--surface"), lineWidth: 4 * px, fillStyle: look("--text") });
    marks.forEach(({ at, words }, number) => {
      const isRight = upright(at) + pen.measureText(words).width + 9 * px > left + width;
      pen.textAlign = isRight ? "right" : "left";
      const beside = upright(at) + (isRight ? -5 : 5) * px;
      const y = top + height - (marks.length - number - 0.6) * LABEL_PX * px;
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
      pen.fillText(label, u.bbox.left - ROW_NAME_PX * px, bottom + (number * rowPx + GAP_PX) * px),
    );
  });
}
