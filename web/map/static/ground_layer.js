// The quiet ground of the map: our own server's tiles, drawn by protomaps-leaflet with our style.
import { LevelSource } from "./level_source.js";
import { labelRules, paintRules } from "./ground_style.js";

const LARGER = 1; // zooms by which tiles are drawn larger than they are cut, as data/maps/tiles.py
const MOST_DATA_ZOOM = 15;
const TILE_PX = 256;
const SHARPER = 1.5; // pixels for one of the screen, where tiles do not fit on whole pixels of it

function plainLayer({ tiles, levels, zooms, source, mostZoom = Infinity }) {
  const options = {
    attribution: "", // stands below the map, in the reader's language
    keepBuffer: 1,
    lang: document.documentElement.lang,
    updateWhenZooming: false,
  };
  if (tiles) {
    const data = { url: tiles, maxDataZoom: MOST_DATA_ZOOM, levelDiff: LARGER };
    return protomapsL.leafletLayer({ ...options, ...data });
  }
  const layer = protomapsL.leafletLayer({ ...options, sources: {} });
  const read = source ?? new LevelSource(levels, zooms, LARGER);
  const cache = new protomapsL.TileCache(read, TILE_PX * 2 ** LARGER);
  layer.views.set("", new protomapsL.View(cache, mostZoom, LARGER));
  return layer;
}

// `look(name)` gives a colour or font of the page's style. Between two whole zooms tiles are shown
// smaller or larger than they are: they are drawn the other way by `growth`, and stay sharp.
export function groundLayer(told, look) {
  const layer = plainLayer(told);
  const setView = layer._setView;

  layer.paint = (growth = layer.growth) => {
    layer.growth = growth;
    const dense = (window.devicePixelRatio || 1) * (growth === 1 ? 1 : SHARPER);
    layer.tileSize = Math.round((TILE_PX * dense) / growth);
    layer.backgroundColor = look("--map-ground");
    layer.paintRules = paintRules(look, growth);
    layer.labelRules = labelRules(look, growth);
    layer.clearLayout();
    layer.rerenderTiles();
  };

  // The map itself still tells the zoom it comes from.
  layer._setView = (center, zoom, noPrune, noUpdate) => {
    const growth = 2 ** (Math.round(zoom) - zoom);
    if (!noUpdate && growth !== layer.growth) layer.paint(growth);
    setView.call(layer, center, zoom, noPrune, noUpdate);
  };
  return layer;
}
