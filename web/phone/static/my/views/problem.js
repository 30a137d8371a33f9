// What keeps her from going on, and the press that calls for help.

import { area } from "../inputs.js";
import { element, link, notice, once, paragraph, say, sign } from "../pieces.js";
import { t } from "../words.js";
import { callDesk } from "./desk.js";
import { panic } from "./panic.js";
import { pathOf, whom } from "./visit.js";

const LONGEST_NOTE = 500;

/** Each problem: its words, what she does about it first, and where it leads. */
const PROBLEMS = {
  not_found: {
    is: "pin_off", words: () => t("Cannot find it"), ofVisit: true,
    advice: () => t("Look at the access note, call the borrower, or ask the guard without naming why you come."),
    leads: (stop) => [link(t("Call"), `${pathOf(stop)}/call`, { is: "phone" }), link(t("Result: wrong address"), `${pathOf(stop)}/result/wrong_address`, { is: "on" })],
  },
  unsafe: {
    is: "warn", words: () => t("Not safe"), ofVisit: true,
    advice: () => t("Leave first, then tell. No visit is worth a risk."),
    leads: (stop) => [link(t("Result: problem"), `${pathOf(stop)}/result/problem`, { is: "on" })],
  },
  vehicle: {
    is: "cycle", words: () => t("Vehicle"),
    advice: () => t("Stop where it is safe. If you go on later, tell how late you are."),
    leads: () => [link(t("Running late"), "#/late", { is: "on" })],
  },
  ill: {
    is: "care", words: () => t("Ill or hurt"),
    advice: () => t("In an emergency call 120. The desk finds somebody for the rest of your day."),
    leads: () => [element("a", { className: "button large wide", href: "tel:120" }, [sign("phone"), t("Call 120")])],
  },
  other: { is: "note", words: () => t("Something else"), advice: () => t("Write in a few words what it is."), leads: () => [] },
};

export default function view(app, id = "") {
  const stop = app.state.stop(id), open = Object.entries(PROBLEMS).filter(([, one]) => stop || !one.ofVisit);
  return {
    title: t("Problem"),
    back: stop ? pathOf(stop) : "#/",
    main: [
      ...(stop ? [whom(stop)] : []),
      ...panic(app, stop),
      element("ul", { className: "answers list-plain" }, open.map(([what, one]) =>
        element("li", {}, [large(what, one, stop)]))),
      ...callDesk(app),
    ],
  };
}

function large(what, one, stop) {
  const href = stop ? `#/problem/${encodeURIComponent(stop.id)}/${what}` : `#/problem//${what}`;
  return element("a", { className: "answer", href }, [sign(one.is), element("strong", { textContent: one.words() })]);
}

/** One problem: what to do first, a few words, and telling the desk. */
export function telling(app, id, what) {
  const stop = app.state.stop(id), one = PROBLEMS[what];
  const back = stop ? `#/problem/${encodeURIComponent(stop.id)}` : "#/problem";
  if (!one || (one.ofVisit && !stop)) return view(app, id);
  const form = element("form", { className: "stack", id: "problem-form", noValidate: true }, [
    ...(stop ? [whom(stop)] : []),
    paragraph(one.advice()),
    area("note", what === "other" ? t("What is it?") : t("Note (may stay empty)"), "", { longest: LONGEST_NOTE }),
  ]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(form, () => tell(app, stop, what, form));
  });
  const press = element("button", { className: "button main large", textContent: t("Tell the desk") });
  press.setAttribute("form", "problem-form");
  return { title: one.words(), back, main: [form], thumb: [press] };
}

async function tell(app, stop, what, form) {
  const note = form.elements.note.value.trim();
  if (what === "other" && !note) {
    const words = t("Write in a few words what it is.");
    form.querySelector(".notice")?.remove();
    form.prepend(notice(words, "bad"));
    form.elements.note.focus();
    return say(words);
  }
  await app.record("problem", stop, { ...(what === "other" ? {} : { what }), ...(note ? { note } : {}) });
  form.replaceWith(notice(t("Noted. It reaches the desk as soon as there is a network."), "good"), ...PROBLEMS[what].leads(stop), ...callDesk(app), link(t("To the day"), "#/"));
  app.root.querySelector(".thumb").replaceChildren();
  app.root.querySelector("main").focus({ preventScroll: true });
  say(t("Noted. It reaches the desk as soon as there is a network."));
}
