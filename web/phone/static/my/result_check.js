// What is missing or wrong in a result as she typed it, said before it is kept: the server reads it
// again by the same rules (web/phone/result_form.py, detail_form.py) and in the same words.

import { t } from "./words.js";

const MOST = 1e12, MOST_GRACE_DAYS = 30, LONGEST_OBSERVATIONS = 1000, DAY_MS = 86_400_000;
const DETAILS = ["attitude", "met", "hardship", "ability", "willingness", "observations", "next_action"];
const RECORDED = ["recorder", "recording_file", "no_recording"], LONGEST_RECORDED = 80;
const AGREED = ["instalments", "total", "waived", "approved_by"];
export const MORE_FIELDS = new Set([...DETAILS, ...RECORDED, "grace_days"]);

/** What a code needs and what it takes besides. */
export function takes(forms, code, detail) {
  const asked = forms.codes[code];
  return Boolean(asked) && (asked.asks.includes(detail) || asked.welcomes.includes(detail));
}

/**
 * Read what was typed of a visit.
 * @param {Object<string, string>} typed  by the names of the fields
 * @param {string[]} codes  that the form offers; an only one is chosen
 * @param forms  the day file's forms
 * @param {string} today  as 2026-11-23  @param {string} me  who records it
 * @returns {{body: Object<string, string>, wrong: Object<string, string>}}
 *   what is recorded (only what its code takes), and what is to be mended, by field
 */
export function check(typed, codes, forms, today, me = "") {
  const said = Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, text.normalize("NFKC").trim()]));
  const code = codes.length === 1 && !said.code ? codes[0] : codes.find((one) => one === said.code);
  if (!code) return { body: {}, wrong: { code: t("Choose one of these.") } };
  const wrong = {}, body = { code };
  const take = (...names) => { for (const name of names) if (said[name]) body[name] = said[name]; };
  take("note", "case_id", ...DETAILS, ...RECORDED);
  checkRecording(said, wrong);
  checkLength(said, "note", forms.longest_note, wrong);
  if (takes(forms, code, "amount")) { take("amount"); checkAmount(said, wrong); }
  if (takes(forms, code, "due")) { take("due", "method"); checkPromise(said, forms, today, wrong); }
  if (takes(forms, code, "next_time")) { take("next_day", "part"); checkNextTime(said, code, forms, today, wrong); }
  if (mayGrace(forms, code)) { take("grace_days"); checkGrace(said, wrong); }
  if ((said.observations ?? "").length > LONGEST_OBSERVATIONS) {
    wrong.observations = t("Shorten this to %(most)d characters.", { most: LONGEST_OBSERVATIONS });
  }
  if (code === "AGREEMENT") { take(...AGREED); checkAgreement(said, today, me, wrong); }
  return { body, wrong };
}

export function mayGrace(forms, code) {
  return code === "AGREEMENT" || takes(forms, code, "due");
}

function checkLength(said, name, most, wrong) {
  if ((said[name] ?? "").length > most) wrong[name] = t("Shorten the note to %(most)d characters.", { most });
}

/** A recording has its device and its file, or the reason why there is none; nothing is fine, too. */
function checkRecording({ recorder = "", recording_file = "", no_recording = "" }, wrong) {
  if (no_recording && (recorder || recording_file)) wrong.no_recording = t("Tell either the recording, or why there is none.");
  else if (Math.max(recorder.length, recording_file.length) > LONGEST_RECORDED) wrong.recording_file = t("Shorten this to 80 characters.");
  else if (recorder && !recording_file) wrong.recording_file = t("Write the file of the recording, too.");
  else if (recording_file && !recorder) wrong.recorder = t("Write the number of the recorder, too.");
}

function checkAmount(said, wrong) {
  const cents = centsOf(said.amount);
  if (cents === null) wrong.amount = t("Write the amount in figures, such as 500 or 500.50.");
  else if (!Number.isInteger(cents) || cents <= 0 || cents >= MOST * 100) {
    wrong.amount = t("Write an amount above 0, with at most two decimals.");
  }
}

