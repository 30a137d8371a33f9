// What the server says of the day: asked so often that nobody waits two seconds, and what was done by hand sent to it.
import { joinRun } from "./running.js";

const EVERY_MS = 1500;
const SOON_MS = 250; // something has happened, and is being worked out
const SLOWEST_MS = 6_000; // while it is gone: who waits for it sees it come back
const TRIES_MS = 10_000; // a question that takes longer is asked again
const KEEPS_MS = 60_000; // and what was done is sent again, with the same key: the day may have to be opened

// Events: "day" (what changed), "offline", "online", "here" (who else looks), "gone" (logged out),
// "search" (the number of the job that looks for a better plan, "" once none does).
export class DeskState extends EventTarget {
  constructor(base, version) {
    super();
    Object.assign(this, { base, version, day: null, etag: "", job: "", waitMs: EVERY_MS });
    this.queue = Promise.resolve();
    this.token = document.querySelector('meta[name="csrf-token"]').content;
  }

  tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  async begin() {
    await this.ask();
    this.watch();
    document.addEventListener("visibilitychange", () => !document.hidden && this.ask());
    addEventListener("online", () => this.ask());
  }

  watch() {
    setTimeout(async () => {
      if (!document.hidden) await this.ask();
      this.watch();
    }, this.waitMs);
  }

  // One question at a time; whoever asks meanwhile gets the answer to the next one.
  ask() {
    this.asking = (this.asking ?? Promise.resolve()).then(() => this.askNow());
    return this.asking;
  }

  async askNow() {
    const headers = { Accept: "application/json", "X-Poll": "1" };
    if (this.etag) headers["If-None-Match"] = this.etag;
    try {
      const url = `${this.base}desk.json${this.version ? `?version=${this.version}` : ""}`;
      const signal = AbortSignal.timeout(TRIES_MS);
      const answer = await fetch(url, { headers, cache: "no-store", signal });
      this.hear(answer);
      if (answer.status === 200) this.take(await answer.json(), answer.headers.get("ETag"));
    } catch {
      this.lose();
    }
  }

  hear(answer) {
    if (answer.status === 401 || answer.redirected) return this.tell("gone");
    if (answer.status >= 500) throw new Error(answer.statusText);
    if (this.isOffline) this.tell("online");
    const waitMs = answer.headers.has("X-Soon") ? SOON_MS : EVERY_MS;
    Object.assign(this, { isOffline: false, waitMs, heardAt: Date.now() });
    this.hearOfSearch(answer.headers.get("X-Job") ?? "");
    document.dispatchEvent(new CustomEvent("alarms", { detail: answer.headers.get("X-Alarms") ?? "" }));
    const here = decodeURIComponent(answer.headers.get("X-Here") ?? "");
    if (here === this.here) return undefined;
    this.here = here;
    return this.tell("here", { names: here ? here.split("\n") : [] });
  }

  // Of what the page was written with nothing is said: it shows that already.
  hearOfSearch(job) {
    if (job === this.job) return;
    this.job = job;
    this.tell("search", { job });
  }

  lose() {
    this.waitMs = Math.min(SLOWEST_MS, this.waitMs * 2);
    if (this.isOffline) return;
    this.isOffline = true;
    this.tell("offline", { since: this.heardAt ?? Date.now() });
  }

  take(day, etag) {
    const was = this.day;
    joinRun(day);
    this.join?.(day);
    Object.assign(this, { day, etag: etag ?? "" });
    this.tell("day", { day, was });
  }

  // Who sees one agency makes no draft of what is published, and changes what is hers in one.
  get mayAct() {
    return this.may === "all" || (this.may === "drafts" && this.day?.plan.state === "draft");
  }

  get revision() {
    return this.day.plan.revision;
  }

  crewOf(visitId) {
    return this.day.crews.find((crew) => crew.stops.some((stop) => stop.id === visitId));
  }

  stopOf(visitId) {
    return this.crewOf(visitId)?.stops.find((stop) => stop.id === visitId);
  }

  nameOf(visitId) {
    const left = this.day.left_out.find((one) => one.id === visitId);
    const crew = this.day.crews.find((one) => one.id === visitId);
    return (this.stopOf(visitId) ?? left ?? crew)?.name ?? this.memberName(visitId) ?? visitId;
  }

  // A crew is called by its members, in their order.
  memberName(id) {
    const crew = this.day.crews.find((one) => one.members.includes(id));
    return crew?.name.split("·")[crew.members.indexOf(id)];
  }

  async quotes(visitId) {
    const asked = new URLSearchParams({ visit: visitId, revision: this.revision });
    const headers = { Accept: "application/json" };
    const answer = await fetch(`${this.base}desk/quotes?${asked}`, { headers });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }

  // What is done by hand goes one after the other, each with its key: sent twice it is kept once.
  send(what, body = {}) {
    const key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    const sent = this.queue.then(() => this.sendUntilHeard(what, { key, ...body }));
    this.queue = sent.catch(() => {});
    return sent;
  }

  edit(edit) {
    return this.send("edits", { edit });
  }

  async sendUntilHeard(what, body) {
    const told = { ...body, revision: this.revision, version: this.day.plan.version };
    for (;;) {
      try {
        const answer = await this.post(what, told);
        if (answer.status < 500) return await this.answered(answer);
        return { status: answer.status, problem: answer.statusText };
      } catch {
        this.lose();
        await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      }
    }
  }

  post(what, told) {
    return fetch(`${this.base}desk/${what}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token },
      body: JSON.stringify(told),
      signal: AbortSignal.timeout(KEEPS_MS),
    });
  }

  async answered(answer) {
    const told = await answer.json().catch(() => ({}));
    await this.ask();
    return { status: answer.status, ...told };
  }
}
