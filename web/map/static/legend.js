// The legend: which crews and reasons are shown, and the stops of each crew for the keyboard.
import { element } from "../js/element.js";
import { crewColour } from "./colours.js";
import { drawMark } from "./marks.js";
import { aboutCrew } from "./tooltips.js";
import { dashOf } from "./way.js";

const SIGN = { width: 26, height: 18 };

const text = (className, words) => element("span", { className, textContent: words });

function sign(draw) {
  const canvas = element("canvas", { ariaHidden: "true" });
  const dense = window.devicePixelRatio || 1;
  canvas.width = SIGN.width * dense;
  canvas.height = SIGN.height * dense;
  const pen = canvas.getContext("2d");
  pen.scale(dense, dense);
  draw(pen, { x: SIGN.width / 2, y: SIGN.height / 2 });
  return canvas;
}

function lineSign(colour, dash) {
  return sign((pen, { y }) => {
    pen.strokeStyle = colour;
    pen.lineWidth = 4;
    pen.setLineDash(dash.map((length) => length * 0.7));
    pen.moveTo(1, y);
    pen.lineTo(SIGN.width - 1, y);
    pen.stroke();
  });
}

function switchFor(label, onChange) {
  const box = element("input", { type: "checkbox", checked: true, ariaLabel: label });
  box.addEventListener("change", () => onChange(box.checked));
  return box;
}

function stopRow(stop, words, onChoose) {
  const hours = text("hours", `${stop.from}–${stop.to}`);
  if (stop.kind === "break") {
    const parts = [text("number", ""), hours, text("kind", words.break)];
    return element("li", {}, [element("div", { className: "map-stop rest" }, parts)]);
  }
  const parts = [
    text("number", stop.number),
    hours,
    text("who", stop.name),
    text("kind", stop.place_name),
  ];
  const button = element(
    "button",
    { type: "button", className: "map-stop", title: stop.id, data: { visit: stop.id } },
    parts,
  );
  button.addEventListener("click", () => onChoose(stop.id));
  return element("li", {}, [button]);
}

// A crew: its number, its switch, its line, and its stops when it is opened.
export function crewEntry(route, look, words, { onSwitch, onChoose }) {
  const { crew } = route;
  const visits = crew.stops.filter((stop) => stop.kind === "visit").length;
  const row = element("summary", { className: "map-row", data: { crew: crew.id } }, [
    lineSign(crewColour(crew, look), dashOf(crew)),
    text("name", aboutCrew(crew)),
    text("count", words.visits.replace("{count}", visits)),
  ]);
  row.title = `${crew.id} · ${crew.from}–${crew.to} · ${(crew.metres / 1000).toFixed(1)} km`;
  const stops = element("ol", { className: "map-stops" });
  stops.append(...crew.stops.map((stop) => stopRow(stop, words, onChoose)));
  const details = element("details", { className: "map-crew" }, [row, stops]);
  return element("li", { className: "map-entry" }, [switchFor(crew.name, onSwitch), details]);
}

export function leftOutEntry(left, onSwitch) {
  const drawn = sign((pen, at) => drawMark(pen, at, { ...left.look, radius: 5 }));
  const row = element("div", { className: "map-row" }, [
    drawn,
    text("name", left.group.words),
    text("count", left.group.count),
  ]);
  return element("li", { className: "map-entry" }, [switchFor(left.group.words, onSwitch), row]);
}

// The entries of reasons, below what each group of them asks of the desk.
export function underGroups(leftOut) {
  let before = "";
  return leftOut.flatMap(({ group, entry }) => {
    if (group.group === before) return [entry];
    before = group.group;
    if (group.words === group.group_words) return [entry];
    return [element("li", { className: "map-group", textContent: group.group_words }), entry];
  });
}
