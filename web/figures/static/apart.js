// Words on a map, moved apart so that none lies on another, each as near its place as there is room.
const ROUNDS = 200;

// How far two boxes lie over each other to the side and up and down; nothing where they do not.
function over(one, other, gap) {
  const x = (one.width + other.width) / 2 + gap - Math.abs(other.x - one.x);
  const y = (one.height + other.height) / 2 + gap - Math.abs(other.y - one.y);
  return x > 0 && y > 0 ? { x, y } : null;
}

// Moves two apart by the shorter way, each by half; of two at one place the later goes down.
function part(one, other, { x, y }) {
  const axis = x < y ? "x" : "y";
  const by = ((x < y ? x : y) / 2) * (other[axis] < one[axis] ? -1 : 1);
  one[axis] -= by;
  other[axis] += by;
}

const between = (low, value, high) => Math.min(Math.max(value, low), Math.max(low, high));

function keep(box, { width, height }, gap) {
  box.x = between(box.width / 2 + gap, box.x, width - box.width / 2 - gap);
  box.y = between(box.height / 2 + gap, box.y, height - box.height / 2 - gap);
}

// Gives the middles of boxes { x, y, width, height }, all of which stay within `room`.
export function apart(boxes, room, gap) {
  const placed = boxes.map((box) => ({ ...box }));
  for (let round = 0, isMoved = true; isMoved && round < ROUNDS; round += 1) {
    isMoved = false;
    placed.forEach((one, at) => {
      for (const other of placed.slice(at + 1)) {
        const found = over(one, other, gap);
        if (found) part(one, other, found);
        isMoved ||= Boolean(found);
      }
    });
    for (const box of placed) keep(box, room, gap);
  }
  return placed.map(({ x, y }) => ({ x, y }));
}
