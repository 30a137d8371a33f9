// Everything that this phone recorded: what waits, what the server holds, what is to be decided.

import { button, element, notice, paragraph, sign } from "../pieces.js";
import { t, tn } from "../words.js";

/** What a record tells, by its kind. */
const KINDS = {
  begin: () => t("Day begun"), accept: () => t("Change accepted"), arrive: () => t("Arrived"),
  confirm: () => t("Second person confirmed"), leave: () => t("Left"), result: () => t("Result"),
  skip: () => t("Visit let go"), call: () => t("Call"), shown: () => t("Looked at what was hidden"),
  break_begin: () => t("Break begun"), break_end: () => t("Break over"), late: () => t("Running late"),
  problem: () => t("Problem"), panic: () => t("Alarm"), attachment: () => t("Attachment"), end: () => t("Day ended"),
};
const STATES = {
  waiting: ["good", () => t("with the server")], applied: ["good", () => t("in the book")],
  same: ["good", () => t("told alike by your colleague")], conflict: ["warn", () => t("told otherwise by your colleague: the desk decides")],
  refused: ["warn", () => t("cannot be: the desk looks at it")], unreadable: ["warn", () => t("could not be read: the desk looks at it")],
  decided: ["good", () => t("decided by the desk")], foreign: ["bad", () => t("its number is another's: ask the desk")],
};

export default function view(app) {
  const told = (app.state?.told ?? []).toReversed();
  const own = new Set(told.map((one) => one.key));
  const others = app.waiting.filter((key) => !own.has(key)).length;
  return {
    title: t("Records"),
    back: "#/",
    main: [
      head(app),
      ...(others ? [notice(tn("%(num)d record of an earlier day waits, too.", "%(num)d records of earlier days wait, too.", others))] : []),
      told.length ? element("ol", { className: "records list-plain" }, told.map((one) => row(app, one))) : paragraph(t("Nothing is recorded yet."), "quiet"),
    ],
    thumb: [button(t("Send now"), () => app.sender.send(), { looks: "button main large" })],
  };
}

function head(app) {
  const count = app.waiting.length;
  if (!count) return notice(t("Nothing waits: the server holds everything."), "good");
  const words = tn("%(num)d record waits on this phone. It is sent when this page is open and a network is there; until then it is kept, also after a restart.",
    "%(num)d records wait on this phone. They are sent when this page is open and a network is there; until then they are kept, also after a restart.", count);
  return notice(words, app.sender.hasNetwork === false ? "warn" : "info");
}

function row(app, told) {
  const waits = app.waiting.includes(told.key);
  const [kind, words] = waits ? ["info", () => t("waits on this phone")] : STATES[app.receipts.get(told.key)] ?? ["info", () => t("waits on this phone")];
  const stop = app.state.stop(told.visit);
  return element("li", { className: `record ${kind}` }, [
    element("time", { textContent: app.times.clock(Date.parse(told.at) / 1000) }),
    element("span", {}, [
      element("strong", { textContent: (KINDS[told.kind] ?? (() => told.kind))() }),
      ...(stop ? [` · ${stop.number} ${stop.name}`] : []),
      element("span", { className: "quiet" }, [sign(kind), words()]),
    ]),
  ]);
}
