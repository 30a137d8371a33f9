// The map of one address: candidates with their letters and reach, and a pin to drag or to push.
import { baseMap, groundOf, lookOf, onRepaint } from "../static/map/base_map.js";

const CLOSE_ZOOM = 17;
const STEP_M = 5;
const LONG_STEP_M = 50;
const METRES_PER_DEGREE = 111_195; // of latitude, on the mean sphere
const MARGIN_PX = 40;
const ARROWS = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const PIN = `<svg viewBox="0 0 36 44" aria-hidden="true">
  <path d="M18 43C9 31 4 24 4 16a14 14 0 0 1 28 0c0 8-5 15-14 27Z" fill="currentColor" stroke="#fff" stroke-width="2"/>
  <circle cx="18" cy="16" r="5" fill="#fff"/></svg>`;

const letterIcon = (letter) =>
  L.divIcon({ className: "letter", html: letter, iconSize: [28, 28], iconAnchor: [14, 14] });

export class PinMap {
  // `onMove` hears where somebody puts the pin, `onChoose` which candidate is pressed.
  constructor(root, words, { onMove, onChoose }) {
    Object.assign(this, { root, words, onMove, onChoose });
    this.map = baseMap(root.querySelector(".map-canvas"), words);
    this.reach = L.svg();
    this.layer = L.layerGroup().addTo(this.map);
    this.marks = new Map();
    this.fit([]);
    this.pin = this.newPin();
    this.map.on("click", ({ latlng }) => this.put(latlng, true));
  }

  async open() {
    const ground = await groundOf(this.root.dataset.ground, lookOf(this.root));
    ground?.addTo(this.map);
    if (!ground) this.root.querySelector(".map-told").textContent = this.words.no_streets;
    onRepaint(() => ground?.paint());
    this.root.dataset.state = "ready";
  }

  newPin() {
    const icon = L.divIcon({ className: "pin", html: PIN, iconSize: [36, 44], iconAnchor: [18, 43] });
    const pin = L.marker(this.map.getCenter(), { icon, draggable: true, autoPan: true, zIndexOffset: 1000 });
    pin.addTo(this.map);
    const element = pin.getElement();
    element.setAttribute("aria-label", this.words.pin);
    element.addEventListener("keydown", (event) => this.push(event));
    pin.on("drag", () => this.onMove(pin.getLatLng(), false));
    pin.on("dragend", () => this.onMove(pin.getLatLng(), true));
    return pin;
  }

  push(event) {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const step = (event.shiftKey ? LONG_STEP_M : STEP_M) / METRES_PER_DEGREE;
    const { lat, lng } = this.pin.getLatLng();
    const east = step / Math.cos((lat * Math.PI) / 180);
    this.put([lat + arrow[1] * step, lng + arrow[0] * east], true);
  }

  put(at, isByHand = false) {
    this.pin.setLatLng(at);
    const here = this.pin.getLatLng();
    if (!this.map.getBounds().pad(-0.05).contains(here)) this.map.panTo(here);
    if (isByHand) this.onMove(here, true);
  }

  focus() {
    this.pin.getElement().focus();
  }

  // Shows the candidates of an address; the map goes where they are, and stays where there is none.
  show(candidates) {
    this.layer.clearLayers();
    this.marks.clear();
    for (const { letter, at, radius } of candidates) {
      const look = { radius, renderer: this.reach, className: "reach", interactive: false };
      if (radius) L.circle(at, look).addTo(this.layer);
      const mark = L.marker(at, { icon: letterIcon(letter), keyboard: false });
      mark.on("click", () => this.onChoose(letter));
      this.marks.set(letter, mark.addTo(this.layer));
    }
    if (candidates.length) this.fit(candidates);
    this.put(candidates[0]?.at ?? this.map.getCenter());
  }

  light(letter) {
    for (const [one, mark] of this.marks) {
      mark.getElement()?.classList.toggle("chosen", one === letter);
    }
  }

  fit(candidates) {
    const bounds = L.latLngBounds([]);
    for (const { at, radius } of candidates) bounds.extend(L.latLng(at).toBounds(2 * radius));
    const extent = JSON.parse(this.root.dataset.extent ?? "[]");
    if (!bounds.isValid() && extent.length) {
      bounds.extend(extent.slice(0, 2)).extend(extent.slice(2));
    }
    if (!bounds.isValid()) this.map.setView([0, 0], 9);
    else this.map.fitBounds(bounds, { maxZoom: CLOSE_ZOOM, padding: [MARGIN_PX, MARGIN_PX], animate: false });
  }
}
