// What is written on each district: apart from the others, a line leading to the middle it is of.
import { element } from "../static/js/element.js";
import { apart } from "./apart.js";

const GAP_PX = 3;

const line = (className, textContent) => element("span", { className, textContent });

function icon({ level, name, share, hire }) {
  const parts = [line("name", name), share && line("share", share), hire && line("hire", hire)];
  return L.divIcon({
    className: `district-label ${level}`,
    html: element("span", {}, parts.filter(Boolean)),
    iconSize: null,
  });
}

class Label {
  constructor(map, renderer, one) {
    this.at = L.latLng(one.at);
    const quiet = { keyboard: false, interactive: false };
    this.leader = L.polyline([], { renderer, className: "district-leader", ...quiet }).addTo(map);
    this.words = L.marker(this.at, { icon: icon(one), ...quiet }).addTo(map).getElement().firstChild;
  }

  box(map) {
    const { x, y } = map.latLngToContainerPoint(this.at);
    return { x, y, width: this.words.offsetWidth, height: this.words.offsetHeight };
  }

  // Stands at a point of the map; its line is seen where it no longer covers the middle.
  stand(map, { x, y }, box) {
    this.words.style.setProperty("--aside", `${Math.round(x - box.x)}px`);
    this.words.style.setProperty("--down", `${Math.round(y - box.y)}px`);
    this.leader.setLatLngs([this.at, map.containerPointToLatLng([x, y])]);
  }
}

export class Labels {
  constructor(map, renderer, told) {
    this.map = map;
    this.all = told.map((one) => new Label(map, renderer, one));
    map.on("zoomend resize", () => this.place());
  }

  // Of districts out of sight nothing is moved: they come with the map.
  place() {
    const { x: width, y: height } = this.map.getSize();
    const isSeen = ({ x, y }) => x >= 0 && y >= 0 && x <= width && y <= height;
    const seen = this.all.filter((one) => isSeen(one.box(this.map)));
    const boxes = seen.map((one) => one.box(this.map));
    const placed = apart(boxes, { width, height }, GAP_PX);
    seen.forEach((one, number) => one.stand(this.map, placed[number], boxes[number]));
  }
}
