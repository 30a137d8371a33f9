// One visit of the day.

import { element, link, notice } from "../pieces.js";
import { t } from "../words.js";
import { card, thumb } from "./card.js";

export default function view(app, id) {
  const stop = app.state.stop(id);
  if (!stop) return { title: t("Visit"), back: "#/", main: [notice(t("This visit is not in your plan any more."), "warn")] };
  const path = `#/stop/${encodeURIComponent(id)}`;
  return {
    title: t("Visit %(number)d", { number: stop.number }),
    back: "#/",
    main: [card(app, stop), element("nav", { className: "ways" }, [
      link(t("Call"), `${path}/call`, { looks: "button", is: "talk" }),
      link(t("Problem"), `#/problem/${encodeURIComponent(id)}`, { looks: "button", is: "warn" }),
      link(t("Result"), `${path}/result`, { looks: "button", is: "good" }),
    ])],
    thumb: thumb(app, stop),
  };
}
