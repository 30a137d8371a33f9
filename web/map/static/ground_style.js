// How the ground is drawn: what lies over what, how wide, and whose name comes first. Colours are
// those of day_map.css; `growth` makes up for zooms between whole ones.
import { StreetName } from "./street_name.js";

// Width in pixels at zooms 8 … 18; 0 is not drawn.
const WIDTHS_PX = {
  path: [0, 0, 0, 0, 0, 0, 0, 0.8, 1.1, 1.6, 2.4],
  service: [0, 0, 0, 0, 0, 0, 0.7, 1.4, 2.8, 5, 9],
  street: [0, 0, 0, 0, 0.6, 1.1, 2, 3.6, 6, 10, 17],
  tertiary: [0, 0, 0, 0.7, 1.2, 2, 3.2, 5, 8, 12, 19],
  secondary: [0, 0.5, 0.8, 1.2, 1.8, 2.8, 4, 6, 9, 13.5, 20],
  primary: [0.6, 0.8, 1.1, 1.6, 2.3, 3.4, 4.6, 6.8, 10, 14.5, 22],
  trunk: [0.8, 1.1, 1.4, 1.9, 2.6, 3.7, 5, 7.2, 10.5, 15.5, 23],
  motorway: [1, 1.3, 1.6, 2.2, 3, 4.2, 5.4, 7.8, 11.5, 17, 25],
};
const ROADS = Object.keys(WIDTHS_PX); // the quietest first
const MAIN = ["motorway", "trunk", "primary"];
const LEAST_ZOOM = 8;
const LINK = 0.65; // of the width of the road that it leads to
const EDGED_PX = 1.9; // from this width on a road has edges

// The size at a zoom, also between two whole ones.
const at = (sizes) => (z) => {
  const place = Math.min(Math.max(z - LEAST_ZOOM, 0), sizes.length - 1);
  const [below, above] = [Math.floor(place), Math.ceil(place)];
  return sizes[below] + (sizes[above] - sizes[below]) * (place - below);
};
const edge = (z) => (z < 14 ? 0.6 : z < 16 ? 0.8 : 1);
const isOf = (...kinds) => (z, { props }) => kinds.includes(props.kind);

export function paintRules(look, growth) {
  const colour = (name) => look(`--map-${name}`);
  const area = (dataLayer, kind, more = {}) => ({
    dataLayer,
    filter: isOf(kind),
    symbolizer: new protomapsL.PolygonSymbolizer({ fill: colour(kind), ...more }),
  });
  const real = (z) => z - Math.log2(growth);
  const line = (dataLayer, filter, { color, width, dash, ...more }) => ({
    dataLayer,
    filter: (z, feature) => width(real(z)) > 0 && filter(real(z), feature),
    symbolizer: new protomapsL.LineSymbolizer({
      lineCap: "round",
      lineJoin: "round",
      color: (z) => colour(typeof color === "function" ? color(real(z)) : color),
      width: (z) => width(real(z)) * growth,
      ...(dash && { dash: dash.map((px) => px * growth) }),
      ...more,
    }),
  });
  return [
    ...["homes", "shops", "works", "campus"].map((kind) => area("land", kind)),
    ...["field", "park", "grass", "wood"].map((kind) => area("green", kind)),
    area("land", "sand"),
    ...streams(line),
    ...["sea", "water"].map((kind) => area("water", kind, { fill: colour("water") })),
    buildings(colour, growth),
    ...roads(line),
  ];
}

function buildings(colour, growth) {
  const fill = colour("building");
  const outline = { stroke: colour("building-edge"), width: 0.7 * growth };
  return {
    dataLayer: "buildings",
    minzoom: 15,
    symbolizer: new protomapsL.PolygonSymbolizer({ fill, ...outline }),
  };
}

function streams(line) {
  const widths = {
    river: at([1, 1, 1.2, 1.5, 2, 2.5, 3, 4, 6, 8, 12]),
    canal: at([0, 0, 0, 0, 1, 1.3, 1.8, 2.5, 4, 6, 9]),
    stream: at([0, 0, 0, 0, 0, 0, 0.8, 1.1, 1.6, 2.4, 3.6]),
  };
  return Object.entries(widths).map(([kind, width]) =>
    line("water", isOf(kind), { color: "water", width }),
  );
}

// Tunnels, then what lies on the ground, rails among it, then bridges: of each first all edges.
function roads(line) {
  const rules = [];
  for (const crossing of ["tunnel", "", "bridge"]) {
    const kinds = ROADS.flatMap((kind) => [1, 0].map((link) => new RoadLook(kind, link, crossing)));
    rules.push(...kinds.map((kind) => kind.edges(line)));
    if (!crossing) rules.push(...rails(line));
    rules.push(...kinds.map((kind) => kind.inside(line)));
  }
  return rules;
}

