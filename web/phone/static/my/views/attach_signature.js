// A signature on glass: what is agreed stands above it, and cannot change once it is signed.

import { button, element, field, notice, paragraph } from "../pieces.js";
import { Sheet } from "../signature.js";
import { t } from "../words.js";
import { steps, tellWrong } from "./steps.js";

const LONGEST_TEXT = 2000;

export function fill(app, stop, keep) {
  const { main, thumb, show } = steps();
  const agreed = element("textarea", { id: "agreed", className: "input", rows: 4, maxLength: LONGEST_TEXT, value: agreement(app, stop) });
  const canvas = element("canvas", { className: "sheet" });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", t("The sheet to sign on, with a finger or a pen. Whoever cannot signs on paper."));
  let sheet = null;
  const seen = new ResizeObserver(() => {
    if (sheet || !canvas.clientWidth) return;
    seen.disconnect();
    sheet = new Sheet(canvas);
    sheet.addEventListener("change", () => { agreed.readOnly = !sheet.isEmpty; });
  });
  seen.observe(canvas);

  const done = async () => {
    if (!agreed.value.trim()) return tellWrong(main[0], notice(t("Write what is agreed first."), "bad"));
    if (!sheet || sheet.isEmpty) return tellWrong(main[0], notice(t("Nothing is signed yet."), "bad"));
    return tellWrong(main[0], await keep(json(sheet.toKeep(agreed.value.trim()))));
  };

  show(
    [
      element("div", { className: "field" }, [element("label", { htmlFor: "agreed", textContent: t("What is agreed") }), agreed]),
      paragraph(t("Let it be read before it is signed.")),
      canvas,
      onPaper(agreed, keep, main[0]),
    ],
    [
      button(t("Clear"), () => sheet?.clear(), { looks: "button large" }),
      button(t("Keep"), done, { looks: "button main large" }),
    ],
  );
  return { main, thumb };
}

/** For whoever does not sign on glass, and for a keyboard. */
function onPaper(agreed, keep, place) {
  const where = field("paper", t("Where the signed paper is kept"), { maxLength: 200 });
  const done = async () => {
    const paper = where.querySelector("input").value.trim(), text = agreed.value.trim();
    if (!paper) return tellWrong(place, notice(t("Say where the signed paper is kept."), "bad"));
    return tellWrong(place, await keep(json({ text, width: 0, height: 0, strokes: [], paper })));
  };
  return element("details", {}, [
    element("summary", { className: "button wide", textContent: t("Signed on paper") }),
    element("div", { className: "stack" }, [where, button(t("Keep: signed on paper"), done)]),
  ]);
}

/** What the result says of money and days, in words that can be signed. */
function agreement(app, stop) {
  const told = app.state.of(stop).result?.body ?? {};
  const amount = told.total || told.amount, sum = `${amount} ${app.day.currency}`;
  const lines = [
    ...(amount && told.due ? [t("I pay %(sum)s by %(day)s.", { sum, day: told.due })] : []),
    ...(amount && !told.due ? [t("I pay %(sum)s in all.", { sum })] : []),
    ...(told.instalments ? [t("In instalments:"), told.instalments] : []),
  ];
  return lines.join("\n");
}

function json(told) {
  return new Blob([JSON.stringify(told)], { type: "application/json" });
}
