// The keys of the review, and whether those of a single letter are on.
const KEPT = "dayround.single-keys";
const TYPING = "input, select, textarea, dialog";
const OWN_ENTER = "button, summary, a:not([aria-current='true'])";

const dialog = document.getElementById("keys");
const box = document.getElementById("single-keys");

function actionOf({ key, target }, isOn) {
  const isOnMap = target.closest(".map-canvas");
  if (key === "ArrowDown") return isOnMap ? null : ["go", 1];
  if (key === "ArrowUp") return isOnMap ? null : ["go", -1];
  if (key === "Enter") return target.closest(OWN_ENTER) ? null : ["confirm"];
  if (key === "Escape") return ["toList"];
  if (!isOn) return null;
  if (key >= "1" && key <= "9") return ["choose", Number(key)];
  const letters = {
    j: ["go", 1],
    k: ["go", -1],
    p: ["toPin"],
    c: ["placeAll"],
    x: ["refuse"],
    s: ["skip"],
    u: ["undo"],
    "?": ["showKeys"],
  };
  return letters[key] ?? null;
}

export function listen(review) {
  box.checked = localStorage.getItem(KEPT) !== "off";
  box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = event.target.closest(TYPING) && event.key !== "Escape";
    if (dialog.open || isTyping) return;
    const action = actionOf(event, box.checked);
    if (!action) return;
    event.preventDefault();
    review[action[0]](...action.slice(1));
  });
}

export const showKeys = () => dialog.showModal();
