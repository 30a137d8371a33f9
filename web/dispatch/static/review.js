// Places to check, by mouse and by keys. The page's own links and forms are sent as they stand; of
// the page that is answered the queue and the address are taken, and the map stays.
import { PinMap } from "./pin_map.js";
import { listen, showKeys } from "./review_keys.js";

const PARTS = ["review-head", "queue", "case"];
const SENT_HERE = "#decide, #choose, #undo, .clash form";
const OPENED_HERE = "a.waiting, #skip, #keep";
const DECIMALS = 6; // of degrees: a hand's breadth
const METRES_PER_DEGREE = 111_195;

const part = (id) => document.getElementById(id);
const filled = (words, parts) => words.replace(/\{(\w+)\}/g, (_, name) => parts[name]);

class Review {
  constructor(root) {
    this.words = JSON.parse(root.dataset.words);
    this.map = new PinMap(part("review-map"), this.words, {
      onMove: (at, isDone) => this.moved(at, isDone),
      onChoose: (letter) => this.chooseLetter(letter),
    });
    this.map.open();
    this.open();
    this.listen();
    listen(this);
  }

  listen() {
    document.addEventListener("click", (event) => {
      const link = event.target.closest(OPENED_HERE);
      const letter = event.target.closest("button.letter");
      if (letter) this.chooseLetter(letter.textContent);
      if (event.target.closest("#show-keys")) showKeys();
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.ask(link.href);
    });
    document.addEventListener("submit", (event) => {
      const { target: form, submitter } = event;
      if (!form.matches(SENT_HERE)) return;
      event.preventDefault();
      if (form.id === "decide" && this.isToMove(submitter)) return;
      const url = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
      this.ask(url, { method: "POST", body: new FormData(form, submitter) }, submitter);
    });
    document.addEventListener("change", ({ target }) => {
      if (target.id === "position" || target.id === "datum") this.typed();
    });
  }

  // An area is no door: whoever wants to place the pin there has to move it.
  isToMove(submitter) {
    if (part("position").value || submitter?.id === "refuse") return false;
    submitter?.removeAttribute("aria-busy"); // nothing is sent
    this.tell(this.words.move_first);
    this.map.focus();
    return true;
  }

  async ask(url, options = {}, pressed = null) {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      const answer = await fetch(url, { ...options, headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.getElementById("case")) location.assign(answer.redirected || answer.ok ? answer.url : location.href);
      else this.take(page, answer);
    } catch {
      pressed?.removeAttribute("aria-busy");
      this.tell(this.words.failed);
    }
    this.isAsking = false;
  }

  // Says something that keeps a decision from being sent, for eyes and ears.
  tell(words) {
    part("failed")?.remove();
    const told = { id: "failed", className: "wrong dense", textContent: words };
    part("decide")?.prepend(Object.assign(document.createElement("p"), told));
    this.say(words);
  }

  take(page, answer) {
    for (const id of PARTS) {
      const fresh = page.getElementById(id);
      if (fresh) part(id)?.replaceWith(fresh);
    }
    document.querySelector(".bar .places").replaceWith(page.querySelector(".bar .places"));
    const notice = page.querySelector("body > .notices")?.textContent.trim() ?? "";
    if (answer.ok) history.replaceState(null, "", answer.url);
    this.open();
    this.say([notice, this.told()].filter(Boolean).join(" "));
    this.current()?.scrollIntoView({ block: "nearest" });
    if (answer.ok) this.current()?.focus();
    else (part("case").querySelector("[aria-invalid]") ?? part("case-title")).focus();
  }

  // What was typed while the page was still loading is somebody's word: it stands.
  typedBefore() {
    const fields = [part("position"), part("datum")].filter(Boolean);
    const isTyped = fields.some((one) =>
      one.matches("select") ? [...one.options].some((o) => o.selected !== o.defaultSelected && o.index) : one.value !== one.defaultValue,
    );
    return isTyped ? fields.map((one) => one.value) : null;
  }

