// Writing down what she did: on this phone's disk, or with the server where the disk does not take it.

import { noteWritten } from "./evicted.js";
import { NotKeptError, Queue } from "./queue.js";
import { recover } from "./recovery.js";
import { sealer } from "./sealing.js";
import { deviceOf, keepDevice, STANDING_ALONE } from "./sending.js";
import { letIn } from "./server.js";
import { askUnkept, NotRecordedError } from "./unkept.js";
import { t, tn } from "./words.js";

export class Recording {
  /** @param app  whose day is open (app.js) */
  constructor(app) {
    this.app = app;
    this.queue = null; // what records are written by
    this.unkept = []; // what only the server holds: the disk took none of it
    this.lost = ""; // what the browser has deleted, in words
  }

  /** Make ready to write; it cannot where this phone's name of the day is lost, and no network is there. */
  async open() {
    const { book, clock, vault } = this.app, id = await vault.get("device");
    const device = (id && (await deviceOf(book, id))) ?? (await this.letInAgain());
    this.queue = device && new Queue(book, device, await sealer(device.public_key), clock, vault);
  }

  close() {
    this.queue = null;
  }

  async letInAgain() {
    const { on } = this.app.day, device = await letIn(on);
    if (device) await this.keep(device, on);
    return device;
  }

  /** Keep under whose name this phone tells of a day. */
  async keep(device, on) {
    await keepDevice(this.app.book, { ...device, on });
    await this.app.vault.put("device", device.device);
  }

  /** Say what the browser has lost of what was written down; what can be brought back is. */
  async lookForLosses() {
    if (!this.queue) {
      this.lost = t("The browser has deleted what this phone sends with. Open the page where there is a network before you record anything.");
      return;
    }
    const { again, missing } = await recover(this.app.book, this.queue, this.app.state.told);
    this.lost = (await this.lostBefore()) || (missing ? tn("The browser has deleted %(num)d record of today that had been written down here. If it was not sent before, it is lost: tell the desk.",
      "The browser has deleted %(num)d records of today that had been written down here. What was not sent before is lost: tell the desk.", missing) : "");
    if (again) this.app.sender.send();
  }

  /**
   * Write a record down; what is known of it is returned once it is kept.
   * @param {string} kind @param {string} visit  '' is the day @param {object} body
   */
  async write(kind, visit, body) {
    await this.openAgain();
    try {
      const told = await this.queue.record(kind, visit, this.app.day.plan.id, body);
      noteWritten(this.app.day.on, this.queue.device.device, [...this.app.state.told, told]);
      return told;
    } catch (error) {
      if (!(error instanceof NotKeptError)) throw error;
      if (STANDING_ALONE.has(kind)) throw error.cause; // its view holds it, and says so
      return this.askAbout(error);
    }
  }

  async openAgain() {
    if (this.queue) return;
    await this.open();
    if (!this.queue) throw this.cannot();
    await this.lookForLosses();
  }

  /** What is lost for good since the browser had deleted all that lay here. */
  async lostBefore() {
    const { written = 0, brought = 0 } = (await this.app.vault.get("evicted")) ?? {};
    const lost = Math.max(0, written - brought);
    return lost && tn("The browser had deleted all that lay on this phone of today. %(num)d record had been written down and was not sent: it is lost. Tell the desk.",
      "The browser had deleted all that lay on this phone of today. %(num)d records had been written down and were not sent: they are lost. Tell the desk.", lost);
  }

  /** Make ready once a network is there, where it could not be before. */
  async mend() {
    if (this.queue) return;
    await this.open();
    await this.lookForLosses();
    this.app.draw();
  }

  /** Let her choose what becomes of a record that the disk did not take. */
  async askAbout(error) {
    const how = await askUnkept(() => this.queue.again(error), () => this.app.sender.direct(error.row));
    if (how === "sent") this.unkept.push(error.told);
    return error.told;
  }

  cannot() {
    this.app.tell(this.lost, "bad");
    this.app.bringNews();
    return new NotRecordedError(this.lost);
  }
}
