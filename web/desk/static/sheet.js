// The side sheet: what the server tells of a visit, a crew or a case, beside the day.
import { element } from "../js/element.js";

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

  // `path` is a page below the day's, `acts` what can be done at once.
  async open(path, title, acts = [], options = {}) {
    this.from ??= document.activeElement;
    this.path = path;
    this.title.textContent = title;
    this.acts.replaceChildren(...acts);
    this.acts.hidden = acts.length === 0;
    this.content.replaceChildren(element("p", { className: "inside quiet", textContent: this.told.say("opening") }));
    this.root.hidden = false;
    this.root.focus({ preventScroll: true });
    await this.load(new URL(path, new URL(this.state.base, location.href)), options);
  }

  async load(url, options = {}) {
    const { path } = this;
    let found;
    try {
      const answer = await fetch(url, { ...options, headers: { ...options.headers, "X-Fragment": "1" } });
      found = await this.fragment(answer);
      if (path === this.path) this.url = new URL(answer.url);
    } catch (error) {
      found = element("p", {
        className: "inside wrong",
        role: "alert",
        textContent: this.told.say("not_opened", { why: error.message }),
      });
    }
    if (path !== this.path) return;
    this.content.replaceChildren(found);
    this.takeTitle(found);
  }

  // What a fragment calls itself stands above it, once.
  takeTitle(body) {
    if (!body.ariaLabel) return;
    this.title.textContent = body.ariaLabel;
    const first = body.querySelector("h3");
    if (first?.textContent.trim() === body.ariaLabel) first.remove();
  }

  async fragment(answer) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const body = page.querySelector(".sheet-body") ?? page.querySelector("main");
    if (!body) throw new Error(answer.statusText || String(answer.status));
    return document.adoptNode(body);
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
    await this.load(form.action, { method: "POST", body });
    form.isConnected || this.root.focus({ preventScroll: true });
    await this.state.ask();
  }

  // What is told of a visit is of the plan as it stands; what somebody writes in is left alone.
  renew({ day, was }) {
    const isChanged = was && (day.plan.revision !== was.plan.revision || day.plan.id !== was.plan.id);
    const isWriting = this.content.contains(document.activeElement);
    if (this.isOpen && isChanged && !isWriting && this.url) this.load(this.url);
  }

  // A link to a fragment opens in the sheet, wherever it stands; all others leave for their page.
  follow(event) {
    const link = event.target.closest("a[data-sheet]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.open(link.href, link.dataset.sheet || link.textContent);
  }

  close() {
    if (!this.isOpen) return;
    this.root.hidden = true;
    this.path = this.url = undefined;
    const back = this.from?.isConnected ? this.from : null;
    this.from = undefined;
    back?.focus({ preventScroll: true });
  }
}
