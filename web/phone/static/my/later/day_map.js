// The day on a map: the way, the stops by how they stand, and where she is when she asks.

import { baseMap, lookOf } from "/static/map/base_map.js";
import { groundLayer } from "/static/map/ground_layer.js";
import { degrees } from "/static/map/lines.js";
import { Mark } from "/static/map/marks.js";
import { Way } from "/static/map/way.js";
import { ClipSource } from "./clip_source.js";

const STOP_PX = 15, NEXT_PX = 20, START_PX = 11, CLOSE_ZOOM = 16;
const SHAPES = { done: "square", off: "diamond", next: "circle", open: "circle" };

export class DayMap {
  /** @param {HTMLElement} root  of the map  @param {object} words  of its buttons */
  constructor(root, words) {
    this.root = root;
    this.map = baseMap(root.querySelector(".map-canvas"), words, { renderer: L.canvas({ padding: 0.3, tolerance: 8 }) });
    this.look = lookOf(root);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const repaint = () => (root.isConnected ? this.paint() : dark.removeEventListener("change", repaint));
    dark.addEventListener("change", repaint);
  }

  /** Draw the ground of a day's own map. */
  async carry(bytes) {
    const source = new ClipSource(bytes);
    const [, mostZoom] = await source.zooms();
    this.ground?.remove();
    this.ground = groundLayer({ source, mostZoom }, this.look).addTo(this.map);
  }

  /**
   * Draw the way and the stops.
   * @param {object} route  as the day file has it
   * @param {{at: [number, number], number: number, looks: string, open: () => void}[]} stops
   */
  draw(route, stops) {
    Object.assign(this, { route, stops });
    this.drawn?.remove();
    const way = new Way(route.ways.map((line) => degrees(line, route.unit)), this.wayLook());
    const start = new Mark(route.start.map((part) => part / route.unit), this.markLook("house", "", START_PX));
    this.drawn = L.layerGroup([way, start, ...stops.map((stop) => this.mark(stop))]).addTo(this.map);
  }

  wayLook() {
    return { color: this.look("--accent"), casing: this.look("--map-casing"), weight: 5, edge: 4, dash: [], arrow: 7, interactive: false };
  }

  mark({ at, number, looks, open }) {
    const made = new Mark(at, this.markLook(SHAPES[looks], number, looks === "next" ? NEXT_PX : STOP_PX, looks));
    return made.on("click", open);
  }

  markLook(shape, text, radius, looks = "") {
    const isNext = looks === "next", isOver = looks === "done" || looks === "off";
    const [fill, ink] = isNext ? ["--accent", "--on-accent"] : isOver ? ["--line", "--quiet"] : ["--surface", "--text"];
    const line = isOver ? "--quiet" : isNext ? "--surface" : "--accent";
    return { shape, text, radius, fill: this.look(fill), ink: this.look(ink), line: this.look(line), lineWidth: 2.5, font: this.look("--font") };
  }

  /** Show all of the day, or a place closely. */
  fit() {
    const { unit, start, end } = this.route;
    const ends = [start, end].map((at) => at.map((part) => part / unit));
    this.map.fitBounds(L.latLngBounds([...this.stops.map((stop) => stop.at), ...ends]), { padding: [28, 28], maxZoom: CLOSE_ZOOM });
  }

  /** Where she is: a dot, and how sure the phone is of it. */
  stand({ lat, lon, accuracy_m }) {
    this.here?.remove();
    const colour = this.look("--bad"), at = [lat, lon];
    const sure = L.circle(at, { radius: accuracy_m, color: colour, weight: 1, fillOpacity: 0.12, interactive: false });
    const dot = L.circleMarker(at, { radius: 7, color: this.look("--surface"), weight: 3, fillColor: colour, fillOpacity: 1, interactive: false });
    this.here = L.layerGroup([sure, dot]).addTo(this.map);
    this.map.setView(at, Math.max(this.map.getZoom(), CLOSE_ZOOM - 1));
  }

  /** The colours have changed. */
  paint() {
    this.ground?.paint();
    if (this.route) this.draw(this.route, this.stops);
  }
}
