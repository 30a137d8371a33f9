// How large what is drawn is, in pixels at a zoom.
const NEAR_ZOOM = 13; // from here on stops show their numbers
const ARROW_ZOOM = 12; // and from here on ways their directions
const NEAR = { stop: 8, start: 9, leftOut: 4, line: 4, casing: 3 };
const FAR = { stop: 4, start: 7, leftOut: 3, line: 2.5, casing: 1.5 };
const MOST = { stop: 11, start: 12, leftOut: 7 };

export function sizes(zoom) {
  const more = Math.max(0, zoom - NEAR_ZOOM);
  const least = zoom < NEAR_ZOOM ? FAR : NEAR;
  return {
    ...least,
    stop: Math.min(MOST.stop, least.stop + more),
    start: Math.min(MOST.start, least.start + more),
    leftOut: Math.min(MOST.leftOut, least.leftOut + more / 2),
    arrow: zoom < ARROW_ZOOM ? 0 : least.line + 2.5,
  };
}
