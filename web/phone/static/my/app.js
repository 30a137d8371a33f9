// The whole: what is known, where she is, and what is shown. The flow of the page is here.

import { keepForGood, openBook } from "./book.js";
import { Clock } from "./clock.js";
import { backLink, notice, say } from "./pieces.js";
import { Sender } from "./sending.js";
import { evicted } from "./evicted.js";
import { askDay, letIn } from "./server.js";
import { Vault } from "./vault.js";
import { doorOf, viewOf } from "./views/all.js";
import { queueState } from "./views/queue_state.js";

const ASK_AGAIN_MS = 60_000, QUEUE = "#/queue";

/** Doors behind which no day lies. */
const DAYLESS = new Set(["out", "none", "away", "over"]);

export class App {
  constructor(root, book, clock) {
    Object.assign(this, { root, book, clock });
    this.vault = new Vault(book);
    this.sender = new Sender(book, clock);
    this.door = null; // what stands before the day: a PIN, the log-in, the end of the shift
    this.day = null;
    this.others = new BroadcastChannel("dayround"); // other pages of this phone
    this.waiting = []; // keys of records that wait to be sent
    this.receipts = new Map(); // by key, how far the server's book has come
    this.whole = new Map(); // by key, all that the server has told of a record
    this.waved = new Set(); // what she wants to be told no more until the page opens anew
  }

  static async open(root) {
    const book = await openBook();
    return new App(root, book, new Clock((await book.get("kept", "clock")) ?? null));
  }

