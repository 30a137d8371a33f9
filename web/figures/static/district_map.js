// Which districts starve: circles about their middles with the share that is visited in time.
import { baseMap, groundOf, lookOf, onRepaint } from "../static/map/base_map.js";
import { element } from "../static/js/element.js";

const CLOSE_ZOOM = 14;
const MARGIN_PX = 24;

const line = (className, textContent) => element("span", { className, textContent });

function label({ level, name, share, hire }) {
  const parts = [line("share", share || name), hire && line("hire", hire)].filter(Boolean);
  return L.divIcon({
    className: `district-label ${level}`,
    html: element("span", {}, parts),
    iconSize: null,
  });
}

function draw(map, told) {
  const renderer = L.svg();
  const bounds = L.latLngBounds([]);
  for (const one of told) {
    bounds.extend(L.latLng(one.at).toBounds(2 * one.radius_m));
    L.circle(one.at, { renderer, radius: one.radius_m, className: `district ${one.level}` })
      .bindTooltip(element("span", { textContent: one.said }), { sticky: true })
      .addTo(map);
    L.marker(one.at, { icon: label(one), keyboard: false, interactive: false }).addTo(map);
  }
  const options = { padding: [MARGIN_PX, MARGIN_PX], maxZoom: CLOSE_ZOOM, animate: false };
  const fit = () => map.fitBounds(bounds, options);
  fit();
  map.on("resize", fit);
}

export async function openMap(root) {
  const words = JSON.parse(root.dataset.words);
  const map = baseMap(root.querySelector(".map-canvas"), words, { scrollWheelZoom: false });
  draw(map, JSON.parse(root.dataset.districts));
  const ground = await groundOf(root.dataset.ground, lookOf(root));
  ground?.addTo(map);
  if (!ground) root.querySelector(".map-told").textContent = words.no_streets;
  onRepaint(() => ground?.paint());
  root.dataset.state = "ready";
}
