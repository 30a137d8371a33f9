// How the desk's scripts write words, times and sums: the page's words, filled in.
export class Told {
  constructor(root) {
    this.words = JSON.parse(document.querySelector("#desk-words").dataset.words);
    this.locale = document.documentElement.lang;
    this.money = new Intl.NumberFormat(this.locale, {
      style: "currency",
      currency: root.dataset.currency,
      maximumFractionDigits: 0,
    });
    this.percent = new Intl.NumberFormat(this.locale, { style: "percent" });
    this.clocks = new Map();
  }

  say(key, values = {}) {
    return this.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  // The city's time of day; seconds count from the plan's origin.
  setClock(origin, zone) {
    this.origin = Date.parse(origin);
    this.format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    this.clocks.clear();
  }

  clock(second) {
    const minute = Math.floor(second / 60);
    if (!this.clocks.has(minute)) {
      this.clocks.set(minute, this.format.format(this.origin + minute * 60_000));
    }
    return this.clocks.get(minute);
  }

  span(start, end) {
    return `${this.clock(start)}–${this.clock(end)}`;
  }

  lasting(seconds) {
    const all = Math.round(seconds / 60);
    if (all < 60) return this.say("minutes", { minutes: all });
    const [hours, minutes] = [Math.floor(all / 60), String(all % 60).padStart(2, "0")];
    return this.say("hours", { hours, minutes });
  }

  share(part) {
    return this.percent.format(part);
  }

  // A sum in thousandths, and a duration, each with its sign.
  more(mills) {
    return `${mills < 0 ? "−" : "+"}${this.money.format(Math.abs(mills) / 1000)}`;
  }

  longer(seconds) {
    return `${seconds < 0 ? "−" : "+"}${this.lasting(Math.abs(seconds))}`;
  }

  nowSecond() {
    return (Date.now() - this.origin) / 1000;
  }
}
