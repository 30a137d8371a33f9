// One visit of the day.

import { notice } from "../pieces.js";
import { t } from "../words.js";
import { card, thumb } from "./card.js";

export default function view(app, id) {
  const stop = app.state.stop(id);
  if (!stop) return { title: t("My day"), back: "#/", main: [notice(t("This visit is not in your plan any more."), "warn")] };
  return {
    title: t("Visit %(number)d", { number: stop.number }),
    back: "#/",
    main: [card(app, stop)],
    thumb: thumb(app, stop),
  };
}
