// Everything else: break, end, language and colours, the lock, and what this phone keeps.

import { isKept, renewPage } from "../keeping.js";
import { button, element, link, notice, paragraph } from "../pieces.js";
import { choose, logOut } from "../server.js";
import { t } from "../words.js";
import { storage } from "./storage.js";

const LANGUAGES = [["zh", "中文"], ["en", "English"]];
const THEMES = [["system", () => t("As the phone")], ["light", () => t("Light")], ["dark", () => t("Dark")]];

export default async function view(app) {
  const { state } = app, large = (is) => ({ looks: "button large wide", is });
  return {
    title: t("More"),
    back: "#/",
    main: [
      ...(state.breakSince
        ? [button(t("Break over"), () => pause(app, "break_end"), large("cup"))]
        : [button(t("Begin a break"), () => pause(app, "break_begin"), large("cup"))]),
      link(t("Running late"), "#/late", large("way")),
      link(t("My own work"), "#/own", large("calendar")),
      link(t("Records"), "#/queue", large("note")),
      link(t("Help"), "#/help", large("info")),
      ...(state.hasEnded ? [] : [link(t("End the day"), "#/end", large("on"))]),
      picks(t("Language"), LANGUAGES.map(([code, words]) => [code, () => words]), "language", app),
      picks(t("Colours"), THEMES, "theme", app),
      paragraph(t("The page opens anew for it, and asks for the PIN of the day."), "dense quiet"),
      element("h2", { textContent: t("This phone") }),
      await storage(await isKept()),
      button(t("Lock now"), () => app.lock(), large("eye_off")),
      leaving(app),
    ],
  };
}

async function pause(app, kind) {
  const from = location.hash;
  await app.record(kind, null);
  app.goOn(from, "#/");
}

/** A choice that the server keeps for her. */
function picks(legend, options, name, app) {
  const group = element("div", { className: "near" }, options.map(([value, words]) =>
    button(words(), () => pick(app, group, name, value), { looks: "button" })));
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", legend);
  return element("div", { className: "stack" }, [element("span", { className: "dense quiet", textContent: legend }), group]);
}

async function pick(app, group, name, value) {
  if (await choose(name, value)) return renewPage();
  group.querySelector(".notice")?.remove();
  group.append(notice(t("The server does not answer. Try again where there is a network."), "warn"));
}

/** Log out; without a network that cannot be, and she is told. */
async function out(app) {
  if (await logOut()) return;
  app.tell(t("The server does not answer: the day is wiped, and you are still logged in. Log out where there is a network."), "warn");
}

/** What takes the day off this phone; both leave what waits to be sent. */
function leaving(app) {
  return element("details", { className: "more-to-tell" }, [
    element("summary", { className: "button wide", textContent: t("Take the day off this phone") }),
    element("div", { className: "stack", data: { keep: "" } }, [
      paragraph(t("What you recorded and did not send yet stays, sealed, and is sent. Fetching the day again needs a network.")),
      button(t("Wipe the day"), () => app.wipe()),
      button(t("Wipe and log out"), () => app.wipe(() => out(app))),
    ]),
  ]);
}
