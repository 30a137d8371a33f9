// The map of a day's plan. What stands on it comes from our own server, and nothing from elsewhere.
import { ask, baseMap, groundOf, lookOf, onRepaint } from "./base_map.js";
import { crewEntry, leftOutEntry, tooltip } from "./legend.js";
import { CrewRoute, LeftOut } from "./routes.js";
import { twins } from "./twins.js";

const CLOSE_ZOOM = 16;
const MARGIN_PX = 16;

const describe = ({ number, from, to, name, place_name: place, id }) =>
  tooltip(`${number} · ${from}–${to} · ${name}`, `${place} · ${id}`);

class DayMap {
  constructor(root) {
    this.root = root;
    this.words = JSON.parse(root.dataset.words);
    this.part = (name) => root.querySelector(`[data-map="${name}"]`);
    this.map = baseMap(root.querySelector(".map-canvas"), this.words, {
      renderer: L.canvas({ padding: 0.3, tolerance: 4 }),
    });
    this.look = lookOf(root);
    this.routes = [];
    this.leftOut = [];
  }

  say(words) {
    this.root.querySelector(".map-told").textContent = words;
  }

  async open() {
    this.say(this.words.loading);
    const ground = groundOf(this.root.dataset.ground, this.look);
    try {
      this.told = await ask(this.root.dataset.plan);
    } catch {
      this.say(this.words.failed);
      return;
    }
    this.say("");
    this.draw();
    this.fit();
    this.listen();
    this.ground = await ground;
    this.ground?.addTo(this.map);
    if (!this.ground) this.say(this.words.no_streets);
    this.root.dataset.state = "ready";
  }

  // The colours of the page have changed: everything is drawn anew, and what was hidden stays so.
  repaint() {
    const boxes = () => [...this.root.querySelectorAll(".map-entry > input")];
    const [shown, opened] = [boxes().map((box) => box.checked), this.openCrews()];
    for (const one of [...this.leftOut, ...this.routes]) one.layer.remove();
    this.draw();
    this.resize();
    boxes().forEach((box, i) => box.checked === (shown[i] ?? true) || box.click());
    this.openCrews().forEach((one, i) => (one.open = opened[i]?.open ?? false));
    this.ground?.paint();
  }

  openCrews() {
    return [...this.root.querySelectorAll(".map-crew")];
  }

  draw() {
    const { unit, crews, left_out: groups } = this.told;
    const { look } = this;
    const leftOut = (group) => (id, name) => tooltip(`${name} · ${id}`, group.words);
    this.leftOut = groups.map((group) => new LeftOut(group, unit, look, leftOut(group)));
    this.routes = crews.map((crew) => new CrewRoute(crew, unit, look, describe));
    for (const one of [...this.leftOut, ...this.routes]) one.layer.addTo(this.map);
    this.routes.forEach((route) => route.marks.forEach((mark) => mark.bringToFront()));
    this.routes.forEach((route) => this.listenTo(route));
    this.part("crews").replaceChildren(...this.routes.map((route) => this.crewEntry(route)));
    this.part("left-out").replaceChildren(
      ...this.leftOut.map((left) => leftOutEntry(left, (isOn) => this.show(left, isOn))),
    );
  }

  listenTo(route) {
    route.layer.eachLayer((layer) => {
      layer.on("mouseover", () => twins.light(route.crew.id, layer.stop?.id));
      layer.on("mouseout", () => twins.light());
      layer.on("click", () => this.choose(route, layer.stop));
    });
  }

  crewEntry(route) {
    return crewEntry(route, this.look, this.words, {
      onSwitch: (isOn) => this.show(route, isOn),
      onChoose: (id) => this.goTo(id),
    });
  }

  show(one, isOn) {
    if (isOn) one.layer.addTo(this.map);
    else one.layer.remove();
    twins.light(one.crew?.id);
  }

  fit() {
    const ofCrews = this.routes.flatMap(({ marks, start }) => [start, ...marks]);
    const marks = ofCrews.length ? ofCrews : this.leftOut.flatMap((left) => left.marks);
    const bounds = L.latLngBounds(marks.map((mark) => mark.getLatLng()));
    const legend = this.root.querySelector(".map-legend[open]")?.offsetWidth ?? 0;
    const beside = legend * 2 < this.root.offsetWidth ? legend : 0;
    if (!bounds.isValid()) this.map.setView([0, 0], 9);
    else {
      this.map.fitBounds(bounds, {
        paddingTopLeft: [MARGIN_PX, MARGIN_PX],
        paddingBottomRight: [MARGIN_PX + beside, MARGIN_PX],
        maxZoom: CLOSE_ZOOM,
      });
    }
    this.resize();
  }

  resize() {
    const zoom = this.map.getZoom();
    for (const one of [...this.leftOut, ...this.routes]) one.resize(zoom);
  }

  goTo(id) {
    const route = this.routes.find((one) => one.markOf(id));
    if (!route) return;
    const mark = route.markOf(id);
    this.map.setView(mark.getLatLng(), Math.max(this.map.getZoom(), CLOSE_ZOOM - 1));
    mark.openTooltip();
  }

  listen() {
    this.map.on("zoomend", () => this.resize());
    twins.addEventListener("lit", ({ detail }) => this.light(detail.crew, detail.visit));
    this.root.addEventListener("renew", () => this.renew());
    this.part("fit").addEventListener("click", () => this.fit());
    this.part("all").addEventListener("click", () => this.switchAll(true));
    this.part("none").addEventListener("click", () => this.switchAll(false));
    onRepaint(() => this.repaint());
  }

  // The plan has changed: it is drawn anew where one looks, and what was hidden stays so.
  async renew() {
    try {
      this.told = await ask(this.root.dataset.plan);
    } catch {
      return; // what is drawn stays; the page tells that the server is gone
    }
    this.repaint();
  }

  // A crew that is hidden does not dim the others.
  light(crewId, visitId) {
    const named = crewId ?? this.routes.find((route) => route.markOf(visitId))?.crew.id;
    const shown = this.routes.filter(({ layer }) => this.map.hasLayer(layer));
    const lit = shown.find(({ crew }) => crew.id === named)?.crew.id;
    for (const route of this.routes) {
      route.light(!lit || route.crew.id === lit);
      if (route.crew.id === lit) route.bringToFront();
    }
    this.leftOut.forEach((left) => left.light(!lit));
    this.pointAt(lit ? null : visitId);
  }

  // A case that is left out has no route that could light up: its name is told.
  pointAt(visitId) {
    this.pointed?.closeTooltip();
    this.pointed = visitId && this.leftOut.map((left) => left.markOf(visitId)).find(Boolean);
    this.pointed?.openTooltip();
  }

  choose(route, stop) {
    if (!twins.choose(route.crew.id, stop?.id)) this.openEntry(route, stop);
  }

  openEntry(route, stop) {
    const row = this.part("crews").querySelector(`[data-crew="${CSS.escape(route.crew.id)}"]`);
    row.parentElement.open = true;
    const button = stop && row.parentElement.querySelector(`[data-visit="${CSS.escape(stop.id)}"]`);
    (button ?? row).focus();
  }

  switchAll(isOn) {
    for (const box of this.part("crews").querySelectorAll("input")) {
      if (box.checked !== isOn) box.click();
    }
  }
}

for (const root of document.querySelectorAll(".day-map")) new DayMap(root).open();
