// The map of a new urgent case: its pin says where the door is, as the candidate does that is chosen.
import { PinMap } from "../../dispatch/pin_map.js";

const DECIMALS = 6; // of degrees: a hand's breadth

const form = document.getElementById("urgent-case");
const root = document.getElementById("urgent-map");
const position = form.querySelector("#position");
const byPin = form.querySelector("#by-pin");

const candidates = [...form.querySelectorAll(".candidate")].map((element) => ({
  element,
  letter: element.dataset.letter,
  at: [Number(element.dataset.lat), Number(element.dataset.lon)],
  radius: Number(element.dataset.radius),
}));

const write = (at) => {
  position.value = at.map((one) => one.toFixed(DECIMALS)).join(", ");
  if (byPin) byPin.checked = true;
  map.light(null);
};

const choose = (letter) => {
  const found = candidates.find((one) => one.letter === letter);
  const choice = found.element.querySelector("input");
  map.put(found.at);
  map.light(letter);
  if (choice.disabled) return;
  choice.checked = true;
  position.value = "";
};

// Where somebody typed a position, the pin goes there.
const typed = () => {
  const at = position.value.replace("，", ",").split(",").map((one) => (one.trim() ? Number(one) : NaN));
  const isPlace = at.length === 2 && Math.abs(at[0]) <= 90 && Math.abs(at[1]) <= 180;
  if (isPlace) map.put(at);
  return isPlace;
};

const map = new PinMap(root, JSON.parse(root.dataset.words), {
  onMove: ({ lat, lng }) => write([lat, lng]),
  onChoose: choose,
});
map.open();
map.show(candidates);
typed();
form.addEventListener("change", ({ target }) => {
  if (target === position && typed() && byPin) byPin.checked = true;
  const chosen = target.closest(".candidate");
  if (chosen) choose(chosen.dataset.letter);
});
