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

const at = (sizes) => (z) => sizes[Math.min(Math.max(z - LEAST_ZOOM, 0), sizes.length - 1)];
const edge = (z) => (z < 14 ? 0.6 : z < 16 ? 0.8 : 1);
const isOf = (...kinds) => (z, { props }) => kinds.includes(props.kind);

export function paintRules(look, growth) {
  const colour = (name) => look(`--map-${name}`);
  const area = (dataLayer, kind, more = {}) => ({
    dataLayer,
    filter: isOf(kind),
    symbolizer: new protomapsL.PolygonSymbolizer({ fill: colour(kind), ...more }),
  });
  const line = (dataLayer, filter, more) => ({
    dataLayer,
    filter,
    symbolizer: new protomapsL.LineSymbolizer({ lineCap: "round", lineJoin: "round", ...more }),
  });
  return [
    ...["homes", "shops", "works", "campus"].map((kind) => area("land", kind)),
    ...["field", "park", "grass", "wood"].map((kind) => area("green", kind)),
    area("land", "sand"),
    ...streams(line, colour, growth),
    ...["sea", "water"].map((kind) => area("water", kind, { fill: colour("water") })),
    buildings(colour, growth),
    ...roads(line, colour, growth),
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

function streams(line, colour, growth) {
  const widths = {
    river: at([1, 1, 1.2, 1.5, 2, 2.5, 3, 4, 6, 8, 12]),
    canal: at([0, 0, 0, 0, 1, 1.3, 1.8, 2.5, 4, 6, 9]),
    stream: at([0, 0, 0, 0, 0, 0, 0.8, 1.1, 1.6, 2.4, 3.6]),
  };
  return Object.entries(widths).map(([kind, width]) =>
    line("water", isOf(kind), { color: colour("water"), width: (z) => width(z) * growth }),
  );
}

// Tunnels, then what lies on the ground, rails among it, then bridges: of each first all edges.
function roads(line, colour, growth) {
  const rules = { tunnel: [], "": [], bridge: [] };
  for (const crossing of Object.keys(rules)) {
    const kinds = ROADS.flatMap((kind) => [1, 0].map((link) => new RoadLook(kind, link, crossing)));
    for (const kind of kinds) rules[crossing].push(kind.edges(line, colour, growth));
    if (crossing === "") rules[crossing].push(...rails(line, colour, growth));
    for (const kind of kinds) rules[crossing].push(kind.inside(line, colour, growth));
  }
  return Object.values(rules).flat();
}

class RoadLook {
  constructor(kind, link, crossing) {
    Object.assign(this, { kind, crossing });
    const widths = at(WIDTHS_PX[kind]);
    this.width = (z) => widths(z) * (link ? LINK : 1);
    this.filter = (z, { props }) =>
      props.kind === kind &&
      (props.link ?? 0) === link &&
      (props.crossing ?? "") === crossing &&
      widths(z) > 0;
  }

  edges(line, colour, growth) {
    const isMain = MAIN.includes(this.kind);
    const isBridge = this.crossing === "bridge";
    const name = isBridge ? "bridge-edge" : isMain ? `${this.kind}-edge` : "edge";
    const width = (z) => (this.width(z) > EDGED_PX ? this.width(z) + 2 * edge(z) : 0);
    return line("roads", (z, f) => this.filter(z, f) && width(z) > 0, {
      color: colour(name),
      width: (z) => width(z) * growth,
      lineCap: isBridge ? "butt" : "round",
      ...(this.crossing === "tunnel" && { dash: [4 * growth, 3 * growth], lineCap: "butt" }),
    });
  }

  inside(line, colour, growth) {
    const { kind, crossing } = this;
    const plain = (z) => (this.width(z) > EDGED_PX ? kind : MAIN.includes(kind) ? kind : "thin");
    const name = (z) => (kind === "path" ? "path" : crossing === "tunnel" ? "tunnel" : plain(z));
    return line("roads", this.filter, {
      color: (z) => colour(name(z)),
      width: (z) => this.width(z) * growth,
      ...(kind === "path" && { dash: [3 * growth, 2.5 * growth], lineCap: "butt" }),
    });
  }
}

// A line with sleepers over it.
function rails(line, colour, growth) {
  const width = at([0.5, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.4, 1.8, 2.4]);
  const color = colour("rail");
  const sleepers = (z, { props }) => z >= 14 && props.kind === "rail";
  return [
    line("rails", () => true, { color, width: (z) => width(z) * growth }),
    line("rails", sleepers, {
      color,
      width: (z) => width(z) * 3.4 * growth,
      dash: [1.2 * growth, 7 * growth],
      lineCap: "butt",
    }),
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
      lineHeight: 1.15,
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
    place(["suburb", "borough"], 13, { spacing: 0.6 }, { maxzoom: 15 }),
    place(["village", "island"], 13, {}, { maxzoom: 16 }),
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
    place(["campus", "works", "shops"], 11, { fill: "name", weight: 500 }, { minzoom: 15 }),
    along("roads", ["service", "path"], 10.5, 17),
  ];
}
