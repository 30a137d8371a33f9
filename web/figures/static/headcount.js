// How many collectors: curves that can be read point by point and grow while the answer is found,
// and the districts on a map.
import { follow } from "../static/js/following.js";
import { Curve } from "./curve.js";
import { tellDiffering } from "./differing.js";
import { openMap } from "./district_map.js";

const drawn = (root) => [...root.querySelectorAll("[data-live]")].map((one) => new Curve(one));

const box = document.getElementById("progress");
if (box) {
  let [curve] = drawn(box);
  follow(box, () => location.reload(), (html) => {
    const isFocused = curve?.plot === document.activeElement;
    box.innerHTML = html;
    const figure = box.querySelector("[data-live]");
    if (!figure) return;
    if (curve) curve.show(figure);
    else curve = new Curve(figure);
    if (isFocused) curve.plot.focus();
  });
} else {
  drawn(document);
}

const map = document.getElementById("district-map");
if (map) openMap(map);

const differs = document.getElementById("differs");
if (differs) tellDiffering(differs);