/** A sum in cents; null where the text is none, NaN where it has parts of a cent. */
export function centsOf(text = "") {
  const plain = text.normalize("NFKC").replaceAll(",", "").trim();
  const found = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(plain);
  if (!found || !/\d/.test(plain)) return null;
  const [, minus, whole, parts = ""] = found, kept = parts.replace(/0+$/, "");
  if (kept.length > 2) return NaN;
  const cents = Number(whole || "0") * 100 + Number(kept.padEnd(2, "0"));
  return minus === "-" ? -cents : cents;
}

function checkPromise(said, forms, today, wrong) {
  checkDay(said, "due", forms, today, wrong);
  if (!forms.methods.some(([method]) => method === said.method)) wrong.method = t("Choose how it will be paid.");
}

function checkNextTime(said, code, forms, today, wrong) {
  const hasPart = forms.parts.some((part) => part.id === said.part);
  if (!said.next_day && !hasPart && forms.codes[code].welcomes.includes("next_time")) return;
  checkDay(said, "next_day", forms, today, wrong);
  if (!hasPart) wrong.part = t("Choose a part of the day.");
}

function checkDay(said, name, forms, today, wrong) {
  const on = dayOf(said[name]), first = dayOf(today);
  if (on === null) wrong[name] = t("Choose a day.");
  else if (on < first || on > first + forms.farthest_due_days) {
    wrong[name] = t("Choose a day from today on, within a year.");
  }
}

/** A day as a number of days, so that they can be compared; null where the text is none. */
export function dayOf(text = "") {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : at / DAY_MS;
}

function checkGrace(said, wrong) {
  const text = said.grace_days ?? "";
  if (text && !(/^\d+$/.test(text) && Number(text) <= MOST_GRACE_DAYS)) {
    wrong.grace_days = t("Write whole days, from 0 to %(most)d.", { most: MOST_GRACE_DAYS });
  }
}

function checkAgreement(said, today, me, wrong) {
  const lines = (said.instalments ?? "").split("\n").map((line) => line.trim()).filter(Boolean);
  if (!lines.length) return;
  const parts = lines.map((line) => line.split(/\s+/));
  const all = parts.map(([due, sum]) => ({ due: dayOf(due), cents: centsOf(sum) }));
  const sums = [said.total, said.waived].filter(Boolean).map(centsOf);
  const isRead = parts.every((part) => part.length === 2) && all.every((one) => one.due !== null)
    && [...sums, ...all.map((one) => one.cents)].every(Number.isInteger);
  if (!isRead) {
    wrong.instalments = t("Write a line for each instalment: 2026-12-01 500.");
    return;
  }
  const found = [...instalmentFaults(all, centsOf(said.total || "0"), today), ...waiverFaults(said, me)];
  if (found.length) wrong.instalments = found.join(t("; "));
}

function instalmentFaults(all, total, today) {
  const sum = all.reduce((cents, one) => cents + one.cents, 0), days = all.map((one) => one.due), found = [];
  if (total && total !== sum) {
    found.push(t("the instalments add up to %(sum)s, not to the total of %(full)s", { sum: written(sum), full: written(total) }));
  }
  if (all.some((one) => one.cents <= 0)) found.push(t("every instalment is more than 0"));
  if (days.some((day, at) => at && day <= days[at - 1])) {
    found.push(t("the instalments fall due one after the other, each on its own day"));
  }
  if (Math.min(...days) < dayOf(today)) {
    found.push(t("an instalment falls due before the agreement of %(date)s", { date: today }));
  }
  return found;
}

function written(cents) {
  return (cents / 100).toFixed(cents % 100 ? 2 : 0);
}

function waiverFaults(said, me) {
  const waived = centsOf(said.waived || "0");
  if (!waived) return [];
  const found = waived > 0 ? [] : [t("what is waived is more than 0")];
  const approver = said.approved_by ?? "";
  if (!approver) found.push(t("a waiver names who approved it"));
  else if (approver.toLowerCase() === me.toLowerCase()) {
    found.push(t("%(who)s cannot approve a waiver that she records herself", { who: approver }));
  }
  return found;
}
