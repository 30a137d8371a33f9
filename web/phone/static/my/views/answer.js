// What an answer needs: only what its code asks for, and what may be told with any.

import { area, dayField, select } from "../inputs.js";
import { chips, element, field, notice, once, paragraph, say } from "../pieces.js";
import { check, MORE_FIELDS, mayGrace, takes } from "../result_check.js";
import { t } from "../words.js";
import { agreement, moreToTell, recording } from "./details.js";
import { mayTellAll } from "./company.js";
import { openCodes } from "./result.js";
import { gone, pathOf, whom } from "./visit.js";

const FORM = "result-form";

export default function view(app, id, name) {
  const stop = app.state.stop(id), answer = app.day.forms.answers.find((one) => one.id === name);
  if (!stop?.place || !answer) return gone(stop);
  const how = app.state.of(stop), codes = openCodes(app, answer, mayTellAll(app, stop), stop);
  if (!codes.length) return gone(stop);
  const about = { app, stop, answer, codes, corrects: how.result?.key ?? "" };
  const box = element("div", {}, []);
  fill(box, about, first(about, how), {});
  const save = element("button", { className: "button main large", textContent: t("Save") });
  save.setAttribute("form", FORM);
  return { title: answer.words, back: `${pathOf(stop)}/result`, main: [box], thumb: [save] };
}

/** What stands in the form at first: what she told before, and how the last promise was to be paid. */
function first({ app, codes, answer }, how) {
  const told = how.result?.body;
  if (told && answer.codes.includes(told.code)) return told;
  const last = app.state.told.findLast((one) => one.kind === "result" && one.body.method);
  return { code: codes.length === 1 ? codes[0] : "", method: last?.body.method ?? app.day.forms.methods[0][0] };
}

/** Draw the form anew, with what was typed and what is wrong about it. */
function fill(box, about, typed, wrong) {
  const { app, stop, codes } = about, { forms } = app.day;
  const isRecorded = Boolean(app.day.recording?.asked);
  const form = element("form", { className: "stack", id: FORM, noValidate: true }, [
    whom(stop),
    ...(about.corrects ? [notice(t("This takes the place of the first result, and undoes what that led to. The first one stays in the record."))] : []),
    ...(Object.keys(wrong).length ? [notice(wrongAtAll(codes, wrong), "bad")] : []),
    ...(codes.length > 1 ? [chips("code", t("More exactly"), codes.map((code) => [code, forms.codes[code].words]), { chosen: typed.code, wrong: wrong.code, tall: true })] : []),
    ...(stop.contracts > 1 ? [select("case_id", t("About which case"), stop.full.cases.map(([id, product]) => [id, `${id} · ${product}`]), typed.case_id)] : []),
    ...asked(about, typed, wrong),
    area("note", t("Note (may stay empty)"), typed.note, { longest: forms.longest_note, wrong: wrong.note }),
    ...(isRecorded ? [recording(forms, typed, wrong)] : []),
    moreToTell(forms, typed, wrong, { isOpen: Object.keys(wrong).some((one) => MORE_FIELDS.has(one)), isRecorded }),
  ]);
  form.addEventListener("change", () => showAsked(form, about));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(form, () => save(box, about, Object.fromEntries(new FormData(form))));
  });
  box.replaceChildren(form);
  showAsked(form, about);
}

function wrongAtAll(codes, wrong) {
  return codes.length === 1 && wrong.code ? wrong.code : t("Not saved yet: please look at what is marked.");
}

/** Everything that one of the codes asks for; what the chosen one does not is hidden. */
function asked({ app, codes, answer }, typed, wrong) {
  const { forms, on, currency } = app.day;
  const any = (test) => codes.some(test);
  const part = (one) => [one.id, `${one.words} ${one.from}\u2060–\u2060${one.to}`];
  return [
    ...(any((code) => takes(forms, code, "amount")) ? [group("amount", [
      field("amount", t("Amount (%(currency)s)", { currency }), { value: typed.amount ?? "", inputMode: "decimal", autocomplete: "off" }, { wrong: wrong.amount }),
    ])] : []),
    ...(any((code) => takes(forms, code, "due")) ? [group("due", [
      dayField("due", t("To be paid by"), on, { value: typed.due, wrong: wrong.due }),
      chips("method", t("How it is paid"), forms.methods, { chosen: typed.method, wrong: wrong.method }),
    ])] : []),
    ...(any((code) => takes(forms, code, "next_time")) ? [group("next_time", [
      paragraph(answer.id === "not_home" ? t("Does somebody know a better time? Otherwise leave this empty.") : t("When does it suit?"), "dense quiet"),
      dayField("next_day", t("Day"), on, { value: typed.next_day, wrong: wrong.next_day }),
      chips("part", t("Part of the day"), forms.parts.map(part), { chosen: typed.part, wrong: wrong.part }),
    ])] : []),
    ...(any((code) => mayGrace(forms, code)) ? [group("grace", [
      field("grace_days", t("Days of grace"), { value: typed.grace_days ?? "", inputMode: "numeric" }, { wrong: wrong.grace_days }),
    ])] : []),
    ...(codes.includes("AGREEMENT") ? [group("agreement", [agreement(typed, wrong)])] : []),
  ];
}

function group(detail, children) {
  return element("div", { className: "stack", data: { asked: detail } }, children);
}

function showAsked(form, { app, codes }) {
  const { forms } = app.day, chosen = new FormData(form).get("code") ?? (codes.length === 1 ? codes[0] : "");
  const isAsked = { grace: () => mayGrace(forms, chosen), agreement: () => chosen === "AGREEMENT" };
  for (const box of form.querySelectorAll("[data-asked]")) {
    const detail = box.dataset.asked;
    box.hidden = !(isAsked[detail] ?? (() => takes(forms, chosen, detail)))();
  }
}

/** Keep it, unless something is to be mended first. */
async function save(box, about, typed) {
  const { app, stop, codes } = about, { body, wrong } = check(typed, codes, app.day.forms, app.day.on, app.day.me);
  if (Object.keys(wrong).length) return mend(box, about, typed, wrong);
  const now = app.state.of(stop).result?.key ?? "";
  if (now !== about.corrects) {
    about.corrects = now; // the other phone, or another page of this one, told it meanwhile
    return mend(box, about, typed, { code: t("A result was recorded meanwhile. Save again to put this one in its place.") });
  }
  const from = location.hash;
  await app.record("result", stop, { ...body, ...(about.corrects ? { corrects: about.corrects } : {}) });
  app.tell(t("Saved."));
  app.goOn(from, body.code === "AGREEMENT" ? `${pathOf(stop)}/signature` : "#/");
}

function mend(box, about, typed, wrong) {
  fill(box, about, typed, wrong);
  box.querySelector("[aria-invalid=true], [aria-describedby] input")?.focus();
  say([t("Not saved yet: please look at what is marked."), ...Object.values(wrong)].join(" "));
}
