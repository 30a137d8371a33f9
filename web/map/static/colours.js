// The colours of crews, by number as the page's style has them, and an ink that can be read on each.
const DARK_INK = "#0d1614";
const LIGHT_INK = "#ffffff";

const channels = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

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

export const crewColour = (crew, look) => look(`--crew-${crew.colour}`);
