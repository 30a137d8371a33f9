// While a visit is carried, what scrolls goes on where the pointer comes to its edge.
const EDGE_PX = 44;
const FASTEST_PX = 16; // a frame, at the very edge

// `moved` is told where the pointer is, as other things lie below it then.
export class EdgeScroll {
  constructor(moved) {
    this.moved = moved;
  }

  at(x, y) {
    Object.assign(this, { x, y });
    this.frame ??= requestAnimationFrame(() => this.step());
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.frame = undefined;
  }

  step() {
    this.frame = undefined;
    const panes = [...document.querySelectorAll(".timeline-scroll, .list-scroll")];
    // A wide desk as a whole stands still: only its panes scroll.
    if (getComputedStyle(document.body).overflowY !== "hidden") panes.push(document.scrollingElement);
    if (!panes.filter((pane) => this.push(pane)).length) return;
    this.moved(this.x, this.y);
    this.at(this.x, this.y);
  }

  // Whether a pane has scrolled.
  push(pane) {
    const { left, top, right, bottom } = boxOf(pane);
    const { x, y } = this;
    if (x < left || x > right || y < top || y > bottom) return false;
    const names = parseFloat(getComputedStyle(pane).getPropertyValue("--name")) || 0;
    const before = [pane.scrollLeft, pane.scrollTop];
    pane.scrollBy(speed(x, left + names, right), speed(y, top, bottom));
    return pane.scrollLeft !== before[0] || pane.scrollTop !== before[1];
  }
}

// What of a pane is on the screen.
function boxOf(pane) {
  const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  if (pane === document.scrollingElement) return screen;
  const box = pane.getBoundingClientRect();
  const [left, top] = [Math.max(0, box.left), Math.max(0, box.top)];
  return { left, top, right: Math.min(innerWidth, box.right), bottom: Math.min(innerHeight, box.bottom) };
}

// A low pane has narrow edges: most of it is to put things down.
function speed(at, from, to) {
  const edge = Math.min(EDGE_PX, (to - from) / 8);
  const [before, behind] = [edge - (at - from), edge - (to - at)];
  if (before > 0) return -Math.min(1, before / edge) * FASTEST_PX;
  return behind > 0 ? Math.min(1, behind / edge) * FASTEST_PX : 0;
}
