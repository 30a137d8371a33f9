// What is told of what the pointer is on.
import { element } from "../js/element.js";

const MOST_NAMES = 8;

const tooltip = (first, second) =>
  element("div", {}, [
    element("div", { textContent: first }),
    element("span", { className: "kind", textContent: second }),
  ]);

export const aboutCrew = (crew) => `${crew.number} · ${crew.name}`;

export const aboutStop = ({ number, from, to, name, place_name: place, id }) =>
  tooltip(`${number} · ${from}–${to} · ${name}`, `${place} · ${id}`);

export const aboutCase = (group, id, name) => tooltip(`${name} · ${id}`, group.words);

// Of a house: all crews that set off there, for they stand above each other.
export function aboutStart(crew, crews) {
  const there = crews.filter(({ start }) => `${start}` === `${crew.start}`);
  const names = there.slice(0, MOST_NAMES).map(aboutCrew);
  if (there.length > MOST_NAMES) names.push(`+${there.length - MOST_NAMES}`);
  return tooltip(names.join(", "), there.length > 1 ? "" : `${crew.from}–${crew.to}`);
}
