// The map of the day: it works without a network once it was fetched; the list tells the same.

import { carried, fetchMap, keepScripts, mapTools } from "../carried_map.js";
import { button, element, link, notice, say } from "../pieces.js";
import { position } from "../position.js";
import { t } from "../words.js";
import { pathOf } from "./visit.js";

export default function view(app) {
  const shown = new Shown(app);
  shown.open();
  const { next } = app.state;
  return {
    title: t("Map"),
    back: "#/",
    main: [shown.told, shown.root, list(app)],
    thumb: [
      button(t("Where am I"), () => shown.stand(), { looks: "button large", is: "pin" }),
      ...(next ? [link(t("Next: %(number)d", { number: next.number }), pathOf(next), { looks: "button main large", is: "way" })] : []),
    ],
  };
}

class Shown {
  constructor(app) {
    this.app = app;
    this.told = element("div", { className: "stack map-words", data: { keep: "" } });
    const canvas = element("div", { className: "map-canvas" });
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", t("Map of the day; the list below tells the same."));
    this.root = element("div", { className: "phone-map" }, [
      element("div", { className: "day-map" }, [canvas, credit()]),
    ]);
  }

  async open() {
    const kept = await carried(this.app);
    let tools;
    try {
      tools = await mapTools();
    } catch {
      this.root.hidden = true;
      this.tell(notice(t("The map was not fetched while there was a network: the list shows the way."), "warn"));
      return;
    }
    await painted();
    this.map = new tools.DayMap(this.root.firstChild, { zoom_in: t("Nearer"), zoom_out: t("Farther") });
    this.map.draw(this.app.day.route, stops(this.app));
    this.map.fit();
    keepScripts();
    if (kept) await this.map.carry(kept.bytes);
    this.root.dataset.state = kept ? "carried" : "plain";
    this.offer(kept);
  }

  /** Say which map lies here, and offer the one that the server has. */
  offer(kept) {
    const { map } = this.app.day;
    if (!map) return this.tell(...(kept ? [] : [notice(t("This city has no map for phones: way and stops are drawn without streets."), "info")]));
    if (kept?.about.etag === map.etag) return this.tell();
    const words = kept
      ? t("The way has changed since this map was fetched: some of it may lack streets.")
      : t("The streets are not on this phone yet. Once fetched they work without a network until the evening.");
    const press = button(t("Fetch the map (%(size)s MB)", { size: megabytes(map.bytes) }), () => this.fetch(press), { looks: "button main large wide" });
    this.tell(notice(words, kept ? "warn" : "info"), press);
  }

  async fetch(press) {
    const [hasMap, hasScripts] = await Promise.all([fetchMap(this.app), keepScripts()]);
    if (!hasMap) return this.tell(notice(t("The map did not come: no network, or no room on this phone."), "bad"), press);
    const kept = await carried(this.app);
    await this.map.carry(kept.bytes);
    this.root.dataset.state = "carried";
    this.offer(kept);
    if (!hasScripts) this.tell(notice(t("This browser does not keep the map for when there is no network."), "warn"));
    say(t("The map is on this phone."));
  }

  /** Where she stands is asked at this press alone, and stays on the phone. */
  async stand() {
    const stood = await position();
    if (stood.lat === undefined) return this.tell(notice(t("The phone does not tell where it is."), "warn"));
    this.map?.stand(stood);
  }

  tell(...words) {
    this.told.replaceChildren(...words);
  }
}

function stops(app) {
  return app.state.visits.filter((stop) => stop.place?.at).map((stop) => (
    { at: stop.place.at, number: stop.number, looks: looksOf(app, stop), open: () => app.go(pathOf(stop)) }
  ));
}

function looksOf(app, stop) {
  const how = app.state.of(stop);
  if (how.result) return "done";
  if (how.isBarred || how.isSkipped) return "off";
  return app.state.next === stop ? "next" : "open";
}

function list(app) {
  const words = { done: t("done"), off: t("do not go"), next: t("next"), open: t("to come") };
  return element("section", { className: "stack" }, [
    element("h2", { textContent: t("Stops in their order") }),
    element("ol", { className: "stops list-plain" }, app.state.visits.map((stop) => element("li", {}, [
      element("a", { className: `stop ${{ next: "now", open: "" }[looksOf(app, stop)] ?? looksOf(app, stop)}`, href: pathOf(stop) }, [
        element("span", { className: "mark" }, [element("span", { className: "number", textContent: stop.number })]),
        element("span", { className: "time", textContent: app.times.clock(stop.start) }),
        element("span", { className: "what" }, [
          element("span", { textContent: stop.place?.address ?? t("Not in the book any more") }),
          element("span", { className: "quiet", textContent: words[looksOf(app, stop)] }),
        ]),
      ]),
    ]))),
  ]);
}

function credit() {
  const isMadeUp = document.querySelector(".band") !== null; // the band says so
  return element("p", { className: "map-credit", textContent: isMadeUp ? "" : t("© OpenStreetMap contributors") });
}

function megabytes(bytes) {
  return Math.max(0.1, bytes / 1e6).toFixed(1);
}

/** Once the page shows what it was given: a map has to know how large it is. */
function painted() {
  return new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
}
