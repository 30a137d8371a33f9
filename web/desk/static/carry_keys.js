// A visit that is carried by keys: arrows choose a place, Enter puts it there, Escape puts it back.
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export function carryByKeys(carrier) {
  document.addEventListener("keydown", (event) => {
    if (!carrier.isCarrying) return;
    const step = STEPS[event.key];
    if (!step && event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") carrier.cancel();
    else if (event.key === "Enter") carrier.drop();
    else walk(carrier, step);
  }, { capture: true });
}

// Along the places of a crew, or to the nearest in time of the crew above or below.
function walk(carrier, [down, along]) {
  const { gaps, gap } = carrier.carried;
  if (!gaps?.all.length) return;
  const next = gap ? beside(gaps.rows, gap, down, along) : first(carrier);
  if (!next) return;
  carrier.choose(next);
  const shown = next.marks.find((mark) => mark.checkVisibility()) ?? next.marks[0];
  shown.scrollIntoView({ block: "nearest", inline: "nearest" });
  const box = shown.getBoundingClientRect();
  carrier.placeGhost(box.left, box.bottom - 8);
}

function first(carrier) {
  const { gaps, visit } = carrier.carried;
  const crew = carrier.state.crewOf(visit)?.id;
  const start = carrier.state.stopOf(visit)?.start_s;
  const hers = gaps.all.filter((gap) => gap.crew?.id === crew);
  return start === undefined ? gaps.all[0] : nearest(hers, start) ?? gaps.all[0];
}

function beside(rows, gap, down, along) {
  const at = rows.findIndex((row) => row.includes(gap));
  if (along) return rows[at][rows[at].indexOf(gap) + along];
  const row = rows[at + down];
  return row && nearest(row, (gap.from + gap.to) / 2);
}

function nearest(row, second) {
  const apart = (gap) => Math.abs(((gap.from + gap.to) / 2 || 0) - second);
  return row.length ? row.reduce((a, b) => (apart(b) < apart(a) ? b : a)) : undefined;
}
