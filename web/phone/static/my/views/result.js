// What came of a visit: six large answers, and the way to all others.

import { element, link, notice, paragraph, sign } from "../pieces.js";
import { t } from "../words.js";
import { lacking, lackingWords, mayTellAll } from "./company.js";
import { gone, pathOf, whom } from "./visit.js";

const SIGNS = {
  paid: "coin", promised: "calendar", met: "talk", not_home: "door", wrong_address: "pin_off", problem: "warn",
};
export const MORE = "more";

export default function view(app, id) {
  const stop = app.state.stop(id);
  if (!stop?.place) return gone(stop);
  const how = app.state.of(stop), mayTell = mayTellAll(app, stop);
  const answers = app.day.forms.answers;
  return {
    title: t("What came of it?"),
    back: pathOf(stop),
    main: [
      whom(stop),
      ...(how.result ? earlier(app, stop) : []),
      ...(mayTell ? [] : [whyClosed(app, stop, how)]),
      element("ul", { className: "answers list-plain" }, answers.filter((one) => one.id !== MORE).map((one) =>
        element("li", {}, [large(app, stop, one, how, mayTell)]))),
      link(answers.find((one) => one.id === MORE).words, `${pathOf(stop)}/result/${MORE}`, { is: "menu" }),
    ],
  };
}

/** The codes of an answer that can be told as things stand. */
export function openCodes(app, answer, mayTell, stop) {
  const { codes } = app.day.forms, mayBeSecured = stop.collateral !== false;
  return answer.codes.filter((code) => (mayTell || !codes[code].needs_arrival) && (mayBeSecured || !codes[code].needs_collateral));
}

/** Why most answers are closed: she has not arrived, or is alone at a door for two. */
function whyClosed(app, stop, how) {
  if (how.arrived === undefined) return notice(t("You have not arrived here: only what can be told without having been at the door is open."));
  const confirm = element("a", { href: `${pathOf(stop)}/company`, textContent: t("Confirm") });
  return notice(lackingWords(lacking(app, stop)), "warn", [" ", t("Until then only what can be told without a visit is open."), " ", confirm]);
}

function large(app, stop, answer, how, mayTell) {
  const inside = [sign(SIGNS[answer.id] ?? "on"), element("strong", { textContent: answer.words })];
  if (openCodes(app, answer, mayTell, stop).length) {
    return element("a", { className: `answer ${answer.id}`, href: `${pathOf(stop)}/result/${answer.id}` }, inside);
  }
  return element("span", { className: "answer closed" }, [...inside, element("span", { className: "small", textContent: how.arrived === undefined ? t("after arriving") : t("once both are confirmed") })]);
}

/** What was told before: the first version stays to be seen. */
export function earlier(app, stop) {
  const all = app.state.results(stop), last = all.at(-1);
  const words = (one) => `${app.times.clock(one.at)} ${app.day.forms.codes[one.code]?.words ?? one.code}`;
  return [
    notice(t("Recorded: %(result)s.", { result: words(last) }), "good", [
      ...(all.length > 1 ? [element("ul", { className: "dense" }, all.slice(0, -1).map((one) =>
        element("li", {}, [element("s", { textContent: words(one) })])))] : []),
    ]),
    paragraph(t("What you choose now takes its place, and undoes what that led to. The first one stays in the record."), "dense"),
  ];
}
