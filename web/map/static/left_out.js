// The cases that a plan leaves out, as small hollow marks: shape and colour say what they ask of the desk.
import { GROUP_SHAPES, Mark } from "./marks.js";
import { sizes } from "./sizes.js";

const LARGER_PX = 3;
const QUIETER = new Set(["waits", "no_capacity"]); // they ask for nobody, and are most
const HOW_QUIET = { size: 0.75, look: { lineWidth: 1, opacity: 0.65 } };

// Those of one reason; `told` is {group, unit}, `words(id, name)` tells of one.
export class LeftOut {
  constructor({ group, unit }, look, words) {
    this.group = group;
    const line = look(`--map-${group.group.replace("_", "-")}`);
    const [shape, fill] = [GROUP_SHAPES[group.group], look("--surface")];
    this.isQuiet = QUIETER.has(group.group);
    this.look = { shape, line, lineWidth: 1.5, ...(this.isQuiet && HOW_QUIET.look) };
    this.litLook = { ...this.look, fill, lineWidth: 3, opacity: 1 };
    this.marks = group.marks.map(([id, name, lat, lon]) => {
      const mark = new Mark([lat / unit, lon / unit], { ...this.look, bubblingMouseEvents: false });
      mark.visit = id;
      return mark.bindTooltip(() => words(id, name), { direction: "top" });
    });
    this.byId = new Map(this.marks.map((mark) => [mark.visit, mark]));
    this.layer = L.layerGroup(this.marks);
  }

  markOf(id) {
    return this.byId.get(id);
  }

  radius(zoom) {
    return sizes(zoom).leftOut * (this.isQuiet ? HOW_QUIET.size : 1);
  }

  resize(zoom) {
    const radius = this.radius(zoom);
    this.marks.forEach((mark) => mark.setRadius(radius));
  }

  // One of them once more, for the layer of what is looked at.
  lit(renderer, zoom, visitId) {
    const radius = this.radius(zoom) + LARGER_PX;
    const look = { ...this.litLook, radius, renderer, interactive: false };
    return new Mark(this.markOf(visitId).getLatLng(), look);
  }
}
