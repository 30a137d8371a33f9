// Where one looks: at the whole day, also when the window changes, until somebody moves the map.
const MARGIN_PX = 16;

export class Fitted {
  constructor(map, root, closeZoom) {
    Object.assign(this, { map, root, closeZoom, isOurs: true, isMoving: false });
    map.on("movestart", () => (this.isOurs &&= this.isMoving));
    map.on("moveend", () => (this.isMoving = false));
  }

  // The zoom at which something is drawn before anything was looked at, too.
  get zoom() {
    return this.map._loaded ? this.map.getZoom() : this.map.getMinZoom();
  }

  to(points) {
    Object.assign(this, { isOurs: true, isMoving: true });
    const bounds = L.latLngBounds(points);
    if (bounds.isValid()) this.map.fitBounds(bounds, this.options());
    else this.map.setView([0, 0], 9);
  }

  options() {
    const legend = this.root.querySelector(".map-legend[open]")?.offsetWidth ?? 0;
    const beside = legend * 2 < this.root.offsetWidth ? legend : 0;
    return {
      paddingTopLeft: [MARGIN_PX, MARGIN_PX],
      paddingBottomRight: [MARGIN_PX + beside, MARGIN_PX],
      maxZoom: this.closeZoom,
    };
  }
}
