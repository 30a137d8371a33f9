// The quiet ground of the map: water, green, streets and their names, drawn tile by tile from
// what our own server knows of the city. Colours are those of day_map.css.
import { box, meet, world } from "./lines.js";
import { streetNames } from "./street_names.js";

const TILE_PX = 512;
const EDGE_PX = 24;
// Width in pixels at zooms 10, 12, 14, 16, 18; 0 is not drawn.
const WIDTHS_PX = {
  path: [0, 0, 0, 0.8, 2],
  service: [0, 0, 0.5, 2, 6],
  street: [0, 0.5, 1.4, 5, 13],
  tertiary: [0.6, 1.1, 2.8, 7.5, 17],
  secondary: [0.8, 1.6, 3.8, 9, 20],
  primary: [1, 2.2, 4.8, 11, 23],
  trunk: [1.2, 2.6, 5.4, 12, 25],
  motorway: [1.4, 3, 6, 13, 27],
};
const EDGED_PX = 2.2; // from this width on a street has edges
const MAIN = ["tertiary", "secondary", "primary", "trunk", "motorway"];

function width(drawn, zoom) {
  const steps = WIDTHS_PX[drawn];
  const at = Math.min(Math.max((zoom - 10) / 2, 0), steps.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, steps.length - 1);
  return steps[below] + (steps[above] - steps[below]) * (at - below);
}

function read(told) {
  const areas = (polygons) =>
    polygons.map((rings) => {
      const lines = rings.map((ring) => world(ring, told.unit));
      return { lines, box: box(lines) };
    });
  const line = (steps, name = "") => {
    const at = world(steps, told.unit);
    return { line: at, lines: [at], box: box([at]), name };
  };
  const road = ({ lines, names }) => lines.map((steps, i) => line(steps, told.names[names[i]]));
  return {
    water: areas(told.water),
    green: areas(told.green),
    streams: told.streams.map((steps) => line(steps)),
    roads: Object.entries(told.roads).map(([drawn, some]) => [drawn, road(some)]),
    names: new Map(),
  };
}

// The levels of detail of a city, each fetched when a zoom first asks for it.
class Levels {
  constructor(url, zooms) {
    this.url = url;
    this.zooms = zooms;
    this.found = new Map();
  }

  at(zoom) {
    const from = this.zooms.filter((one) => one <= zoom).at(-1) ?? this.zooms[0];
    if (!this.found.has(from)) this.found.set(from, this.fetch(from));
    return this.found.get(from);
  }

  async fetch(zoom) {
    const headers = { Accept: "application/json" };
    const answer = await fetch(`${this.url}?z=${zoom}`, { headers });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return read(await answer.json());
  }
}

// Draws things of the world on one tile.
class Brush {
  constructor(pen, colour, scale, corner) {
    Object.assign(this, { pen, colour, scale, corner });
    pen.lineCap = pen.lineJoin = "round";
  }

  clear(name) {
    this.pen.fillStyle = this.colour(name);
    this.pen.fillRect(0, 0, TILE_PX, TILE_PX);
  }

  trace(things) {
    const { pen, scale, corner } = this;
    pen.beginPath();
    for (const line of things.flatMap(({ lines }) => lines)) {
      pen.moveTo(line[0] * scale - corner[0], line[1] * scale - corner[1]);
      for (let i = 2; i < line.length; i += 2) {
        pen.lineTo(line[i] * scale - corner[0], line[i + 1] * scale - corner[1]);
      }
    }
  }

  fill(things, name) {
    this.trace(things);
    this.pen.fillStyle = this.colour(name);
    this.pen.fill("evenodd");
  }

  stroke(things, name, wide, dash = []) {
    if (!wide || !things.length) return;
    this.trace(things);
    this.pen.strokeStyle = this.colour(name);
    this.pen.lineWidth = wide;
    this.pen.setLineDash(dash);
    this.pen.stroke();
    this.pen.setLineDash([]);
  }

  write(names, sight, font) {
    const { pen, corner } = this;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.strokeStyle = this.colour("halo");
    pen.fillStyle = this.colour("name");
    for (const { x, y, turn, box: room, name, size } of names) {
      if (!meet(room, sight)) continue;
      pen.save();
      pen.translate(x - corner[0], y - corner[1]);
      pen.rotate(turn);
      pen.font = font(size);
      pen.lineWidth = size / 3.5;
      pen.strokeText(name, 0, 0.5);
      pen.fillText(name, 0, 0.5);
      pen.restore();
    }
  }
}

