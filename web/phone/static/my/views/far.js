// She stands far from where the door is taken to be: that is told, and asked about, and nothing more.

import { distance } from "../formats.js";
import { button, notice, paragraph } from "../pieces.js";
import { t } from "../words.js";
import { write } from "./arriving.js";
import { pathOf, whom } from "./visit.js";

const ROUGH_M = 200;
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
  const whys = told.kind === "leave" ? { ...LEFT, ...WHYS } : WHYS;
  return {
    title: told.kind === "arrive" ? t("Arrive") : t("Leave"),
    back: pathOf(stop),
    main: [
      whom(stop),
      notice(t("The phone finds itself %(distance)s from the door. You can go on all the same: say why.", { distance: distance(told.far_m) }), "warn"),
      ...(told.where.accuracy_m > ROUGH_M ? [paragraph(t("It knows where it is only to within %(distance)s.", { distance: distance(told.where.accuracy_m) }), "dense quiet")] : []),
      ...Object.entries(whys).map(([why, words]) =>
        button(words(), () => write(app, stop, told.kind, { ...told.where, far_m: told.far_m, why }))),
    ],
  };
}
