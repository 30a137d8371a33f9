// The side sheet: what the server tells of a visit, a crew or a case, beside the day.
import { element } from "../js/element.js";
import { wayBack } from "./focus.js";
import { toast } from "./toasts.js";

const ANSWER_MS = 60_000; // the day may have to be opened
const FIELDS = "input:not([type=hidden]), select, textarea";

// Opens fragments of pages; their forms are sent without leaving the day.
export class Sheet {
  constructor(root, state, told) {
    Object.assign(this, { root, state, told });
    const part = (id) => root.querySelector(`#sheet-${id}`);
    Object.assign(this, { title: part("title"), acts: part("acts"), content: part("content") });
    root.addEventListener("click", ({ target }) => target.closest('[data-act="close"]') && this.close());
    state.addEventListener("day", ({ detail }) => this.renew(detail));
    root.addEventListener("submit", (event) => this.submit(event));
    document.addEventListener("click", (event) => this.follow(event));
  }

  get isOpen() {
    return !this.root.hidden;
  }

  // `path` is a page below the day's, `acts` makes what can be done at once, by the day as it stands.
  async open(path, title, acts = () => [], options = {}) {
    if (!this.root.contains(document.activeElement)) this.goBack = wayBack(document.activeElement);
    this.path = path;
    this.title.textContent = title;
    this.makeActs = acts;
    this.acts.replaceChildren();
    this.showActs();
    this.content.replaceChildren(element("p", { className: "inside quiet", textContent: this.told.say("opening") }));
    this.root.hidden = false;
    this.root.focus({ preventScroll: true });
    await this.load(new URL(path, new URL(this.state.base, location.href)), options);
  }

  // What can be done stays the same buttons while it is the same; what had the focus keeps it.
  showActs() {
    const acts = this.makeActs();
    const told = (all) => [...all].map((one) => one.textContent).join("|");
    if (told(acts) === told(this.acts.children)) return;
    const hadFocus = this.acts.contains(document.activeElement);
    this.acts.replaceChildren(...acts);
    this.acts.hidden = acts.length === 0;
    if (hadFocus) (acts[0] ?? this.root).focus({ preventScroll: true });
  }

  async load(url, options = {}) {
    const { path } = this;
    const isSent = options.method === "POST";
    try {
      const headers = { ...options.headers, "X-Fragment": "1" };
      const answer = await fetch(url, { ...options, headers, signal: AbortSignal.timeout(ANSWER_MS) });
      if (answer.status >= 500) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (path === this.path) this.take(page, answer, isSent);
    } catch {
      if (path !== this.path || (options.isRenewal && this.shown)) return;
      const again = () => (isSent ? this.send(url, options) : this.load(url, options));
      this.warn(this.told.say(isSent ? "not_answered" : "not_opened", { why: this.told.say("no_answer") }), again, isSent);
    }
  }

  // A piece is shown; the day's own page has done what was asked; of all others only the words are told.
  take(page, answer, isSent) {
    const body = page.querySelector(".sheet-body");
    if (body) {
      this.url = new URL(answer.url);
      this.content.replaceChildren(document.adoptNode(body));
      this.takeTitle(body);
    } else if (answer.ok && new URL(answer.url).pathname === this.state.base) {
      for (const told of page.querySelectorAll("body > .notices .notice")) toast(told.textContent.trim());
      this.close();
    } else {
      this.warn(this.told.say(isSent ? "failed" : "not_opened", { why: this.wordsOf(page, answer) }));
    }
  }

  get shown() {
    return this.content.querySelector(".sheet-body");
  }

  wordsOf(page, answer) {
    if (page.querySelector("input[type=password]")) return this.told.say("logged_out");
    const words = [...page.querySelectorAll("main h1, main p")].map((one) => one.textContent.trim());
    return words.join(" ") || answer.statusText || String(answer.status);
  }

  // What stands there stays as it was filled in; sent again it goes as it was, under its key.
  warn(words, again, isSent) {
    this.content.querySelector(".unsent")?.remove();
    const told = element("div", { className: "unsent inside stack tight", role: "alert" }, [
      element("p", { className: "wrong", textContent: words }),
    ]);
    if (again) told.append(this.againButton(isSent, again));
    if (this.shown) this.content.prepend(told);
    else this.content.replaceChildren(told);
    told.scrollIntoView({ block: "nearest" });
  }

  againButton(isSent, press) {
    const textContent = this.told.say(isSent ? "send_again" : "try_again");
    const button = element("button", { type: "button", className: "button", textContent });
    button.addEventListener("click", () => {
      button.disabled = true;
      press();
    });
    return element("p", {}, [button]);
  }

  // What a fragment calls itself stands above it, once.
  takeTitle(body) {
    if (!body.ariaLabel) return;
    const name = body.ariaLabel;
    this.title.textContent = name;
    body.removeAttribute("aria-label");
    const first = body.querySelector("h3");
    if (first?.textContent.trim() === name) first.remove();
  }

  // A form of the sheet is sent by fetch; then the day is asked anew and the sheet shows what came.
  async submit(event) {
    const form = event.target;
    if (form.matches("[data-file]")) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    if (form.method === "get") {
      const asked = form.hasAttribute("action") ? new URL(form.action) : this.url;
      asked.search = new URLSearchParams(body);
      await this.load(asked);
      return;
    }
    await this.send(form.action, { method: "POST", body });
  }

  async send(url, options) {
    const { activeElement } = document;
    await this.load(url, options);
    if (this.isOpen && !activeElement?.isConnected) this.root.focus({ preventScroll: true });
    await this.state.ask();
  }

  // What is told of a visit is of the plan as it stands; what somebody writes in is left alone.
  renew({ day, was }) {
    const isChanged = was && (day.plan.revision !== was.plan.revision || day.plan.id !== was.plan.id);
    if (!this.isOpen || !isChanged) return;
    this.showActs();
    if (!this.isWriting && this.url) this.load(this.url, { isRenewal: true });
  }

  get isWriting() {
    const isFilledIn = (one) =>
      one.matches("select")
        ? [...one.options].some((option) => option.selected !== option.defaultSelected && option.index > 0)
        : one.value !== one.defaultValue || one.checked !== one.defaultChecked;
    const fields = [...this.content.querySelectorAll(FIELDS)];
    return this.content.contains(document.activeElement) || fields.some(isFilledIn) || Boolean(this.content.querySelector(".unsent, [data-asked]"));
  }

  // A link to a fragment opens in the sheet, wherever it stands; all others leave for their page.
  follow(event) {
    const link = event.target.closest("a[data-sheet]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.open(link.href, link.dataset.sheet || link.textContent);
  }

  // The focus goes back to what the sheet was opened from, or to what is drawn in its place by now.
  close() {
    if (!this.isOpen) return;
    this.root.hidden = true;
    this.path = this.url = undefined;
    const { goBack } = this;
    this.goBack = undefined;
    goBack?.()?.focus({ preventScroll: true });
  }
}
