// The day lies here, locked: the PIN opens it, also without a network.

import { button, element, field, notice, once, paragraph } from "../pieces.js";
import { WrongPinError } from "../vault.js";
import { t, tn } from "../words.js";
import { PIN } from "./begin.js";

export default function view(app) {
  const form = element("form", { className: "stack", id: "pin-form", noValidate: true }, [
    paragraph(t("Your day is locked on this phone. The PIN that you chose this morning opens it, also without a network.")),
    ...(app.door.wrong ? [notice(app.door.wrong, "bad")] : []),
    field("pin", t("PIN of the day"), { ...PIN, autocomplete: "off" }),
  ]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(form, () => open(app, form));
  });
  return {
    title: t("Open your day"),
    main: [form, forgotten(app)],
    thumb: [element("button", { className: "button main large", textContent: t("Open the day") })].map((one) => {
      one.setAttribute("form", "pin-form");
      return one;
    }),
  };
}

async function open(app, form) {
  try {
    await app.unlock(form.elements.pin.value);
  } catch (error) {
    if (!(error instanceof WrongPinError)) throw error;
    await told(app, error.left);
  }
}

async function told(app, left) {
  if (left <= 0) {
    app.door = null;
    await app.refresh();
    if (app.door) app.door.wiped = true;
    return app.draw({ isNew: true });
  }
  app.door.wrong = tn("That is not the PIN. %(num)d try is left, then the day is wiped from this phone; what you recorded is sent all the same.",
    "That is not the PIN. %(num)d tries are left, then the day is wiped from this phone; what you recorded is sent all the same.", left);
  await app.draw({ isNew: true });
}

/** Without the PIN the day can be fetched anew where there is a network. */
function forgotten(app) {
  return element("details", { className: "duties" }, [
    element("summary", { textContent: t("PIN forgotten?") }),
    paragraph(t("Wipe the day from this phone and fetch it again: this needs a network, and your log-in or a new link. Records that wait are kept and sent.")),
    button(t("Wipe and fetch again"), () => app.wipe()),
  ]);
}