  // Shows the address that the page holds.
  open() {
    const typed = this.typedBefore();
    part("show-keys")?.removeAttribute("hidden");
    this.candidates = [...part("case").querySelectorAll(".candidate")].map((element) => ({
      element,
      letter: element.dataset.letter,
      name: element.querySelector(".name").textContent,
      at: [Number(element.dataset.lat), Number(element.dataset.lon)],
      radius: Number(element.dataset.radius),
      isArea: "area" in element.dataset,
    }));
    this.map.show(this.candidates);
    if (part("position")?.getAttribute("aria-invalid")) return;
    if (typed?.[0]) {
      this.typed();
      return;
    }
    if (this.candidates.length) this.chooseLetter(this.candidates[0].letter, false);
    else this.write([]);
    if (typed) part("datum").value = typed[1];
  }

  chooseLetter(letter, isTold = true) {
    const found = this.candidates.find((one) => one.letter === letter);
    if (!found) return;
    this.map.put(found.at);
    this.light(letter, found.isArea);
    this.write(found.isArea ? [] : found.at);
    if (isTold) this.say(filled(this.words.chosen, found));
  }

  light(letter, isArea = false) {
    this.map.light(letter);
    for (const { element, letter: one } of this.candidates) {
      element.classList.toggle("chosen", one === letter);
      element.querySelector("button.letter")?.setAttribute("aria-pressed", one === letter);
    }
    const button = part("place-pin");
    if (button) button.textContent = letter && !isArea ? filled(this.words.confirm, { letter }) : this.words.place;
  }

  moved({ lat, lng }, isDone) {
    this.light(null);
    this.write([lat, lng]);
    if (isDone) this.say(this.whereIsPin(lat, lng));
  }

  write(at) {
    if (!part("position")) return;
    part("position").value = at.map((one) => one.toFixed(DECIMALS)).join(", ");
    part("datum").value = "wgs84";
  }

  typed() {
    const at = part("position").value.replace("，", ",").split(",").map(Number);
    const isPlace = at.length === 2 && Math.abs(at[0]) <= 90 && Math.abs(at[1]) <= 180;
    this.light(null);
    if (isPlace && part("datum").value === "wgs84") this.map.put(at);
  }

  whereIsPin(lat, lng) {
    const [nearest] = this.candidates
      .map(({ letter, at }) => {
        const north = (lat - at[0]) * METRES_PER_DEGREE;
        const east = (lng - at[1]) * METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
        return { letter, metres: Math.round(Math.hypot(north, east)), angle: Math.atan2(east, north) };
      })
      .sort((a, b) => a.metres - b.metres);
    if (!nearest) return filled(this.words.at, { position: part("position").value });
    if (!nearest.metres) return filled(this.words.at_candidate, nearest);
    const direction = this.words.directions[(Math.round((nearest.angle / Math.PI) * 4) + 8) % 8];
    return filled(this.words.beside, { ...nearest, direction });
  }

  told() {
    const address = part("case-title").textContent;
    return filled(this.words.opened, { address, count: this.candidates.length });
  }

  say(words) {
    part("told").textContent = words;
  }

  current() {
    return document.querySelector("a.waiting[aria-current]");
  }

  // What the keys do.
  go(by) {
    const links = [...document.querySelectorAll("a.waiting")];
    const next = links[links.indexOf(this.current()) + by];
    if (next) this.ask(next.href);
  }

  choose(number) {
    const found = this.candidates[number - 1];
    if (found) this.chooseLetter(found.letter);
  }

  confirm() {
    part("decide")?.requestSubmit(part("place-pin"));
  }

  toPin() {
    this.map.focus();
  }

  toList() {
    this.current()?.focus();
  }

  placeAll() {
    if (part("place-all")) part("decide").requestSubmit(part("place-all"));
  }

  refuse() {
    const details = document.querySelector(".refuse");
    if (!details) return;
    details.open = true;
    part("reason").focus();
  }

  skip() {
    part("skip")?.click();
  }

  undo() {
    part("undo")?.requestSubmit();
  }

  showKeys() {
    showKeys();
  }
}

new Review(part("review"));
