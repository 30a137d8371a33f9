// The best-known time. A phone's own clock may be wrong, or set back to make a closed door open:
// what the server said last is carried on by a clock that nobody sets, and never goes back.

/**
 * @typedef {{server_ms: number, wall_ms: number, best_ms: number}} Kept
 * What is kept over a restart: the server's time when it was last heard, the phone's own at that
 * moment, and the latest time that was ever told.
 */

export class Clock {
  /** @param {Kept|null} kept  @param {() => number} wall  @param {() => number} steady */
  constructor(kept, wall = Date.now, steady = () => performance.now()) {
    this.kept = kept;
    this.wall = wall;
    this.steady = steady;
    this.base_ms = first(kept, wall());
    this.base_at = steady();
  }

  /** The best-known time in milliseconds. */
  now() {
    return this.base_ms + (this.steady() - this.base_at);
  }

  /** Take in what the server says that it is; it may be earlier than was thought. */
  hear(server_ms) {
    this.base_ms = server_ms;
    this.base_at = this.steady();
    this.kept = { server_ms, wall_ms: this.wall(), best_ms: server_ms };
  }

  /** What is to be kept over a restart. */
  toKeep() {
    const now = this.now();
    return this.kept === null ? null : { ...this.kept, best_ms: now, wall_ms: this.wall(), server_ms: now };
  }

  /** How far the phone's own clock is ahead of the best-known time, in milliseconds. */
  error_ms() {
    return this.wall() - this.now();
  }

  /** The later of the best-known time and the phone's own: after a shift nothing stays readable. */
  latest() {
    return Math.max(this.now(), this.wall());
  }
}

/** After a restart: as long as the phone's clock has gone on since, but never back. */
function first(kept, wall_ms) {
  if (kept === null) return wall_ms;
  return kept.best_ms + Math.max(0, wall_ms - kept.wall_ms);
}
