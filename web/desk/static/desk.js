// The desk: puts its parts together. Each part is a file beside this one.
import { Acts } from "./acts.js";
import { carryByKeys } from "./carry_keys.js";
import { DeskState } from "./desk_state.js";
import { Carrier } from "./drag.js";
import { askForetold } from "./foretold.js";
import { Keys } from "./keys.js";
import { ListView } from "./list_view.js";
import { linkMap } from "./map_link.js";
import { Opener } from "./opener.js";
import { renewParts } from "./parts.js";
import { tellRun } from "./running.js";
import { showSearch } from "./search.js";
import { Sheet } from "./sheet.js";
import { tellState } from "./telling.js";
import { TimelineView } from "./timeline_view.js";
import { Told } from "./told.js";

const root = document.querySelector("#desk");
const told = new Told(root);
const state = new DeskState(root.dataset.base, root.dataset.isNewest ? "" : root.dataset.version);
state.may = root.dataset.isNewest ? root.dataset.mayAct : "";
state.addEventListener("day", ({ detail }) => told.setClock(detail.day.origin, detail.day.zone));

const timeline = new TimelineView(
  document.querySelector("#timeline"), state, told, Boolean(root.dataset.isToday),
);
const list = new ListView(document.querySelector("#lists"), state, told);
const acts = new Acts(state, told, list);
const sheet = new Sheet(document.querySelector("#sheet"), state, told);
const opener = new Opener({ state, told, sheet, acts, list, timeline });
const carrier = new Carrier({ state, told, timeline, list, acts });
opener.pickUp = (id) => {
  sheet.close();
  carrier.pickUp(id, timeline.blockOf(id) ?? document.querySelector("#timeline"));
};
carryByKeys(carrier);
new Keys({ state, told, timeline, list, opener, acts, sheet, carrier });
linkMap(state, opener);
renewParts(state);
tellState(root, state, told);
tellRun(state, sheet);
askForetold(root, state, told);
showSearch(state);
state.begin();
