// Opens the page: its words, the phone's book, and what of a day lies in it.

import { App } from "./app.js";
import { t } from "./words.js";
import { link, notice } from "./pieces.js";

try {
  const app = await App.open(document.querySelector("#app"));
  await app.start();
  (await import("./keeping.js")).keepPage();
} catch (error) {
  console.error(error);
  cannotKeep(error);
}

/** The browser keeps nothing for us: she can work online, and is told that nothing else is sure. */
function cannotKeep() {
  const why = t("This browser keeps nothing for this page (a private window, or its storage is full or switched off). Without that a day cannot be carried without a network. Records that wait are not lost; free some space and open this page again.");
  document.querySelector("#main").replaceChildren(
    notice(why, "bad"), link(t("Work online"), "/my/day", { looks: "button main large wide" }),
  );
}