class RoadLook {
  constructor(kind, link, crossing) {
    Object.assign(this, { kind, crossing });
    const widths = at(WIDTHS_PX[kind]);
    this.width = (z) => widths(z) * (link ? LINK : 1);
    this.isEdged = (z) => this.width(z) > EDGED_PX;
    this.is = ({ props }) =>
      props.kind === kind && (props.link ?? 0) === link && (props.crossing ?? "") === crossing;
  }

  edges(line) {
    const own = MAIN.includes(this.kind) ? `${this.kind}-edge` : "edge";
    return line("roads", (z, feature) => this.isEdged(z) && this.is(feature), {
      color: this.crossing === "bridge" ? "bridge-edge" : own,
      width: (z) => this.width(z) + 2 * edge(z),
      ...(this.crossing && { lineCap: "butt" }),
      ...(this.crossing === "tunnel" && { dash: [4, 3] }),
    });
  }

  inside(line) {
    const { kind, crossing } = this;
    const isThin = (z) => !this.isEdged(z) && !MAIN.includes(kind);
    const name = (z) => (crossing === "tunnel" ? "tunnel" : isThin(z) ? "thin" : kind);
    return line("roads", (_, feature) => this.is(feature), {
      color: (z) => (kind === "path" ? kind : name(z)),
      width: this.width,
      ...(kind === "path" && { dash: [3, 2.5], lineCap: "butt" }),
    });
  }
}

// A line with sleepers over it.
function rails(line) {
  const width = at([0.5, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.4, 1.8, 2.4]);
  const hasSleepers = (z, { props }) => z >= 14 && props.kind === "rail";
  const sleepers = { width: (z) => width(z) * 3.4, dash: [1.2, 7], lineCap: "butt" };
  return [
    line("rails", () => true, { color: "rail", width }),
    line("rails", hasSleepers, { color: "rail", ...sleepers }),
  ];
}

// The first comes first where two would stand over each other.
export function labelRules(look, growth) {
  const colour = (name) => look(`--map-${name}`);
  const family = look("--font");
  const halo = colour("halo");

  const place = (kinds, size, more = {}, zooms = {}) => ({
    dataLayer: "labels",
    filter: isOf(...kinds),
    ...zooms,
    symbolizer: new protomapsL.CenteredTextSymbolizer({
      font: `${more.style ?? ""} ${more.weight ?? 600} ${size * growth}px ${family}`,
      fill: colour(more.fill ?? "place"),
      stroke: halo,
      width: 1.6 * growth,
      lineHeight: 1.4,
      letterSpacing: (more.spacing ?? 0) * growth,
      maxLineChars: 16,
      textTransform: more.transform,
    }),
  });
  const along = (dataLayer, kinds, size, minzoom, fill = "name", style = "500") => ({
    dataLayer,
    minzoom,
    filter: isOf(...kinds),
    symbolizer: new StreetName({
      font: (px) => `${style} ${px}px ${family}`,
      size: size * growth,
      fill: colour(fill),
      halo,
      growth,
    }),
  });
  const water = { fill: "water-name", style: "italic", weight: 500 };
  const green = { fill: "green-name", weight: 500 };
  return [
    place(["city"], 17, { weight: 650 }, { maxzoom: 12 }),
    place(["town"], 15, { weight: 650 }, { maxzoom: 14 }),
    place(["suburb", "borough"], 12, { spacing: 0.8 }, { minzoom: 12, maxzoom: 15 }),
    place(["village"], 13, {}, { maxzoom: 16 }),
    place(["island"], 12, {}, { minzoom: 13, maxzoom: 16 }),
    along("roads", MAIN, 12, 13),
    place(["water"], 12, water),
    place(["quarter", "hamlet"], 12, {}, { maxzoom: 16 }),
    along("roads", ["secondary"], 11.5, 14),
    place(["park", "wood"], 11, green),
    place(["station"], 11, { fill: "station", weight: 600 }, { minzoom: 15 }),
    along("roads", ["tertiary"], 11, 15),
    place(["neighbourhood"], 11.5, { spacing: 0.4 }, { minzoom: 14, maxzoom: 16 }),
    along("water", ["river", "canal"], 11.5, 13, "water-name", "italic 500"),
    along("roads", ["street"], 11, 16),
    place(["grass", "field", "sand"], 11, green, { minzoom: 15 }),
    place(["campus"], 11, { fill: "site", weight: 500 }, { minzoom: 15 }),
    place(["works", "shops"], 10.5, { fill: "site", weight: 500 }, { minzoom: 16 }),
    along("roads", ["service", "path"], 10.5, 17),
  ];
}
