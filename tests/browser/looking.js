// What eyes, thumbs and keys meet on a view of the kept page; read by looking.py into the page.

const PRESSED = "a[href], button, input, select, textarea, summary";
const LEFT = ".skip, .day-map *, [type=hidden], [hidden] *"; // the map's own are Leaflet's
const LEAST_TOUCH_PX = 43.5, LEAST_RING_PX = 2, SLOWEST_MS = 10_000;

/** Go to a view; it is there once its title was said to ears. */
async function go(hash) {
  const told = document.querySelector("#told");
  told.textContent = "";
  const drawn = new Promise((resolve, reject) => {
    const watch = new MutationObserver(() => {
      watch.disconnect();
      resolve();
    });
    watch.observe(told, { childList: true, characterData: true, subtree: true });
    setTimeout(() => reject(new Error(`${hash} is not drawn`)), SLOWEST_MS);
  });
  if (location.hash === hash) dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = hash;
  await drawn;
}

const short = (one) => one.outerHTML.slice(0, 160);

function pressed() {
  return [...document.querySelectorAll(PRESSED)]
    .filter((one) => one.checkVisibility() && !one.matches(LEFT) && !one.disabled);
}

/** What a thumb hits: of a mark to be set, all of its label. */
function targetOf(one) {
  return (one.matches("[type=radio], [type=checkbox]") && one.closest("label")) || one;
}

/** What lies past the edge, is cut off, or is too small for a thumb. */
function layout() {
  const wide = document.documentElement.clientWidth, found = [];
  if (document.documentElement.scrollWidth > wide) found.push("it scrolls sideways");
  for (const one of document.querySelectorAll("#app *")) {
    if (one.closest(".day-map, .hidden-but-read, svg") || !one.checkVisibility()) continue;
    const box = one.getBoundingClientRect();
    if (box.right > wide + 1 || box.left < -1) found.push(`past the edge: ${short(one)}`);
    const hides = getComputedStyle(one).overflowX === "hidden";
    if (hides && one.scrollWidth > one.clientWidth + 1) found.push(`cut off: ${short(one)}`);
  }
  for (const one of document.querySelectorAll("#app :is(.card-visit, .stop)")) {
    if (one.scrollWidth > one.clientWidth + 1) found.push(`it spills over: ${short(one)}`);
  }
  for (const one of pressed()) {
    const { width, height } = targetOf(one).getBoundingClientRect();
    if (Math.min(width, height) < LEAST_TOUCH_PX) found.push(`${width} x ${height}: ${short(one)}`);
  }
  return found;
}

/** Whether its title is said, and is the window's. */
function ears() {
  const title = document.querySelector(".top h1").textContent, found = [];
  if (!title) found.push("it has no title");
  if (document.querySelector("#told").textContent !== title) found.push("its title is not said");
  if (!document.title.startsWith(title)) found.push("the window has another title");
  return found;
}

/** Whether keys reach everything, in its order, and the eye sees where they are. */
function keys() {
  const found = [];
  let before = -Infinity;
  for (const one of pressed()) {
    one.focus();
    const target = targetOf(one), box = target.getBoundingClientRect(), top = box.top + scrollY;
    if (document.activeElement !== one) found.push(`no keys reach it: ${short(one)}`);
    if (one.tabIndex > 0) found.push(`its turn is not its place: ${short(one)}`);
    if (!hasRing(target)) found.push(`its focus is not seen: ${short(one)}`);
    if (isUnderBar(one, box)) found.push(`it has the focus under a bar: ${short(one)}`);
    if (!one.closest("main")) continue;
    if (top + box.height <= before) found.push(`it comes after what is below it: ${short(one)}`);
    before = top;
  }
  document.querySelector("main").focus();
  scrollTo(0, 0);
  return found;
}

function hasRing(target) {
  const { outlineStyle, outlineWidth } = getComputedStyle(target);
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= LEAST_RING_PX;
}

function isUnderBar(one, { left, top, width, height }) {
  const bar = document.elementFromPoint(left + width / 2, top + height / 2)?.closest(".thumb, .top");
  return Boolean(bar) && !bar.contains(one);
}
