// Which districts starve: circles about their middles with the share that is visited in time.
import { baseMap, groundOf, lookOf, onRepaint } from "../static/map/base_map.js";
import { Fitted } from "../static/map/fitted.js";
import { element } from "../static/js/element.js";
import { Labels } from "./district_labels.js";

const CLOSE_ZOOM = 14;

function draw(map, root, told) {
  const renderer = L.svg();
  const bounds = L.latLngBounds([]);
  for (const one of told) {
    bounds.extend(L.latLng(one.at).toBounds(2 * one.radius_m));
    L.circle(one.at, { renderer, radius: one.radius_m, className: `district ${one.level}` })
      .bindTooltip(element("span", { textContent: one.said }), { sticky: true })
      .addTo(map);
  }
  const fitted = new Fitted(map, root, CLOSE_ZOOM);
  const fit = () => fitted.to([bounds.getSouthWest(), bounds.getNorthEast()]);
  fit();
  map.on("resize", () => fitted.isOurs && fit());
  new Labels(map, renderer, told).place();
}

export async function openMap(root) {
  const words = JSON.parse(root.dataset.words);
  const map = baseMap(root.querySelector(".map-canvas"), words, { scrollWheelZoom: false });
  draw(map, root, JSON.parse(root.dataset.districts));
  const ground = await groundOf(root.dataset.ground, lookOf(root));
  ground?.addTo(map);
  if (!ground) root.querySelector(".map-told").textContent = words.no_streets;
  onRepaint(() => ground?.paint());
  root.dataset.state = "ready";
}
