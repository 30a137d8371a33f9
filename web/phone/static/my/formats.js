// How times are written: in the zone of the city, whatever the phone's own is.

import { language } from "./words.js";

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
