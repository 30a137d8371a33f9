// How times are written: in the zone of the city, whatever the phone's own is.

import { language, t } from "./words.js";

/** How far: in metres, from a kilometre on in kilometres. */
export function distance(metres) {
  if (metres < 1000) return t("%(metres)d m", { metres: Math.round(metres) });
  return t("%(km)s km", { km: new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(metres / 1000) });
}

export class Times {
  /** @param {string} zone  of the city */
  constructor(zone) {
    this.hours = new Intl.DateTimeFormat(language, {
      timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    });
    this.days = new Intl.DateTimeFormat(language, {
      timeZone: zone, weekday: "short", month: "short", day: "numeric",
    });
  }

  /** A time of the day, of epoch seconds. */
  clock(at_s) {
    return this.hours.format(at_s * 1000);
  }

  /** From when to when. */
  span(from_s, to_s) {
    return `${this.clock(from_s)}\u2060–\u2060${this.clock(to_s)}`;
  }

  /** A day, of epoch seconds. */
  day(at_s) {
    return this.days.format(at_s * 1000);
  }
}
