// A visit for two: it begins once both are confirmed at the door, by their own phones or by a code.

import { companyAt, tryCode } from "../confirm.js";
import { button, element, field, notice, once, paragraph } from "../pieces.js";
import { LET_GO } from "../state.js";
import { t, tn } from "../words.js";
import { callDesk } from "./desk.js";
import { gone, pathOf, whom } from "./visit.js";

/** Who is confirmed at a visit by now. */
export function companyOf(app, stop) {
  return companyAt(stop, app.day, app.state.told);
}

/** How many more have to be confirmed before a visit goes on: none where one goes alone. */
export function lacking(app, stop) {
  return (app.day.mates ?? []).length ? companyOf(app, stop).lacking : 0;
}

/** Whether all results can be told: of a visit for two once both are confirmed; a result stays open to be mended. */
export function mayTellAll(app, stop) {
  const how = app.state.of(stop);
  return Boolean(how.result) || (how.arrived !== undefined && !lacking(app, stop));
}

export function lackingWords(count) {
  return tn("This visit begins once %(num)d more of you is confirmed.", "This visit begins once %(num)d more of you are confirmed.", count);
}

export default function view(app, id) {
  const stop = app.state.stop(id);
  if (!stop?.place) return gone(stop);
  const there = companyOf(app, stop), names = new Map([[app.day.me, t("you")], ...app.day.mates.map((mate) => [mate.id, mate.name])]);
  const who = there.confirmed.map((one) => names.get(one) ?? one).join(t(", "));
  if (!there.lacking) {
    return {
      title: t("Together at the door"), back: pathOf(stop),
      main: [whom(stop), notice(t("Confirmed at this door: %(names)s", { names: who }), "good")],
      thumb: [button(t("To the visit"), () => app.go(pathOf(stop)), { looks: "button main large" })],
    };
  }
  return {
    title: t("Together at the door"),
    back: pathOf(stop),
    main: [
      whom(stop),
      notice(lackingWords(there.lacking), "warn"),
      ...there.waiting.map((mate) => codeOf(app, stop, mate)),
      paragraph(t("Or it is confirmed on the other phone: press Arrive there."), "dense quiet"),
      ...ownCode(app),
      ...callDesk(app),
      button(t("Nobody comes: skip this visit"), () => skip(app, stop)),
    ],
  };
}

/** Her own code, for the phone of her mate; who goes alone has none. */
export function ownCode(app) {
  const { code } = app.day;
  return code ? [paragraph(t("Your code today is %(code)s. Type it into your mate's phone at a door for two.", { code }), "dense quiet")] : [];
}

function codeOf(app, stop, mate) {
  const label = t("Today's code of %(name)s", { name: mate.name });
  const form = element("form", { className: "stack", noValidate: true }, []);
  const fill = (wrong) => form.replaceChildren(
    field(`code-${mate.id}`, label, { inputMode: "numeric", autocomplete: "off", maxLength: 9 }, { wrong }),
    element("button", { className: "button large wide main", textContent: t("Confirm %(name)s", { name: mate.name }) }),
  );
  fill("");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(form, async () => {
      const wrong = await confirm(app, stop, mate, form.querySelector("input").value);
      if (wrong) fill(wrong);
      form.querySelector("input")?.focus();
    });
  });
  return form;
}

/** Confirm a mate by her code; what is wrong with it, else nothing. */
async function confirm(app, stop, mate, typed) {
  const from = location.hash, told = await tryCode(app.book, app.day, stop, mate.id, typed);
  if (!told.body) {
    return tn("That is not the code. %(num)d try is left today.", "That is not the code. %(num)d tries are left today.", told.left);
  }
  await app.record("confirm", stop, told.body);
  app.goOn(from, pathOf(stop));
  return "";
}

/** Alone at a door for two: she goes on. */
async function skip(app, stop) {
  const from = location.hash;
  await app.record("skip", stop, { what: LET_GO, rule: "crew_size" });
  if (app.state.of(stop).isAtDoor) await app.record("leave", stop);
  app.goOn(from, `${pathOf(stop)}/result`);
}
