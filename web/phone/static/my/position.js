// Where the phone stands: asked at a press alone, and only where the city wants to know.

const WAIT_MS = 4_000, PATIENCE_MS = 12_000, FRESH_MS = 30_000, EARTH_M = 6_371_008.8;
const ROUGH_M = 200;

/** Whether a phone knows so roughly where it stands that it may well be at the door. */
export function isRough({ accuracy_m = 0 }) {
  return accuracy_m > ROUGH_M;
}

/**
 * {lat, lon, accuracy_m}, or {} where the phone does not know or she does not say. While the browser
 * asks her whether it may tell, its own waiting has not begun: nothing waits longer than for that.
 */
export function position() {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve({});
    setTimeout(resolve, PATIENCE_MS, {});
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: coords.latitude, lon: coords.longitude, accuracy_m: coords.accuracy }),
      () => resolve({}),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: FRESH_MS },
    );
  });
}

/** Metres from where she stands to a place beyond its radius and her accuracy; 0 is at it. */
export function beyond_m(stood, place) {
  if (stood.lat === undefined || !place?.at) return 0;
  const [lat, lon] = place.at, rad = Math.PI / 180;
  const a = Math.sin(((stood.lat - lat) * rad) / 2) ** 2
    + Math.cos(lat * rad) * Math.cos(stood.lat * rad) * Math.sin(((stood.lon - lon) * rad) / 2) ** 2;
  const metres = 2 * EARTH_M * Math.asin(Math.sqrt(a));
  return Math.max(0, Math.round(metres - place.radius_m - Math.min(stood.accuracy_m, 500)));
}
