// The first opening of a day: a PIN is chosen, by which it can be read until the evening.

import { element, field, notice, once, paragraph } from "../pieces.js";
import { t } from "../words.js";

const LENGTH = 6;

/** How a PIN is typed. */
export const PIN = {
  type: "password", inputMode: "numeric", maxLength: LENGTH, pattern: `[0-9]{${LENGTH}}`, required: true,
};

export default function view(app) {
  const { day, wrong, wiped } = app.door;
  const form = element("form", { className: "stack", id: "pin-form", noValidate: true }, [
    paragraph(t("%(count)s visits for %(names)s.", {
      count: day.stops.filter((stop) => stop.kind !== "break").length, names: day.crew.names.join(t(", ")),
    })),
    ...(wiped ? [notice(t("After too many wrong PINs the day was wiped from this phone. Choose a new PIN."), "warn")] : []),
    ...(app.waiting.length ? [notice(t("What you recorded before still waits here and is sent."))] : []),
    field("pin", t("Choose a PIN for today"), { ...PIN, autocomplete: "new-password" }, {
      hint: t("Six digits. It opens the day on this phone until the end of the shift, also without a network. Nobody else knows it."),
      wrong: wrong ?? "",
    }),
    field("again", t("The same PIN again"), { ...PIN, autocomplete: "new-password" }),
  ]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(form, () => begin(app, form.elements.pin.value, form.elements.again.value));
  });
  const press = element("button", { className: "button main large", textContent: t("Take the day along") });
  press.setAttribute("form", "pin-form");
  return { title: t("Today's visits"), main: [form], thumb: [press] };
}

async function begin(app, pin, again) {
  const { day, etag } = app.door;
  app.door.wrong = faultOf(pin, again);
  if (!app.door.wrong && !(await app.begin(day, etag, pin))) {
    app.door.wrong = t("The server does not answer. Try again where there is a network.");
  }
  if (app.door?.wrong) await app.draw({ isNew: true });
}

/** What is wrong with a PIN: one that others try first is no lock. */
function faultOf(pin, again) {
  if (!/^\d{6}$/.test(pin)) return t("Type six digits.");
  if (pin !== again) return t("The two are not the same. Type the PIN again.");
  const steps = new Set([...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at])));
  if (steps.size === 1 && [...steps].every((step) => Math.abs(step) <= 1)) {
    return t("Others try this one first. Choose digits that do not just repeat or count.");
  }
  return "";
}
