// Lines as the server writes them: whole units, the first point and then steps, latitude first.
export function degrees(line, unit) {
  let lat = 0;
  let lon = 0;
  const points = [];
  for (let i = 0; i < line.length; i += 2) {
    lat += line[i];
    lon += line[i + 1];
    points.push([lat / unit, lon / unit]);
  }
  return points;
}
