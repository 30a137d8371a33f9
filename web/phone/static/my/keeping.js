// Keeps this page on the phone by its worker; a new version takes over at an opening.

/** Register the worker. Inside other apps' browsers there is none: the page works online there. */
export async function keepPage() {
  if (!("serviceWorker" in navigator)) return;
  const hadOne = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (hadOne) location.reload();
  }, { once: true });
  try {
    const kept = await navigator.serviceWorker.register("/my/worker.js", { scope: "/my/" });
    kept.waiting?.postMessage("take over");
  } catch {
    // No network at this opening: what is kept serves.
  }
}

/** Whether the page opens again without a network. */
export async function isKept() {
  const kept = await navigator.serviceWorker?.getRegistration("/my/");
  return Boolean(kept?.active);
}
