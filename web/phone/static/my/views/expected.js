// From when a time of the plan is told anew.

export const WORTH_TELLING_S = 300;

/** Whether a stop is expected so much later or earlier than planned that it is told. */
export function moved(stop, now) {
  return Boolean(now) && Math.abs(now.start - stop.start) >= WORTH_TELLING_S;
}
