// What this phone lacks for a day without a network: told on the day's page until she waves it away.

import { isKept } from "./keeping.js";
import { button, element, link, notice } from "./pieces.js";
import { room } from "./room.js";
import { t } from "./words.js";

/** The lines that are to be told, each until it is waved away or mended. */
export async function lackings(app) {
  const found = [...(await roomLacks()), ...(await mapLacks(app)), ...((await isKept()) ? [] : [pageLacks()])];
  return found.filter(({ name }) => !app.waved.has(name)).map((one) => line(app, one));
}

/** The map is not here, or is that of an earlier way. */
async function mapLacks(app) {
  const { map } = app.day;
  if (!map) return [];
  const kept = await app.vault.about("map");
  if (kept?.etag === map.etag) return [];
  const size = (Math.max(0.1, map.bytes / 1e6)).toFixed(1);
  const words = kept
    ? t("The map on this phone is older than your plan (%(size)s MB to fetch).", { size })
    : t("The map is not on this phone yet (%(size)s MB to fetch).", { size });
  return [{ name: `map ${map.etag}`, words, more: [link(t("To the map"), "#/map", { looks: "button" })] }];
}

/** So little room is left that soon nothing may be written down. */
async function roomLacks() {
  const { left, isScarce } = await room();
  if (!isScarce) return [];
  return [{ name: "room", words: t("This phone has room for about %(left)s MB more: free some before photographs and results find none.", { left: Math.floor(left / 1e6) }), more: [] }];
}

function pageLacks() {
  return { name: "page", words: t("This page is not kept on this phone yet: without a network it does not open anew."), more: [] };
}

function line(app, { name, words, more }) {
  const made = notice(words, "info", [element("div", { className: "ways" }, [
    ...more,
    button(t("Not now"), () => { app.waved.add(name); made.remove(); }, { looks: "button" }),
  ])]);
  return made;
}
