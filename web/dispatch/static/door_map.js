// A learned door on the city's own map, once its map is opened.
import { groundLayer } from "../static/map/ground_layer.js";

const CLOSE_ZOOM = 18;
const MARGIN_PX = 24;

class DoorMap {
  constructor(root) {
    this.root = root.querySelector(".day-map");
    this.told = JSON.parse(root.dataset.door);
    this.map = L.map(this.root.querySelector(".map-canvas"), {
      attributionControl: false,
      maxZoom: CLOSE_ZOOM,
      fadeAnimation: false,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    this.draw();
    this.lay(root.dataset.ground);
  }

  look(name) {
    return getComputedStyle(this.root).getPropertyValue(name).trim();
  }

  // The place as it is is hollow, its door is filled; of the dots, those that agree are.
  draw() {
    const { present, door, radius_m: radius, visits, others } = this.told;
    const [accent, bad, text] = ["--accent", "--bad", "--text"].map((name) => this.look(name));
    const add = (mark) => mark.addTo(this.map);
    const ring = L.circle(door, { radius, color: accent, dashArray: "4 4", weight: 2 });
    const seen = L.latLngBounds([door, present, ...visits]);
    this.map.fitBounds(seen, { padding: [MARGIN_PX, MARGIN_PX], maxZoom: CLOSE_ZOOM });
    add(ring);
    add(L.polyline([present, door], { color: text, dashArray: "4 3", weight: 1 }));
    const dot = { radius: 4, color: text, weight: 1.5 };
    for (const one of others) add(L.circleMarker(one, { ...dot, fill: false }));
    for (const one of visits) add(L.circleMarker(one, { ...dot, fillOpacity: 1 }));
    add(L.circleMarker(present, { radius: 8, color: bad, weight: 3, fill: false }));
    add(L.circleMarker(door, { radius: 8, color: accent, weight: 3, fillOpacity: 0.3 }));
  }

  async lay(url) {
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return; // without its streets the drawing stands
    groundLayer(await answer.json(), (name) => this.look(name)).addTo(this.map);
  }
}

for (const details of document.querySelectorAll(".door-map")) {
  let map = null;
  details.addEventListener("toggle", () => {
    if (details.open) map ??= new DoorMap(details);
  });
}
