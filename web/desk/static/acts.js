// What is done by hand: sent to the server, and what it answers told beside the thing itself.
import { toast } from "./toasts.js";

export class Acts {
  constructor(state, told, list) {
    Object.assign(this, { state, told, list, sending: new Set() });
    state.addEventListener("day", () => this.sending.forEach((id) => this.mark(id, true)));
    document.addEventListener("click", ({ target }) => this.press(target.closest("[data-act]")?.dataset.act));
  }

  press(act) {
    const chosen = () => [...this.list.chosen];
    const known = {
      undo: () => this.undo(),
      redo: () => this.redo(),
      "hold-chosen": () => this.hold(chosen()),
      "release-chosen": () => this.release(chosen()),
      "take-off-chosen": () => this.takeOff(chosen()),
      "move-chosen": () => this.moveAll(chosen(), document.querySelector("#chosen-crew").value),
      "choose-none": () => this.list.chooseNone(),
    };
    known[act]?.();
  }

  // Pressed while something else is being kept, it is about what is there after that.
  async again(way) {
    await this.state.queue;
    return this.state.day?.[way] ? this.done(this.state.send(way)) : undefined;
  }

  undo() {
    return this.again("undo");
  }

  redo() {
    return this.again("redo");
  }

  hold(ids, more = {}) {
    const locks = ids.map((id) => ({ visit_id: id, crew_id: this.state.crewOf(id)?.id, ...more }));
    return this.edit({ kind: "hold", locks: locks.filter((lock) => lock.crew_id) }, ids);
  }

  release(ids) {
    return this.edit({ kind: "release", visit_ids: ids }, ids);
  }

  takeOff(ids) {
    const steps = ids.map((id) => ({ kind: "take_off", visit_id: id }));
    return this.edit(steps.length === 1 ? steps[0] : { kind: "together", steps }, ids);
  }

  swap(crewId, otherId) {
    return this.edit({ kind: "swap", crew_id: crewId, other_id: otherId }, []);
  }

  // Each where it costs least; all of them or none.
  moveAll(ids, crewId) {
    if (!this.state.mayAct || !crewId) return undefined;
    return this.done(this.state.send("move-all", { visits: ids, crew: crewId }), ids);
  }

  move(visitId, crewId, before) {
    return this.edit({ kind: "move", visit_id: visitId, crew_id: crewId, before }, [visitId]);
  }

  edit(edit, ids) {
    if (!this.state.mayAct) return undefined;
    return this.done(this.state.edit(edit), ids);
  }

  // While it is being kept, what it is about is shown so; what was refused is told with its reasons.
  async done(sent, ids = []) {
    const mark = (isSending) => ids.forEach((id) => this.mark(id, isSending));
    mark(true);
    const told = await sent;
    mark(false);
    if (told.status === 409) toast(told.problem ?? told.detail ?? this.told.say("conflict"), { kind: "warn" });
    else if (told.status === 422) this.refuse(told.violations ?? []);
    else if (told.unchanged) toast(told.unchanged);
    else if (told.status >= 400) toast(this.told.say("failed", { why: told.problem ?? told.detail ?? told.status }), { kind: "bad" });
    return told.status < 400;
  }

  mark(id, isSending) {
    if (isSending) this.sending.add(id);
    else this.sending.delete(id);
    for (const one of document.querySelectorAll(`[data-visit="${CSS.escape(id)}"]`)) {
      one.classList.toggle("sending", isSending);
    }
  }

  // Whom of the day's people and visits it is about, where the page knows her by name.
  whose(id) {
    const name = id ? this.state.nameOf(id) : "";
    return name && name !== id ? `${name}: ` : "";
  }

  refuse(violations) {
    const told = new Set();
    for (const { id, text, is_law: isLaw, rule, ask } of violations) {
      const authority = rule ? ` (${this.told.say(isLaw ? "by_law" : "house_rule")})` : "";
      const words = `${this.told.say("refused")} ${this.whose(id)}${text}${authority}`;
      if (told.has(words)) continue;
      told.add(words);
      toast(words, {
        kind: "bad",
        stays: Boolean(ask),
        button: ask && this.told.say("ask_override"),
        link: ask,
      });
    }
  }
}
