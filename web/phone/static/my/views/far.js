// She stands far from where the door is taken to be: that is told, and asked about, and nothing more.

import { distance } from "../formats.js";
import { button, notice, paragraph } from "../pieces.js";
import { isRough } from "../position.js";
import { t } from "../words.js";
import { ROUGH_WHY, write } from "./arriving.js";
import { pathOf, whom } from "./visit.js";

const WHYS = {
  pin: () => t("The door is not where the map has it"),
  gate: () => t("Stopped at the gate, or parked farther off"),
  large: () => t("A large compound or building"),
  phone: () => t("The phone is wrong about where it is"),
  elsewhere: () => t("Met the borrower elsewhere"),
};
const LEFT = { later: () => t("Left before, pressed only now") };

export default function view(app, id) {
  const stop = app.state.stop(id), told = app.farther;
  if (!stop || told?.visit !== id) return { title: t("My day"), back: "#/", main: [paragraph(t("Nothing is asked here any more."))] };
  const whys = told.kind === "leave" ? { ...LEFT, ...WHYS } : WHYS, rough = isRough(told.where);
  return {
    title: told.kind === "arrive" ? t("Arrive") : t("Leave"),
    back: pathOf(stop),
    main: [
      whom(stop),
      notice(t("The phone finds itself %(distance)s from the door. You can go on all the same: say why.", { distance: distance(told.far_m) }), "warn"),
      ...(rough ? roughly(told.where) : []),
      ...inOrder(whys, rough).map(([why, words]) =>
        button(words(), () => write(app, stop, told.kind, { ...told.where, far_m: told.far_m, why }))),
    ],
  };
}

/** How roughly it knows it, and that she is asked once. */
function roughly(where) {
  return [
    paragraph(t("It knows where it is only to within %(distance)s.", { distance: distance(where.accuracy_m) }), "dense quiet"),
    paragraph(t("Say that the phone is wrong, and as long as it knows no better you are not asked again today; it is noted each time."), "dense quiet"),
  ];
}

/** The reasons; where the phone knows its place roughly, that it is wrong comes first. */
function inOrder(whys, rough) {
  const all = Object.entries(whys);
  return rough ? all.sort(([one], [other]) => (other === ROUGH_WHY) - (one === ROUGH_WHY)) : all;
}
