// A photograph: taken by the phone's camera, shown as it would be kept, then kept or not.

import { shrunk } from "../photo.js";
import { button, element, notice, paragraph } from "../pieces.js";
import { t } from "../words.js";
import { steps, ways } from "./steps.js";

export function fill(app, stop, keep) {
  const { main, thumb, show } = steps();
  const input = element("input", { type: "file", accept: "image/*", hidden: true, id: "camera" });
  input.setAttribute("capture", "environment");
  input.addEventListener("change", () => input.files.length && take(input.files[0]));
  input.addEventListener("cancel", () => ask([notice(t("No photograph was taken. If the camera did not open, allow it for the browser in the phone's settings."), "warn")]));

  const ask = (told = []) => show(
    [...told, paragraph(t("The camera opens. You see the photograph before it is kept. Where it was taken is not kept with it.")), input],
    [button(t("Take a photograph"), () => input.click(), { looks: "button main large" })],
  );

  const take = async (file) => {
    input.value = ""; // the same one may be chosen again
    show([paragraph(t("One moment …")), input], []);
    try {
      look(await shrunk(file));
    } catch {
      ask([notice(t("That is no picture that this browser can read."), "warn")]);
    }
  };

  const look = (blob) => {
    const picture = element("img", { className: "attached", src: URL.createObjectURL(blob), alt: t("The photograph as it would be kept") });
    const forget = (then) => () => {
      URL.revokeObjectURL(picture.src);
      then();
    };
    show(
      [picture, paragraph(t("%(size)s KB", { size: Math.ceil(blob.size / 1024) }), "quiet"), input],
      ways(main[0], {
        keep: () => keep(blob), again: forget(() => { ask(); input.click(); }), drop: forget(ask),
      }, { keep: t("Keep"), again: t("Again"), drop: t("Drop") }, button),
    );
  };

  ask();
  return { main, thumb };
}