  /** Show what lies here, then ask the server for what is new. */
  async start() {
    this.sender.addEventListener("change", () => this.lookAtQueue());
    this.sender.addEventListener("back", () => this.refresh());
    addEventListener("online", () => this.refresh());
    this.others.addEventListener("message", ({ data }) => this.hear(data));
    addEventListener("hashchange", () => this.draw({ isNew: true }));
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.refresh(); });
    setInterval(() => { if (!document.hidden) this.refresh(); }, ASK_AGAIN_MS);
    await this.wipeIfOver();
    if (!this.door && (await this.vault.isThere())) this.door = { name: "pin" };
    this.sender.start();
    if (!this.door) await this.refresh();
    await this.lookAtQueue();
    this.draw({ isNew: true });
  }

  /** Another page of this phone has recorded something, or locked the day, or taken it off. */
  async hear(news) {
    if (news === "begun" || news === "wiped") return location.reload();
    if (news === "locked") return this.day && this.shutAndDraw();
    if (!this.day) return;
    await this.readTold();
    await this.lookAtQueue();
    await this.draw();
  }

  /** Forget what can be read once the shift is over by the later of both clocks. */
  async wipeIfOver() {
    if (!(await this.vault.isOver(this.clock.latest()))) return;
    await this.vault.wipe();
    this.day = null;
    this.door = { name: "over" };
  }

  /** Ask for the day again; what is new is kept before it is shown. */
  async refresh() {
    if (this.day) {
      await this.wipeIfOver();
      if (this.door) return this.draw();
    } else if (this.door && !["out", "none", "away"].includes(this.door.name)) return;
    const hadDay = Boolean(this.day), answer = await askDay(this.clock, this.day ? this.etag : null);
    this.sender.hear(!answer.isSilent);
    await this.keepClock();
    if (hadDay) await this.wipeIfOver(); // the server's time may be later than was thought
    if (hadDay && !this.day) return this.draw();
    await this.take(answer);
    if (this.day && !answer.isSilent) await this.recording.mend();
    if (answer.state === "day" || answer.state === "same") this.carrying?.keepOwn(this);
  }

  async take(answer) {
    if (answer.state === "same" && !this.day) return this.refresh(); // it was wiped meanwhile
    if (answer.state === "over" && this.day) {
      await this.vault.wipe();
      this.day = null;
    }
    if (answer.state === "day" && this.day && this.isSameDay(answer.day)) await this.keepDay(answer.day, answer.etag);
    else if (!this.day) this.door = doorFor(answer);
    this.isOut = answer.state === "out";
    this.draw();
  }

  isSameDay(day) {
    return day.on === this.day.on && day.me === this.day.me && day.city === this.day.city;
  }

  /** Lock a new day with a PIN; false where the server could not be asked to know this phone. */
  async begin(day, etag, pin) {
    const gone = await evicted(this.book, day.on), device = await letIn(day.on, gone?.device);
    if (!device) return false;
    await this.carry();
    await keepForGood();
    await this.vault.begin(pin, day.closes * 1000);
    this.others.postMessage("begun");
    await this.recording.keep(device, day.on);
    if (gone) await this.vault.put("evicted", { written: gone.count, brought: device.brought });
    await this.vault.put("file", { day, etag }); // without it there is no day: who begins is told
    await this.keepDay(day, etag);
    goHome();
    await this.opened();
    return true;
  }

  /** Close the day that is open, in all pages of this phone; its PIN opens it again. */
  async lock() {
    this.others.postMessage("locked");
    await this.shutAndDraw();
  }

  async shutAndDraw() {
    this.vault.key = null;
    this.shut({ name: "pin" });
    await this.draw({ isNew: true });
  }

  /** Take the day off this phone, and do what is to be done before it is asked for anew; what waits stays. */
  async wipe(next = () => {}) {
    await this.vault.wipe();
    this.others.postMessage("wiped");
    this.shut(null);
    await next();
    goHome();
    await this.refresh();
    await this.draw({ isNew: true });
  }

  /** Put away what is open. */
  shut(door) {
    this.recording?.close();
    Object.assign(this, { day: null, state: null, door });
  }

  /** Read what only an open day needs. */
  async carry() {
    this.carrying ??= await import("./carrying.js");
    this.recording ??= new this.carrying.Recording(this);
  }

  /** Open the day that lies here; throws WrongPinError. */
  async unlock(pin) {
    await this.carry();
    if (!(await this.tryPin(pin))) this.door = null;
    await this.opened();
    this.refresh();
  }

  /** Try a PIN; with the last wrong one the day is gone, in all pages of this phone. */
  async tryPin(pin) {
    try {
      return await this.vault.open(pin);
    } catch (error) {
      if (error.left === 0) this.others.postMessage("wiped");
      throw error;
    }
  }

  async opened() {
    const kept = await this.vault.get("file");
    if (!kept) return this.wipe(); // the disk took the lock and not the day
    Object.assign(this, { day: kept.day, etag: kept.etag, door: null });
    await this.recording.open();
    await this.readTold();
    await this.recording.lookForLosses();
    this.carrying.keepOwn(this);
    this.draw({ isNew: true });
  }

  /** Keep a day, and show it; where the disk does not take it, the older one is there after a restart. */
  async keepDay(day, etag) {
    try {
      await this.vault.put("file", { day, etag });
      await this.vault.endsAt(day.closes * 1000);
      this.isStale = false;
    } catch (error) {
      if (!this.vault.isOpen) return; // it was locked meanwhile, here or in another page
      console.warn("the day could not be kept", error);
      this.isStale = true;
    }
    if (!this.vault.isOpen) return;
    Object.assign(this, { day, etag });
    await this.readTold();
  }

  async readTold() {
    const told = [...(await this.vault.all("told ")), ...this.recording.unkept];
    const { State, Times } = this.carrying;
    this.times = new Times(this.day.zone);
    this.state = new State(this.day, told);
  }

  /**
   * Write down what she did; it is on the phone once this resolves, and sent when it can be.
   * @param {string} kind @param {object|null} stop  null is the day
   */
  async record(kind, stop, body = {}) {
    const told = await this.recording.write(kind, stop?.id ?? "", body);
    await this.keepClock();
    await this.readTold();
    this.others.postMessage("told");
    await this.lookAtQueue();
    this.sender.send();
    return told.key;
  }

  /** Where the clock stands, for after a restart; a full disk does not stop anything else. */
  async keepClock() {
    try {
      await this.book.put("kept", this.clock.toKeep(), "clock");
    } catch (error) {
      console.warn("the time could not be kept", error);
    }
  }

  async lookAtQueue() {
    this.waiting = await this.book.getAllKeys("queue"); // not the rows: photographs lie in them
    const receipts = await this.sender.receipts();
    this.receipts = new Map(receipts.map((one) => [one.key, one.state]));
    this.whole = new Map(receipts.map((one) => [one.key, one]));
    this.drawState();
    if (location.hash === QUEUE || this.door?.name === "over") await this.draw(); // both tell what waits
  }

  /** What the server has told of a record; undefined while it waits here. */
  receipt(key) {
    return this.whole.get(key);
  }

  now_s() {
    return this.clock.now() / 1000;
  }

  /** Go to a view; the browser's own way back leads here again. */
  go(hash) {
    if (location.hash === hash) this.draw({ isNew: true });
    else location.hash = hash;
  }

  /** Go on from where she pressed; where she has gone elsewhere meanwhile she is left there. */
  goOn(from, hash) {
    if (location.hash === from) this.go(hash);
    else this.draw();
  }

  /** Say something at the top of the next view, and to ears. */
  tell(words, kind = "good") {
    this.news = { words, kind };
  }

  /** Draw what is to be seen; a view that is being filled in is left alone unless it is new. */
  async draw({ isNew = false } = {}) {
    if (!isNew && this.isBusy()) return;
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const view = this.isBehindDoor() ? await doorOf(this.door.name) : await viewOf(location.hash);
    if (turn !== this.turn) return;
    const shown = await view.module.default(this, ...(view.args ?? []));
    if (turn === this.turn) this.put(shown, isNew);
  }

  /** Whether the door stands before what is asked for: what waits to be sent is seen without a day. */
  isBehindDoor() {
    return this.door && !(location.hash === QUEUE && DAYLESS.has(this.door.name));
  }

  isBusy() {
    return Boolean(this.root.querySelector("form, [data-keep]"));
  }

  put({ title, back = null, main, thumb = [] }, isNew) {
    document.title = `${title} · dayround`;
    const header = this.root.querySelector(".top");
    const heading = Object.assign(document.createElement("h1"), { textContent: title });
    const state = Object.assign(document.createElement("a"), { className: "queue-state push", href: "#/queue" });
    header.replaceChildren(...(back ? [backLink(back)] : []), heading, state);
    this.drawState();
    this.root.querySelector("main").replaceChildren(...main);
    if (isNew) this.bringNews();
    this.root.querySelector(".thumb").replaceChildren(...thumb);
    if (isNew) this.arrive(title);
  }

  arrive(title) {
    scrollTo(0, 0);
    this.root.querySelector("main").focus({ preventScroll: true });
    say(title);
  }

  bringNews() {
    if (this.news) this.root.querySelector("main").prepend(notice(this.news.words, this.news.kind));
    this.news = null;
  }

  drawState() {
    const state = this.root.querySelector(".queue-state");
    if (state) queueState(state, this);
  }
}

/** Stand at the day again: what was looked at before was of another. */
function goHome() {
  history.replaceState(null, "", "#/");
}

/** Which door stands before a day that is not on this phone yet. */
function doorFor(answer) {
  const names = { day: "begin", none: "none", out: "out", over: "over", away: "away" };
  return { name: names[answer.state] ?? "away", ...answer };
}
