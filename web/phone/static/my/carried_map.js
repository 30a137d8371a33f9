// The day's map on this phone: fetched once, encrypted beside the day, gone with it.

const NAME = "map";
const LIBRARIES = [
  "/static/vendor/leaflet/leaflet.js",
  "/static/vendor/protomaps-leaflet/protomaps-leaflet.js",
];
const OWN = new URL("./later/phone_map.css", import.meta.url).pathname;
const STYLES = ["/static/vendor/leaflet/leaflet.css", "/static/map/day_map.css", OWN];
const DARK = "/static/map/day_map_dark.css";

/** What lies here, `{bytes, about: {etag}}`; null where no map was fetched. */
export function carried(app) {
  return app.vault.bytes(NAME);
}

/** Fetch the map of the day and keep it; false where nobody answers or it cannot be kept. */
export async function fetchMap(app) {
  try {
    const answer = await fetch(`/my/${app.day.on}/map.pmtiles`, { cache: "no-store" });
    if (!answer.ok) return false;
    const etag = (answer.headers.get("ETag") ?? "").replaceAll(/^W\/|"/g, "");
    await app.vault.putBytes(NAME, await answer.arrayBuffer(), { etag });
    return true;
  } catch {
    return false;
  }
}

/** Have the worker keep what draws the map; false where that failed, or there is no worker. */
export function keepScripts() {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return Promise.resolve(false);
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage("keep the map", [port2]);
  });
}

/** Read what draws the map; rejects where it is neither kept nor to be fetched. */
export async function mapTools() {
  if (!globalThis.protomapsL) {
    const { dark } = document.documentElement.dataset;
    await Promise.all([...STYLES.map((href) => read("link", { rel: "stylesheet", href })), read("link", { rel: "stylesheet", href: DARK, media: dark })]);
    for (const src of LIBRARIES) await read("script", { src });
  }
  return import("./later/day_map.js");
}

function read(name, properties) {
  return new Promise((resolve, reject) => {
    const made = Object.assign(document.createElement(name), properties, { onload: resolve });
    made.onerror = () => { made.remove(); reject(new Error(`${name} is not there`)); };
    document.head.append(made);
  });
}
