// A voice note of at most a minute. The microphone is open while it records, and not a moment
// longer.

export const LONGEST_S = 60;
const BITS_A_SECOND = 32_000, LOOK_MS = 100;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const WHYS = {
  NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "absent",
  NotReadableError: "busy", AbortError: "busy",
};

/** Why there is no recording: `why` is denied, absent, busy or unsupported. */
export class VoiceError extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}

/** One recording under way; `change` is told ten times a second, `end` with the sound. */
export class Voice extends EventTarget {
  /** Open the microphone and begin; throws VoiceError. */
  static async begin() {
    const type = TYPES.find((one) => globalThis.MediaRecorder?.isTypeSupported(one));
    if (!type || !navigator.mediaDevices?.getUserMedia) throw new VoiceError("unsupported");
    return new Voice(await microphone(), type);
  }

  constructor(stream, type) {
    super();
    this.stream = stream;
    this.parts = [];
    this.level = 0;
    this.began_ms = performance.now();
    this.meter = meterOf(stream);
    this.recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: BITS_A_SECOND });
    this.recorder.addEventListener("dataavailable", (event) => this.parts.push(event.data));
    this.recorder.addEventListener("stop", () => this.ended());
    this.recorder.start(1000);
    this.looking = setInterval(() => this.look(), LOOK_MS);
  }

  get seconds() {
    return Math.min(LONGEST_S, (performance.now() - this.began_ms) / 1000);
  }

  look() {
    this.level = this.meter.level();
    this.dispatchEvent(new Event("change"));
    if (this.seconds >= LONGEST_S) this.stop();
  }

  /** End it: what was said so far comes with `end`. */
  stop() {
    if (this.recorder.state !== "inactive") this.recorder.stop();
  }

  /** End it, and keep nothing: who goes away from the page records no more. */
  drop() {
    this.isDropped = true;
    this.stop();
  }

  ended() {
    clearInterval(this.looking);
    this.meter.close();
    for (const track of this.stream.getTracks()) track.stop();
    if (this.isDropped) return;
    this.sound = new Blob(this.parts, { type: this.recorder.mimeType.split(";")[0] });
    this.dispatchEvent(new Event("end"));
  }
}

async function microphone() {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
  } catch (error) {
    throw new VoiceError(WHYS[error.name] ?? "busy");
  }
}

/** What tells how loud it is, from 0 to 1. */
function meterOf(stream) {
  const context = new AudioContext(), analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const heard = new Uint8Array(analyser.fftSize);
  return {
    level: () => {
      analyser.getByteTimeDomainData(heard);
      return loudness(heard);
    },
    close: () => context.close(),
  };
}

/** The loudness of samples around 128: their root mean square, 0 to 1. */
export function loudness(samples) {
  const sum = samples.reduce((all, one) => all + ((one - 128) / 128) ** 2, 0);
  return Math.min(1, Math.sqrt(sum / samples.length) * 3);
}
