// A voice note: recorded for a minute at most, heard, then kept or not.

import { button, element, notice, paragraph } from "../pieces.js";
import { LONGEST_S, Voice } from "../voice.js";
import { t } from "../words.js";
import { steps, ways } from "./steps.js";

const WRONG = {
  denied: () => t("The microphone is not allowed for this page: allow it in the browser's settings of this page, then try again."),
  absent: () => t("This phone has no microphone that the browser can use."),
  busy: () => t("The microphone is in use by something else: end that, then try again."),
  unsupported: () => t("This browser cannot record: write it into the result's note instead."),
};

export function fill(app, stop, keep) {
  const { main, thumb, show } = steps();

  const ask = (told = []) => show(
    [...told, paragraph(t("At most a minute. Speak of what you saw; nobody else is recorded without being told."))],
    [button(t("Record"), begin, { looks: "button main large" })],
  );

  const begin = async () => {
    try {
      record(await Voice.begin());
    } catch (error) {
      ask([notice((WRONG[error.why] ?? WRONG.busy)(), "warn")]);
    }
  };

  const record = (voice) => {
    const level = element("meter", { min: 0, max: 1, value: 0, className: "level" });
    level.setAttribute("aria-label", t("Loudness"));
    const time = element("p", { className: "time-told", textContent: told(0) });
    const leave = () => voice.drop();
    for (const event of ["hashchange", "pagehide"]) addEventListener(event, leave, { once: true });
    voice.addEventListener("change", () => {
      level.value = voice.level;
      time.textContent = told(voice.seconds);
    });
    voice.addEventListener("end", () => {
      for (const event of ["hashchange", "pagehide"]) removeEventListener(event, leave);
      listen(voice.sound);
    });
    show([paragraph(t("It records.")), level, time], [button(t("Stop"), () => voice.stop(), { looks: "button main large" })]);
  };

  const listen = (blob) => {
    const audio = element("audio", { controls: true, src: URL.createObjectURL(blob), className: "attached" });
    audio.setAttribute("aria-label", t("The voice note as it would be kept"));
    const forget = (then) => () => {
      URL.revokeObjectURL(audio.src);
      then();
    };
    show([audio], ways(main[0], { keep: () => keep(blob), again: forget(begin), drop: forget(ask) },
      { keep: t("Keep"), again: t("Again"), drop: t("Drop") }, button));
  };

  ask();
  return { main, thumb };
}

function told(seconds) {
  const clock = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;
  return t("%(now)s of %(most)s", { now: clock(seconds), most: clock(LONGEST_S) });
}
