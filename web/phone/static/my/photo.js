// A photograph, made small on the phone. It is drawn anew, so that nothing leaves the phone but
// the picture: no position, no time, no maker.

const MOST_PX = 1280, MOST_BYTES = 300 << 10, SMALLER = 0.75, ROUNDS = 4;
const QUALITIES = [0.82, 0.7, 0.58, 0.46];

/** What was chosen is no picture that this browser can read. */
export class NoPictureError extends Error {}

/** Return a photograph as JPEG: at most 1280 pixels a side, and 300 KB. */
export async function shrunk(file) {
  const picture = await decoded(file);
  try {
    return await small(picture);
  } finally {
    picture.close();
  }
}

async function decoded(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new NoPictureError("it cannot be read");
  }
}

async function small(picture) {
  let most = MOST_PX;
  for (let round = 0; round < ROUNDS; round += 1, most *= SMALLER) {
    const canvas = drawn(picture, fitted(picture.width, picture.height, most));
    for (const quality of QUALITIES) {
      const blob = await jpeg(canvas, quality);
      if (blob && blob.size <= MOST_BYTES) return blob;
    }
  }
  throw new NoPictureError("it cannot be made small enough");
}

/** [width, height] so that the longer side has at most `most` pixels; never larger than it is. */
export function fitted(width, height, most) {
  const scale = Math.min(1, most / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

function drawn(picture, [width, height]) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d", { alpha: false });
  pen.fillStyle = "#fff"; // what is transparent would be black
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, width, height);
  return canvas;
}

function jpeg(canvas, quality) {
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}
