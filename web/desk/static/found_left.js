// The left-out that the list's search finds: they stand above the crews, and open as all else does.
import { element } from "../js/element.js";

const CALM_MS = 250; // while somebody types, nothing is asked
const LEAST = 2; // letters; a name of one is masked to that and a star

const text = (name, className, words) => element(name, { className, textContent: words });

export class FoundLeft {
  constructor(list, state, told) {
    Object.assign(this, { list, state, told, count: 0, asked: "" });
    this.lines = element("ul", { className: "entries list-plain" });
    this.number = text("span", "tag push", "");
    const head = element("header", {}, [text("h2", "", told.say("left_out")), this.number]);
    this.box = element("section", { className: "panel left-out found", hidden: true }, [head, this.lines]);
    list.crews.closest("section").before(this.box);
    list.search.addEventListener("input", () => this.askSoon());
    state.addEventListener("day", () => this.asked && this.askSoon());
  }

  askSoon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask().catch(() => {}), CALM_MS);
  }

  async ask() {
    const wanted = this.list.search.value.trim();
    this.asked = wanted.length < LEAST ? "" : wanted;
    if (!this.asked) return this.show({ count: 0, found: [] });
    const version = this.state.version ? `?version=${this.state.version}` : "";
    const answer = await this.state.post(`look${version}`, { q: wanted });
    if (answer.ok && wanted === this.list.search.value.trim()) this.show(await answer.json());
    return undefined;
  }

  show({ count, found }) {
    this.count = count;
    this.box.hidden = count === 0;
    this.number.textContent = count;
    this.lines.replaceChildren(...found.map((one) => this.line(one)));
    if (count > found.length) {
      this.lines.append(text("li", "quiet", this.told.say("more_found", { count: count - found.length })));
    }
    this.list.tellNothing();
  }

  line({ id, cases, name, streets, group }) {
    const parts = [text("strong", "whole", cases.join(", ") || id), ` ${name} `];
    parts.push(text("span", "quiet", [...streets, group].join(" · ")));
    return element("li", { tabIndex: 0, data: { visit: id } }, parts);
  }
}
