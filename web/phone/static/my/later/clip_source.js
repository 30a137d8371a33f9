// The map of a day, read from its bytes in memory: tiles as protomaps-leaflet asks for them. Where the
// closest zoom ends, the next farther one is drawn larger.

export class ClipSource {
  /** @param {ArrayBuffer} bytes  a PMTiles file */
  constructor(bytes) {
    // The reader of PMTiles is not handed out by name: a source that is never asked has one.
    const Reader = new protomapsL.PmtilesSource("day", false).p.constructor;
    const getBytes = async (from, length) => ({ data: bytes.slice(from, from + length) });
    this.tiles = new Reader({ getKey: () => "day", getBytes });
  }

  /** The zooms that it has, from and to. */
  async zooms() {
    const { minZoom, maxZoom } = await this.tiles.getHeader();
    return [minZoom, maxZoom];
  }

  async get({ z, x, y }, size) {
    const [lowest] = await this.zooms();
    for (let up = 0; z - up >= lowest; up++) {
      const [ax, ay] = [x >> up, y >> up];
      const found = await this.tiles.getZxy(z - up, ax, ay);
      if (!found) continue;
      const read = new protomapsL.PmtilesSource({ getZxy: async () => found }, false);
      const layers = await read.get({ z: z - up, x: ax, y: ay }, size * 2 ** up);
      return moved(layers, (x - (ax << up)) * size, (y - (ay << up)) * size);
    }
    return new Map();
  }
}

// What lies on a part of a tile, counted from the corner of that part.
function moved(layers, dx, dy) {
  if (!dx && !dy) return layers;
  for (const features of layers.values()) {
    for (const { geom, bbox } of features) {
      for (const point of geom.flat()) {
        point.x -= dx;
        point.y -= dy;
      }
      bbox.minX -= dx;
      bbox.maxX -= dx;
      bbox.minY -= dy;
      bbox.maxY -= dy;
    }
  }
  return layers;
}
