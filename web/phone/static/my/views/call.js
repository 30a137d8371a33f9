// Calling a borrower: the rules first, then the telephone, then what came of it.

import { callsMade, openedAt, refused } from "../calling.js";
import { button, chips, element, link, notice, once, paragraph } from "../pieces.js";
import { t } from "../words.js";
import { gone, pathOf } from "./visit.js";

const ANSWERED = "answered", NOT_CALLED = "not_tried";

export default function view(app, id) {
  const stop = app.state.stop(id);
  if (!stop) return gone();
  const back = pathOf(stop);
  return { title: t("Call"), back, ...body(app, stop, back) };
}

function body(app, stop, back) {
  if (!stop.call) return { main: [notice(t("The book has no telephone number of this borrower."), "info")] };
  const opened_s = openedAt(app.state.told, stop);
  if (opened_s !== null) return { main: [heading(stop), form(app, stop, opened_s, back)] };
  const no = refused(stop.call, app.day.reasons, app.clock.now(), callsMade(app.state.told, stop));
  if (no) return { main: [heading(stop), ...refusal(app, no)] };
  return {
    main: [heading(stop), paragraph(t("The number opens in the telephone app and is not shown here. That you opened it is on record; afterwards you are asked what came of the call."), "quiet")],
    thumb: [button(t("Open in the telephone app"), () => dial(app, stop), { looks: "button main large", is: "phone" })],
  };
}

function heading(stop) {
  return element("h2", { textContent: stop.name });
}

/** Which rule says no, until when, and that nobody goes past a law. */
function refusal(app, { why, from_s }) {
  const until = from_s ? t("From %(time)s on calls are allowed.", { time: app.times.clock(from_s) }) : t("Not today any more.");
  return [
    notice(why.title || t("A rule does not allow this call now"), "bad", [element("br"), until]),
    ...[why.facts, why.text].filter(Boolean).map((words) => paragraph(words)),
    paragraph(why.is_law ? t("This is the law: nobody can set it aside.") : t("This is a rule of the house: the desk may set it aside for today."), "quiet"),
    ...(why.source ? [paragraph(why.source, "dense quiet")] : []),
  ];
}

/** The record is on the phone before the number leaves the page. */
async function dial(app, stop) {
  await app.record("shown", stop, { fields: ["phone"] });
  element("a", { href: `tel:${stop.phone.replace(/[^\d+*#,;]/g, "")}` }).click();
  await app.draw({ isNew: true });
}

function form(app, stop, opened_s, back) {
  const results = [...app.day.forms.called, [NOT_CALLED, t("did not call")]];
  const withWhom = chips("party", t("With whom"), app.day.forms.called_with);
  withWhom.dataset.asked = "";
  const made = element("form", { className: "stack", noValidate: true }, [
    chips("result", t("What came of the call at %(time)s?", { time: app.times.clock(opened_s) }), results, { tall: true }),
    withWhom,
    element("button", { className: "button main large wide", textContent: t("Keep") }),
  ]);
  const show = () => { withWhom.hidden = chosen(made, "result") !== ANSWERED; };
  made.addEventListener("change", show);
  made.addEventListener("submit", (event) => { event.preventDefault(); once(made, () => keep(app, stop, made, back)); });
  show();
  return made;
}

function chosen(form, name) {
  return new FormData(form).get(name) ?? "";
}

async function keep(app, stop, form, back) {
  const result = chosen(form, "result"), party = result === ANSWERED ? chosen(form, "party") : "";
  const lacks = !result ? t("Choose what came of the call.") : result === ANSWERED && !party ? t("Choose with whom you talked.") : "";
  form.querySelector(".notice")?.remove();
  if (lacks) return form.prepend(notice(lacks, "bad"));
  const from = location.hash;
  await app.record("call", stop, { result, ...(party && { party }) });
  app.goOn(from, back);
}
