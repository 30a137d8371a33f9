// The whole: what is known, where she is, and what is shown. The flow of the page is here.

import { keepForGood, openBook } from "./book.js";
import { Clock } from "./clock.js";
import { Times } from "./formats.js";
import { backLink, notice, say } from "./pieces.js";
import { Queue } from "./queue.js";
import { sealer } from "./sealing.js";
import { deviceOf, keepDevice, Sender } from "./sending.js";
import { askDay, letIn } from "./server.js";
import { State } from "./state.js";
import { Vault } from "./vault.js";
import { doors, viewOf } from "./views/all.js";
import { queueState } from "./views/queue_state.js";

const ASK_AGAIN_MS = 60_000;

export class App {
  constructor(root, book, clock) {
    Object.assign(this, { root, book, clock });
    this.vault = new Vault(book);
    this.sender = new Sender(book);
    this.door = null; // what stands before the day: a PIN, the log-in, the end of the shift
    this.day = null;
    this.waiting = []; // rows that wait to be sent
    this.receipts = new Map(); // by key, how far the server's book has come
  }

  static async open(root) {
    const book = await openBook();
    return new App(root, book, new Clock((await book.get("kept", "clock")) ?? null));
  }

  /** Show what lies here, then ask the server for what is new. */
  async start() {
    this.sender.addEventListener("change", () => this.lookAtQueue());
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
    const answer = await askDay(this.clock, this.day ? this.etag : null);
    await this.book.put("kept", this.clock.toKeep(), "clock");
    await this.take(answer);
  }

  async take(answer) {
    if (answer.state === "over" && this.day) {
      await this.vault.wipe();
      this.day = null;
    }
    if (answer.state === "day" && this.day && this.isSameDay(answer.day)) await this.keepDay(answer.day, answer.etag);
    else if (!this.day) this.door = doorOf(answer);
    this.isOut = answer.state === "out";
    this.draw();
  }

  isSameDay(day) {
    return day.on === this.day.on && day.me === this.day.me && day.city === this.day.city;
  }

  /** Lock a new day with a PIN; false where the server could not be asked to know this phone. */
  async begin(day, etag, pin) {
    const device = await letIn(day.on);
    if (!device) return false;
    await keepForGood();
    await this.vault.begin(pin, day.closes * 1000);
    await keepDevice(this.book, { ...device, on: day.on });
    await this.vault.put("device", device.device);
    await this.keepDay(day, etag);
    await this.opened();
    return true;
  }

  /** Open the day that lies here; throws WrongPinError. */
  async unlock(pin) {
    if (!(await this.vault.open(pin))) this.door = null;
    await this.opened();
    this.refresh();
  }

  async opened() {
    const kept = await this.vault.get("file");
    if (!kept) return this.refresh();
    Object.assign(this, { day: kept.day, etag: kept.etag, door: null });
    const device = await deviceOf(this.book, await this.vault.get("device"));
    this.queue = new Queue(this.book, device, await sealer(device.public_key), this.clock, this.vault);
    await this.readTold();
    this.draw({ isNew: true });
  }

  async keepDay(day, etag) {
    await this.vault.put("file", { day, etag });
    await this.vault.endsAt(day.closes * 1000);
    Object.assign(this, { day, etag });
    await this.readTold();
  }

  async readTold() {
    const told = await this.vault.all("told ");
    this.times = new Times(this.day.zone);
    this.state = new State(this.day, told);
  }

  /**
   * Write down what she did; it is on the phone once this resolves, and sent when it can be.
   * @param {string} kind @param {object|null} stop  null is the day
   */
  async record(kind, stop, body = {}) {
    const told = await this.queue.record(kind, stop?.id ?? "", this.day.plan.id, body);
    await this.book.put("kept", this.clock.toKeep(), "clock");
    await this.readTold();
    await this.lookAtQueue();
    this.sender.send();
    return told.key;
  }

  async lookAtQueue() {
    this.waiting = await this.sender.waiting();
    this.receipts = new Map((await this.sender.receipts()).map((one) => [one.key, one.state]));
    this.drawState();
  }

  now_s() {
    return this.clock.now() / 1000;
  }

  /** Go to a view; the browser's own way back leads here again. */
  go(hash) {
    if (location.hash === hash) this.draw({ isNew: true });
    else location.hash = hash;
  }

  /** Say something at the top of the next view, and to ears. */
  tell(words, kind = "good") {
    this.news = { words, kind };
  }

  /** Draw what is to be seen; a view that is being filled in is left alone unless it is new. */
  async draw({ isNew = false } = {}) {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    if (!isNew && this.isBusy()) return;
    const view = this.door ? doors[this.door.name] : await viewOf(location.hash);
    if (turn !== this.turn) return;
    const shown = await view.module.default(this, ...(view.args ?? []));
    if (turn === this.turn) this.put(shown, isNew);
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

/** Which door stands before a day that is not on this phone yet. */
function doorOf(answer) {
  const names = { day: "begin", none: "none", out: "out", over: "over", away: "away" };
  return { name: names[answer.state] ?? "away", ...answer };
}
