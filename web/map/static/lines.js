// Lines as the server writes them: whole units, the first point and then steps, latitude first.
// The world is a square of side 1; `world` lines hold x and y by turns.

const x = (lon) => lon / 360 + 0.5;
const y = (lat) => 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);

function* points(line, unit) {
  let lat = 0;
  let lon = 0;
  for (let i = 0; i < line.length; i += 2) {
    lat += line[i];
    lon += line[i + 1];
    yield [lat / unit, lon / unit];
  }
}

export const degrees = (line, unit) => [...points(line, unit)];

export function world(line, unit) {
  const at = new Float64Array(line.length);
  let i = 0;
  for (const [lat, lon] of points(line, unit)) {
    at[i++] = x(lon);
    at[i++] = y(lat);
  }
  return at;
}

export function box(lines) {
  const found = [Infinity, Infinity, -Infinity, -Infinity];
  for (const at of lines) {
    for (let i = 0; i < at.length; i += 2) {
      found[0] = Math.min(found[0], at[i]);
      found[1] = Math.min(found[1], at[i + 1]);
      found[2] = Math.max(found[2], at[i]);
      found[3] = Math.max(found[3], at[i + 1]);
    }
  }
  return found;
}

export const meet = (a, b) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