export const StreetLayer = L.GridLayer.extend({
  options: { tileSize: TILE_PX, updateWhenZooming: false, keepBuffer: 1 },

  initialize(url, zooms, options) {
    L.setOptions(this, options);
    this.levels = new Levels(url, zooms);
  },

  createTile(coords, done) {
    const tile = L.DomUtil.create("canvas", "map-streets");
    const dense = window.devicePixelRatio || 1;
    tile.width = tile.height = TILE_PX * dense;
    this.levels.at(coords.z).then(
      (level) => {
        const pen = tile.getContext("2d");
        pen.scale(dense, dense);
        this.draw(pen, level, coords);
        done(null, tile);
      },
      (error) => {
        this.fire("missing", { error });
        done(error, tile);
      },
    );
    return tile;
  },

  // The zoom that is gone to, while the map itself still tells the one it comes from.
  _setView(center, zoom, ...rest) {
    this.zoom = zoom;
    L.GridLayer.prototype._setView.call(this, center, zoom, ...rest);
  },

  // Between two whole zooms tiles are shown smaller than they are: they are drawn larger for that.
  growth() {
    return 2 ** (Math.round(this.zoom) - this.zoom);
  },

  onAdd(map) {
    L.GridLayer.prototype.onAdd.call(this, map);
    this.grown = this.growth();
    map.on("zoomend", this.growAgain, this);
  },

  onRemove(map) {
    map.off("zoomend", this.growAgain, this);
    L.GridLayer.prototype.onRemove.call(this, map);
  },

  growAgain() {
    if (this.grown === this.growth()) return;
    this.grown = this.growth();
    this.redraw();
  },

  draw(pen, level, { x, y, z }) {
    const scale = 256 * 2 ** z;
    const corner = [x * TILE_PX, y * TILE_PX];
    const beyond = (by) => corner.map((px) => px + by);
    const sight = [...beyond(-EDGE_PX), ...beyond(TILE_PX + EDGE_PX)];
    const inWorld = sight.map((px) => px / scale);
    const seen = (things) => things.filter((thing) => meet(thing.box, inWorld));
    const brush = new Brush(pen, (name) => this.colour(name), scale, corner);
    const growth = this.growth();
    this.drawGround(brush, level, seen, growth);
    this.drawRoads(brush, level, seen, growth);
    brush.write(this.namesAt(level, growth), sight, (size) => this.font(size));
  },

  drawGround(brush, level, seen, growth) {
    brush.clear("ground");
    for (const ground of ["green", "water"]) brush.fill(seen(level[ground]), ground);
    brush.stroke(seen(level.streams), "water", 1.5 * growth);
  },

  drawRoads(brush, level, seen, growth) {
    const { zoom } = this;
    const roads = level.roads.map(([drawn, some]) => [drawn, seen(some), width(drawn, zoom)]);
    for (const [, some, wide] of roads) {
      const edge = zoom > 15 ? 2 : 1.4;
      if (wide > EDGED_PX) brush.stroke(some, "edge", (wide + edge) * growth);
    }
    for (const [drawn, some, wide] of roads) {
      const plain = wide > EDGED_PX ? "street" : "thin";
      const dash = drawn === "path" ? [3, 3] : [];
      brush.stroke(some, MAIN.includes(drawn) ? drawn : plain, wide * growth, dash);
    }
  },

  namesAt(level, growth) {
    const { zoom } = this;
    if (!level.names.has(zoom)) {
      const pen = document.createElement("canvas").getContext("2d");
      const measure = (text, size) => {
        pen.font = this.font(size);
        return pen.measureText(text).width;
      };
      level.names.set(zoom, streetNames(level, zoom, growth, measure));
    }
    return level.names.get(zoom);
  },

  font(size) {
    this.family ??= getComputedStyle(this._map.getContainer()).fontFamily;
    return `500 ${size}px ${this.family}`;
  },

  colour(name) {
    this.colours ??= getComputedStyle(this._map.getContainer());
    return this.colours.getPropertyValue(`--map-${name}`);
  },
});
