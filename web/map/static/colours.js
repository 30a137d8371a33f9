// Colours by number: lighter for the crews of a second turn, and an ink that can be read on each.
const DARK_INK = "#0d1614";
const LIGHT_INK = "#ffffff";

const channels = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

const byte = (channel) => Math.round(channel).toString(16).padStart(2, "0");

export function mixed(one, other, share) {
  const [a, b] = [channels(one), channels(other)];
  return `#${a.map((channel, i) => byte(channel + (b[i] - channel) * share)).join("")}`;
}

// After WCAG 2: relative luminance.
function luminance(hex) {
  const [r, g, b] = channels(hex).map((channel) => {
    const c = channel / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

export const inkOn = (hex) =>
  contrast(hex, LIGHT_INK) >= contrast(hex, DARK_INK) ? LIGHT_INK : DARK_INK;

// The colour of a crew: one of the page's eight, and lighter with each turn through them.
export function crewColour(crew, look) {
  const colour = look(`--crew-${crew.colour}`);
  return crew.dash ? mixed(colour, LIGHT_INK, Math.min(0.3 * crew.dash, 0.6)) : colour;
}
