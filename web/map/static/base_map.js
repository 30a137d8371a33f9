// What every map of ours begins with: Leaflet as we set it, and the quiet ground below.
import { groundLayer } from "./ground_layer.js";

const MOST_ZOOM = 18;

export function baseMap(canvas, { zoom_in: zoomInTitle, zoom_out: zoomOutTitle }, more = {}) {
  const map = L.map(canvas, {
    attributionControl: false,
    zoomControl: false,
    maxZoom: MOST_ZOOM,
    minZoom: 9,
    zoomSnap: 0.25,
    wheelPxPerZoomLevel: 90,
    fadeAnimation: false, // tiles are drawn at once: nothing to fade in
    zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    ...more,
  });
  L.control.zoom({ position: "topleft", zoomInTitle, zoomOutTitle }).addTo(map);
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(canvas);
  return map;
}

// Gives a colour or font of the page's style.
export const lookOf = (root) => (name) => getComputedStyle(root).getPropertyValue(name).trim();

export async function ask(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

// The ground of a city, null where it has none.
export const groundOf = (url, look) =>
  ask(url).then(
    (told) => groundLayer(told, look),
    () => null,
  );

export const onRepaint = (paint) =>
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
