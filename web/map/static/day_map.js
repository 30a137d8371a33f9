// The map of a day's plan. What stands on it comes from our own server, and nothing from elsewhere.
import { ask, baseMap, groundOf, lookOf, onRepaint } from "./base_map.js";
import { Fitted } from "./fitted.js";
import { LeftOut } from "./left_out.js";
import { crewEntry, leftOutEntry, underGroups } from "./legend.js";
import { Lit } from "./lit.js";
import { CrewRoute } from "./routes.js";
import { aboutCase, aboutStart, aboutStop } from "./tooltips.js";
import { twins } from "./twins.js";

const CLOSE_ZOOM = 16;
const AROUND = 0.3; // of the map is drawn beyond each edge

class DayMap {
  constructor(root) {
    this.root = root;
    this.words = JSON.parse(root.dataset.words);
    this.part = (name) => root.querySelector(`[data-map="${name}"]`);
    this.map = baseMap(root.querySelector(".map-canvas"), this.words, {
      renderer: L.canvas({ padding: AROUND, tolerance: 4 }),
    });
    this.look = lookOf(root);
    this.lit = new Lit(this.map, AROUND);
    this.fitted = new Fitted(this.map, root, CLOSE_ZOOM);
    Object.assign(this, { routes: [], leftOut: [], drawn: new Map() });
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
    this.resize();
    this.ground = await ground;
    this.ground?.addTo(this.map);
    if (!this.ground) this.say(this.words.no_streets);
    this.root.dataset.state = "ready";
  }

  // The colours of the page have changed: everything is drawn anew, and what was hidden stays so.
  repaint() {
    this.draw(true);
    this.ground?.paint();
  }

  // Draws what is told; what was drawn and is told again stays, hidden or opened as it is.
  draw(isAnew = false) {
    const before = this.drawn;
    this.drawn = new Map();
    const { unit, crews, left_out: groups } = this.told;
    this.routes = crews.map((crew) => this.kept(before, isAnew, `crew ${crew.id}`, { crew, unit }, CrewRoute));
    this.leftOut = groups.map((group) =>
      this.kept(before, isAnew, `left out ${group.group} ${group.reason}`, { group, unit }, LeftOut),
    );
    for (const [key, { one }] of before) if (this.drawn.get(key)?.one !== one) one.layer.remove();
    this.part("crews").replaceChildren(...this.routes.map((one) => one.entry));
    this.part("left-out").replaceChildren(...underGroups(this.leftOut));
    this.order();
    this.lightAgain();
  }

  // Stops lie above all ways, and what is left out below them.
  order() {
    for (const { marks } of this.leftOut) marks.forEach((mark) => mark.bringToBack());
    for (const { marks, start } of this.routes) [start, ...marks].forEach((mark) => mark.bringToFront());
  }

  kept(before, isAnew, key, told, Kind) {
    const written = JSON.stringify(told);
    const known = before.get(key);
    const isSame = known?.written === written && !isAnew;
    const one = isSame ? known.one : this.made(told, Kind, known?.one);
    this.drawn.set(key, { written, one });
    return one;
  }

  made(told, Kind, was) {
    const one = new Kind(told, this.look, (...about) => this.about(told, ...about));
    one.resize(this.fitted.zoom);
    one.layer.eachLayer((layer) => this.listenTo(one, layer));
    one.entry = told.crew ? this.crewEntry(one) : leftOutEntry(one, (isOn) => this.show(one, isOn));
    const isHidden = was && !this.map.hasLayer(was.layer);
    one.entry.querySelector("input").checked = !isHidden;
    const [details, opened] = [one, was].map((each) => each?.entry.querySelector("details"));
    if (details) details.open = Boolean(opened?.open);
    if (!isHidden) one.layer.addTo(this.map);
    return one;
  }

  about({ crew, group }, ...about) {
    if (group) return aboutCase(group, ...about);
    const [stop] = about;
    return stop ? aboutStop(stop) : aboutStart(crew, this.told.crews);
  }

  listenTo(one, layer) {
    const crew = one.crew?.id;
    const visit = () => layer.stop?.id ?? layer.visit;
    layer.on("mouseover", () => twins.light(crew, visit()));
    layer.on("mouseout", () => twins.light());
    layer.on("click", () => twins.choose(crew, visit()) || (crew && this.openEntry(one, layer.stop)));
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
    this.fitted.to(marks.map((mark) => mark.getLatLng()));
  }

  resize() {
    const zoom = this.map.getZoom();
    for (const one of [...this.leftOut, ...this.routes]) one.resize(zoom);
    this.lightAgain();
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
    this.map.on("resize", () => this.fitted.isOurs && this.fit());
    twins.addEventListener("lit", ({ detail }) => this.light(detail.crew, detail.visit));
    this.root.addEventListener("renew", () => this.renew());
    this.part("fit").addEventListener("click", () => this.fit());
    this.part("all").addEventListener("click", () => this.switchAll(true));
    this.part("none").addEventListener("click", () => this.switchAll(false));
    onRepaint(() => this.repaint());
  }

  // The plan has changed: what is another in it is drawn anew.
  async renew() {
    try {
      this.told = await ask(this.root.dataset.plan);
    } catch {
      return; // what is drawn stays; the page tells that the server is gone
    }
    this.draw();
  }

  // Only what is lit is drawn, on its own canvas. A crew that is hidden does not dim the others.
  light(crewId, visitId) {
    this.looked = [crewId, visitId];
    const shown = (one) => one && this.map.hasLayer(one.layer);
    const route = this.routes.find((one) => (crewId ? one.crew.id === crewId : one.markOf(visitId)));
    const left = visitId && !route && this.leftOut.find((one) => one.markOf(visitId));
    const one = [route, left].find(shown);
    this.lit.show(one?.lit(this.lit.renderer, this.map.getZoom(), visitId), one === route);
    this.pointAt(shown(left) ? left.markOf(visitId) : null);
  }

  lightAgain() {
    if (this.looked) this.light(...this.looked);
  }

  // A case that is left out has no route that could light up: its name is told.
  pointAt(mark) {
    if (mark === this.pointed) return;
    this.pointed?.closeTooltip();
    this.pointed = mark;
    mark?.openTooltip();
  }

  openEntry(route, stop) {
    const row = route.entry.querySelector("summary");
    row.parentElement.open = true;
    const button = stop && route.entry.querySelector(`[data-visit="${CSS.escape(stop.id)}"]`);
    (button ?? row).focus();
  }

  switchAll(isOn) {
    for (const box of this.part("crews").querySelectorAll("input")) {
      if (box.checked !== isOn) box.click();
    }
  }
}

for (const root of document.querySelectorAll(".day-map")) new DayMap(root).open();
