// A door that may not be gone to now: which rule, what shows it, until when, and what can be done.

import { closed, opensAt } from "../door.js";
import { button, element, link, notice, paragraph } from "../pieces.js";
import { LET_GO } from "../state.js";
import { t, tn } from "../words.js";
import { arrive } from "./arriving.js";
import { callDesk } from "./desk.js";
import { gone, pathOf, whom } from "./visit.js";

const HER_HOURS = "her_hours";

export default function view(app, id) {
  const stop = app.state.stop(id);
  if (!stop?.place && !stop?.standing) return gone(stop);
  const why = closed(stop, app.day.reasons, app.clock.now());
  return why ? shut(app, stop, why) : open(app, stop);
}

function open(app, stop) {
  return {
    title: t("The door is open"),
    back: pathOf(stop),
    main: [whom(stop), notice(t("By now no rule stands against this visit."), "good")],
    thumb: [button(t("Arrive"), () => arrive(app, stop), { looks: "button main large" })],
  };
}

function shut(app, stop, why) {
  return {
    title: t("Do not visit now"),
    back: pathOf(stop),
    main: [
      whom(stop),
      notice("", "bad", [
        element("h2", { textContent: why.title || t("This phone does not know whether the visit is allowed at this hour.") }),
        ...(why.facts ? [paragraph(why.facts)] : []),
        ...(why.text ? [paragraph(why.text)] : []),
        ...(why.why === "crew_size" ? [paragraph(people(app, stop))] : []),
      ]),
      ...(why.source ? [paragraph(why.is_law ? t("By law: %(source)s", { source: why.source }) : t("By the house's own rule."), "dense quiet")] : []),
      ...when(app, stop),
      paragraph(wayOut(why)),
      ...(app.state.has("skip", stop.id) ? [paragraph(t("That you stood here and did not go in is on record."), "dense quiet")] : []),
      ...callDesk(app),
    ],
    thumb: [
      link(t("To the day"), "#/", { looks: "button large" }),
      button(t("Skip this visit"), () => skip(app, stop, why), { looks: "button main large" }),
    ],
  };
}

function people(app, stop) {
  return tn("This visit asks for %(num)d person; with you there are %(here)s.", "This visit asks for %(num)d people; with you there are %(here)s.",
    stop.people ?? 1, { here: app.day.crew.names.length });
}

/** When it opens next; of what does not pass by itself nothing is said. */
function when(app, stop) {
  if (stop.standing && !stop.standing.was_begun) {
    return [paragraph(t("Since %(time)s", { time: app.times.clock(stop.standing.since) }), "dense quiet")];
  }
  const at = opensAt(stop, app.clock.now());
  return [paragraph(at ? t("It opens at %(time)s.", { time: app.times.clock(at) }) : t("It does not open today any more."))];
}

/** What can be done about it: of a law nothing, of a house rule something, and not here. */
function wayOut(why) {
  if (why.why === HER_HOURS) return t("Other hours are the borrower's to name. If that was done, tell the desk; else go on with the day.");
  if (why.is_law) return t("Nobody can set a law aside. Go on with the day; ask your dispatcher if a fact in it is wrong.");
  return t("A rule of the house can be set aside at the desk alone, by two people and with a reason. Call them, or go on with the day.");
}

async function skip(app, stop, why) {
  const from = location.hash;
  await app.record("skip", stop, { what: LET_GO, rule: why.why || LET_GO });
  app.tell(t("Visit %(number)d is let go. At the end of the day you are asked for its result.", { number: stop.number }));
  app.goOn(from, "#/");
}
