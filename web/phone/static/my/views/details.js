// What may be told besides a result; all of it may stay empty.

import { area, select } from "../inputs.js";
import { element, field } from "../pieces.js";
import { t } from "../words.js";

export function moreToTell(forms, typed, wrong, { isOpen, isRecorded }) {
  const one = (name, label, options) => select(name, label, options, typed[name]);
  return element("details", { className: "more-to-tell", open: isOpen }, [
    element("summary", { className: "button wide", textContent: t("More to tell (may stay empty)") }),
    element("div", { className: "stack" }, [
      one("attitude", t("Attitude"), forms.attitude),
      one("met", t("Who was met"), forms.met),
      one("hardship", t("Hardship"), forms.hardship),
      one("ability", t("Able to pay"), forms.ability),
      one("willingness", t("Willing to pay"), forms.willingness),
      area("observations", t("Seen on the spot"), typed.observations, { wrong: wrong.observations }),
      one("next_action", t("What should come next"), forms.next_action),
      ...(isRecorded ? [] : [recording(forms, typed, wrong)]),
    ]),
  ]);
}

/** By what the visit was recorded and where that is found, or why it was not. */
export function recording(forms, typed, wrong) {
  const plain = (name, label) => field(name, label, { value: typed[name] ?? "", autocomplete: "off" }, { wrong: wrong[name] });
  return element("fieldset", { className: "stack agreement" }, [
    element("legend", { textContent: t("Recording of the visit") }),
    plain("recorder", t("Number of the recorder")),
    plain("recording_file", t("File of the recording")),
    select("no_recording", t("Or why there is none"), forms.no_recording, typed.no_recording),
    ...(wrong.no_recording ? [element("span", { className: "wrong", textContent: wrong.no_recording })] : []),
  ]);
}

/** What was agreed: a line for each instalment. */
export function agreement(typed, wrong) {
  const plain = (name, label, more = {}) => field(name, label, { value: typed[name] ?? "", autocomplete: "off", ...more });
  return element("fieldset", { className: "stack agreement" }, [
    element("legend", { textContent: t("Agreement") }),
    area("instalments", t("Instalments"), typed.instalments, { hint: t("A line each: 2026-12-01 500"), wrong: wrong.instalments }),
    plain("total", t("In all"), { inputMode: "decimal" }),
    plain("waived", t("Waived"), { inputMode: "decimal" }),
    plain("approved_by", t("Waiver approved by")),
  ]);
}
