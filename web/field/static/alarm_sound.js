// A sound while nobody has seen a call for help: off, until somebody switches it on for this computer.
const KEY = "dayround-alarm-sound";
let audio;

export function mayRing() {
  return localStorage.getItem(KEY) === "on";
}

// Two short notes. Without a press on the page before, browsers keep it silent: the band says it all the same.
export function ring() {
  audio ??= new AudioContext();
  if (audio.state !== "running") return audio.resume().catch(() => {});
  [880, 660].forEach((hertz, i) => {
    const from = audio.currentTime + i * 0.25;
    const tone = new OscillatorNode(audio, { frequency: hertz });
    tone.connect(new GainNode(audio, { gain: 0.2 })).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.2);
  });
  return undefined;
}

// The switch stands on the page of alarms.
export function tellSound() {
  const root = document.getElementById("alarm-sound");
  const box = root?.querySelector("input");
  if (!box) return;
  root.hidden = false;
  box.checked = mayRing();
  box.addEventListener("change", () => {
    localStorage.setItem(KEY, box.checked ? "on" : "off");
    if (box.checked) ring();
  });
}
