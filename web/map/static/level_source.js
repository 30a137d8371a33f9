// A city's map where its tiles could not be cut: GeoJSON for each level of detail, loaded whole, and
// given to protomaps-leaflet as if it were tiles.

class Place {
  constructor(x, y) {
    Object.assign(this, { x, y });
  }

  clone() {
    return new Place(this.x, this.y);
  }

  add(other) {
    return Object.assign(this, { x: this.x + other.x, y: this.y + other.y });
  }

  mult(by) {
    return Object.assign(this, { x: this.x * by, y: this.y * by });
  }

  dist(other) {
    return Math.hypot(this.x - other.x, this.y - other.y);
  }
}

// The world is a square of side 1.
const inWorld = ([lon, lat]) =>
  new Place(
    lon / 360 + 0.5,
    0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI),
  );

const LINES = {
  Point: (at) => [[at]],
  LineString: (line) => [line],
  MultiLineString: (lines) => lines,
  Polygon: (rings) => rings,
  MultiPolygon: (polygons) => polygons.flat(),
};
const TYPES = { Point: 1, LineString: 2, MultiLineString: 2, Polygon: 3, MultiPolygon: 3 };

function boxOf(lines) {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (const { x, y } of lines.flat()) {
    box.minX = Math.min(box.minX, x);
    box.minY = Math.min(box.minY, y);
    box.maxX = Math.max(box.maxX, x);
    box.maxY = Math.max(box.maxY, y);
  }
  return box;
}

const meet = (a, b) =>
  a.minX <= b.maxX && b.minX <= a.maxX && a.minY <= b.maxY && b.minY <= a.maxY;

function read({ properties: { layer, from, ...props }, geometry }) {
  const geom = LINES[geometry.type](geometry.coordinates).map((line) => line.map(inWorld));
  return { layer, from, props, geom, box: boxOf(geom), geomType: TYPES[geometry.type] };
}

export class LevelSource {
  constructor(url, zooms, larger) {
    Object.assign(this, { url, zooms, larger });
    this.found = new Map();
  }

  level(zoom) {
    const from = this.zooms.filter((one) => one <= zoom).at(-1) ?? this.zooms[0];
    if (!this.found.has(from)) this.found.set(from, this.fetch(from));
    return this.found.get(from);
  }

  async fetch(zoom) {
    const answer = await fetch(`${this.url}?z=${zoom}`);
    if (!answer.ok) throw new Error(`${answer.status}`);
    const { features } = await answer.json();
    return features.map(read);
  }

  // What is seen on the tile, in pixels from its corner.
  async get({ z, x, y }, size) {
    const zoom = z + this.larger;
    const [scale, edge] = [2 ** z * size, 1 / 16 / 2 ** z];
    const corner = new Place(-x * size, -y * size);
    const [minX, minY] = [x / 2 ** z - edge, y / 2 ** z - edge];
    const sight = { minX, minY, maxX: minX + 1 / 2 ** z + 2 * edge, maxY: minY + 1 / 2 ** z + 2 * edge };
    const layers = new Map();
    for (const { layer, from, props, geom, box, geomType } of await this.level(zoom)) {
      if (from > zoom || !meet(box, sight)) continue;
      const lines = geom.map((line) => line.map((at) => at.clone().mult(scale).add(corner)));
      if (!layers.has(layer)) layers.set(layer, []);
      const numVertices = lines.flat().length;
      layers.get(layer).push({ props, geomType, geom: lines, bbox: boxOf(lines), numVertices });
    }
    return layers;
  }
}
