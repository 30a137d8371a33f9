// Her own pages: promises given to her, her fortnight, her figures beside her own earlier weeks.

import { keepOwn, ownOf } from "../own_file.js";
import { button, element, link, notice, paragraph } from "../pieces.js";
import { t, tn } from "../words.js";

const SHOWN_MS = 20_000;
const NOON_MS = 12 * 3_600_000; // of a day told by its date, so that no zone moves it

const TABS = {
  promises: ["#/own", () => t("My promises"), promises],
  week: ["#/own/week", () => t("My week"), week],
  figures: ["#/own/figures", () => t("My figures"), figures],
};

export default async function view(app, tab = "promises") {
  const told = await ownOf(app);
  keepOwn(app, { isAsked: !told?.works }).then((isNew) => { if (isNew) app.draw(); });
  const [, title, tell] = TABS[tab];
  return {
    title: title(),
    back: "#/more",
    main: [
      tabs(tab),
      ...(told?.works ? told.works.flatMap((work) => named(told, work, tell(app, work))) : [notice(whyNot(told), "info")]),
      link(t("Help"), "#/help", { is: "info" }),
    ],
  };
}

/** Why nothing of hers is here: it has not come, or a link does not show it. */
function whyNot(told) {
  return told ? t("You came in by a link: it shows the day alone. Log in with your password to see your own work.") : t("This comes with the next network.");
}

function tabs(chosen) {
  const made = element("nav", { className: "own-tabs" }, Object.entries(TABS).map(([name, [href, title]]) => {
    const way = link(title(), href, { looks: "button" });
    if (name === chosen) way.setAttribute("aria-current", "page");
    return way;
  }));
  made.setAttribute("aria-label", t("My own pages"));
  return made;
}

/** Who works in several cities sees which is which. */
function named(told, work, parts) {
  return told.works.length > 1 ? [element("h2", { textContent: work.city }), ...parts] : parts;
}

function promises(app, work) {
  const lines = work.promises.map((one) => promise(app, one));
  return [
    ...(work.knows_payments ? [] : [paragraph(t("The book has no payments: nobody knows which promises were kept."), "dense quiet")]),
    ...(lines.length ? [element("ul", { className: "own-list list-plain" }, lines)]
      : [paragraph(t("No promise is open, and none was due in the last weeks."), "quiet")]),
  ];
}

function promise(app, one) {
  const name = element("strong", { textContent: one.name || t("not yours any more") });
  const made = element("li", {}, [
    element("div", {}, [name, " ", element("span", { className: `tag ${LOOKS[one.state] ?? ""}`, textContent: one.words })]),
    element("div", { className: "quiet", textContent: [by(app, one), one.method].filter(Boolean).join(" · ") }),
  ]);
  if (one.full) made.append(button(t("Show name and sum"), () => show(app, one, made, name), { looks: "button" }));
  return made;
}

const LOOKS = { due: "warn", kept: "good", broken: "bad", partly_kept: "warn" };

function by(app, one) {
  const due = t("by %(day)s", { day: day(app, one.due) });
  return one.last === one.due ? due : [due, t("with grace until %(day)s", { day: day(app, one.last) })].join(" · ");
}

/** Show whose it is and the sum, for seconds; that she looked is recorded first. */
async function show(app, one, row, name) {
  await app.record("shown", null, { fields: ["name", "amount"], promise: one.id });
  row.dataset.keep = "";
  name.textContent = one.full.name;
  row.querySelector("button").replaceWith(
    element("strong", { textContent: one.full.amount }),
    paragraph(t("Hidden again in %(seconds)d seconds. That you looked is on record.", { seconds: SHOWN_MS / 1000 }), "dense quiet"),
  );
  setTimeout(() => { delete row.dataset.keep; app.draw({ isNew: row.isConnected }); }, SHOWN_MS);
}

function week(app, work) {
  return [element("ul", { className: "own-list list-plain" }, work.days.map((one) => ownDay(app, work, one)))];
}

function ownDay(app, work, one) {
  const hours = one.shift ? app.times.span(...one.shift) : one.is_off ? t("day off") : one.plan ? "" : t("not told yet");
  const made = element("li", {}, [
    element("div", {}, [
      element("strong", { textContent: day(app, one.on) }), " ",
      element("span", { className: one.shift ? "" : "quiet", textContent: hours }),
    ]),
    ...(one.plan ? [element("div", { className: "quiet", textContent: published(app, one.plan) })] : []),
  ]);
  if (one.on === work.today) made.setAttribute("aria-current", "date");
  return made;
}

function published(app, plan) {
  const mates = plan.mates.length ? [t("with %(names)s", { names: plan.mates.join(t(", ")) })] : [];
  return [tn("%(num)d visit", "%(num)d visits", plan.visits), app.times.span(plan.starts, plan.ends), ...mates].join(" · ");
}

function figures(app, work) {
  return [
    paragraph(t("Beside your own weeks, never beside your colleagues. No money is counted here."), "dense quiet"),
    table([t("What is counted"), t("This week"), t("Usual before")], work.figures.map((one) =>
      [[one.words, ...(one.said ? [element("span", { className: "own-said quiet", textContent: one.said })] : [])], one.now, one.before])),
    ...(work.weeks.length ? [
      element("h2", { textContent: t("Your weeks") }),
      table([t("Week from"), t("Visits made"), t("Borrower met")], work.weeks.map((one) =>
        [[day(app, one.first)], String(one.visits), one.met])),
    ] : []),
  ];
}

function table(heads, rows) {
  return element("table", { className: "table own-table" }, [
    element("thead", {}, [element("tr", {}, heads.map((words, at) => cell("th", [words], at, "col")))]),
    element("tbody", {}, rows.map(([head, ...values]) => element("tr", {}, [
      cell("th", head, 0, "row"), ...values.map((value, at) => cell("td", [value], at + 1)),
    ]))),
  ]);
}

function cell(kind, parts, at, scope = "") {
  const made = element(kind, { className: at ? "figure" : "" }, parts);
  if (scope) made.scope = scope;
  return made;
}

function day(app, date) {
  return app.times.day((Date.parse(date) + NOON_MS) / 1000);
}
