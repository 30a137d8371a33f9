"use strict";
// Opens the sealed day by its passphrase and draws it; asks no server for anything.
const $ = (id) => document.getElementById(id);
const sealed = JSON.parse($("sealed").textContent);
const allWords = JSON.parse($("words").textContent);
let language = (navigator.language || "").toLowerCase().startsWith("zh") ? "zh" : "en";
let opened = null;

const w = (key, values = {}) =>
  allWords[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

class WrongPassphrase extends Error {}

async function unsealed(passphrase) {
  const secret = new TextEncoder().encode(passphrase);
  const base = await crypto.subtle.importKey("raw", secret, "PBKDF2", false, ["deriveKey"]);
  const how = {
    name: "PBKDF2", hash: "SHA-256", salt: bytes(sealed.salt), iterations: sealed.iterations,
  };
  const cipher = { name: "AES-GCM", length: 256 };
  const key = await crypto.subtle.deriveKey(how, base, cipher, false, ["decrypt"]);
  const bound = {
    name: "AES-GCM", iv: bytes(sealed.nonce), additionalData: new TextEncoder().encode(sealed.purpose),
  };
  const plain = await crypto.subtle.decrypt(bound, key, bytes(sealed.text)).catch(() => {
    throw new WrongPassphrase();
  });
  return JSON.parse(new TextDecoder().decode(plain));
}

function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

const told = () => opened[language];
const clock = (second) =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone: told().zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).format(second * 1000);

// What ends at midnight is told as 24:00: at 00:00 it would seem to be over before it began.
const end = (span, all) => (span === all[all.length - 1] ? "24:00" : clock(span[1]));
const between = (span, all) => `${clock(span[0])}–${end(span, all)}`;

function reason(number) {
  const why = told().reasons[number];
  const source = why.is_law ? w("by_law", { source: why.source }) : w("house");
  return `${why.title}${why.facts ? ` ${why.facts}` : ""} (${source})`;
}

function now(hours) {
  const second = Date.now() / 1000;
  const here = hours.find(([start, until]) => start <= second && second < until);
  if (!here) return "";
  const isOpen = here[2] === null;
  const text = isOpen
    ? w("now_open", { time: end(here, hours) })
    : `${w("now_closed")}: ${reason(here[2])}`;
  return el("p", { class: `now ${isOpen ? "open" : "closed"}` }, text, " ",
    el("span", { class: "quiet" }, `(${w("by_clock")})`));
}

function door(hours) {
  const open = hours.filter((span) => span[2] === null);
  const shut = hours.filter((span) => span[2] !== null);
  const when = open.map((span) => between(span, hours)).join(", ");
  const lines = shut.map((span) => el("li", {}, `${between(span, hours)}: ${reason(span[2])}`));
  return [
    now(hours),
    el("p", {}, open.length ? `${w("may_begin")}: ${when}` : w("never")),
    lines.length ? el("details", {}, el("summary", {}, w("else")), el("ul", {}, ...lines)) : "",
  ];
}

function visit(stop) {
  const facts = [
    stop.people > 1 ? w("people", { number: stop.people }) : "",
    w("contracts", { number: stop.contracts }),
    w(stop.contacted ? "contacted" : "not_contacted"),
  ];
  const place = stop.place;
  const flags = stop.flags.map((flag) => el("li", {}, flag));
  return [
    el("p", { class: "name" }, stop.name || w("gone")),
    place ? el("p", {}, `${place.kind_words} · ${place.address}`) : "",
    place && place.note ? el("p", {}, place.note) : "",
    stop.standing ? el("p", { class: "note bad" }, `${w("no_go")}: ${stop.standing}`) : "",
    stop.result ? el("p", { class: "now open" }, `✓ ${stop.result}`) : "",
    flags.length ? el("ul", { class: "flags" }, ...flags) : "",
    stop.name ? el("p", { class: "quiet" }, facts.filter(Boolean).join(" · ")) : "",
    ...(stop.hours.length ? door(stop.hours) : []),
  ];
}

function line(stop) {
  const isBreak = stop.kind === "break";
  const when = el("p", { class: "when" },
    el("span", { class: "number" }, isBreak ? "–" : String(stop.number)),
    el("span", {}, `${clock(stop.start)}–${clock(stop.end)}`),
    isBreak ? el("span", {}, w("break")) : "");
  return el("li", { class: isBreak ? "stop break" : "stop" }, when, ...(isBreak ? [] : visit(stop)));
}

function duties() {
  const lines = told().duties.map((duty) =>
    el("li", {}, duty.text, " ", el("span", { class: "quiet" }, duty.is_law ? duty.source : w("house"))));
  return lines.length
    ? el("details", {}, el("summary", {}, w("duties")), el("ul", {}, ...lines)) : "";
}

function standing() {
  const second = Date.now() / 1000;
  if (second >= told().last) return el("p", { class: "note bad" }, w("over"));
  return second < told().first ? el("p", { class: "note" }, w("ahead")) : "";
}

function draw() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  $("title").textContent = opened ? `${told().day} · ${told().names.join(" · ")}` : w("title");
  for (const [id, key] of [
    ["language", "other"], ["close", "close"], ["locked", "locked"], ["asks", "passphrase"],
    ["open", "open"],
  ]) $(id).textContent = w(key);
  $("door").hidden = opened !== null;
  $("close").hidden = $("day").hidden = opened === null;
  if (!opened) return $("day").replaceChildren();
  const day = told();
  const made = w("made", { version: day.version, time: day.made });
  const visits = day.stops.filter((stop) => stop.kind !== "break").length;
  $("day").replaceChildren(...[
    standing(),
    el("p", {}, `${clock(day.starts)}–${clock(day.ends)} · ${visits} ${w("visits")}`),
    el("p", { class: "note" }, w("phone_in")),
    el("ol", { class: "stops" }, ...day.stops.map(line)),
    duties(),
    el("p", { class: "quiet" }, `${w("masked")} ${made}`),
  ].filter(Boolean));
}

async function tryPassphrase(event) {
  event.preventDefault();
  const digits = $("passphrase").value.normalize("NFKC").replace(/[^0-9]/g, "");
  if (digits.length !== sealed.digits) return ($("told").textContent = w("short"));
  $("told").textContent = w("opening");
  $("open").disabled = true;
  try {
    opened = await unsealed(digits);
    $("passphrase").value = "";
    $("told").textContent = "";
    draw();
    scrollTo(0, 0);
  } catch (error) {
    $("told").textContent = w(error instanceof WrongPassphrase ? "wrong" : "broken");
  } finally {
    $("open").disabled = false;
  }
}

$("door").addEventListener("submit", tryPassphrase);
$("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  $("told").textContent = "";
  draw();
});
$("close").addEventListener("click", () => {
  opened = null;
  draw();
  $("passphrase").focus();
});
setInterval(() => {
  const isReading = $("day").querySelector("details[open]");
  if (opened && !isReading) draw();
}, 30_000);
draw();
if (!globalThis.crypto?.subtle) {
  $("told").textContent = w("no_crypto");
  $("open").disabled = true;
}
