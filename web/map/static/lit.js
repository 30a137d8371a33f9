// What is looked at stands on a canvas of its own above the others: to light it, nothing else is drawn.
const ABOVE_ALL = 450; // above the pane of Leaflet's lines, below its marks and tooltips

export class Lit {
  constructor(map, padding) {
    this.map = map;
    const pane = map.createPane("lit");
    pane.style.zIndex = ABOVE_ALL;
    pane.style.pointerEvents = "none";
    this.renderer = L.canvas({ pane: "lit", padding });
  }

  // Shows a layer alone, or nothing; the others grow quiet where `isAlone`.
  show(layer, isAlone) {
    this.map.getPane("overlayPane").classList.toggle("is-quiet", Boolean(layer && isAlone));
    if (layer === this.layer) return;
    this.layer?.remove();
    this.layer = layer;
    layer?.addTo(this.map);
  }
}
