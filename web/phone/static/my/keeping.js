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

/** Open the page anew as the server has it by now: in another language, or other colours. */
export async function renewPage() {
  const kept = await navigator.serviceWorker?.getRegistration("/my/");
  await kept?.update();
  const coming = kept?.installing ?? kept?.waiting;
  if (!coming) return location.reload();
  if (coming.state === "installing") {
    await new Promise((resolve) => coming.addEventListener("statechange", resolve, { once: true }));
  }
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  coming.postMessage("take over");
}

/** Whether the page opens again without a network. */
export async function isKept() {
  const kept = await navigator.serviceWorker?.getRegistration("/my/");
  return Boolean(kept?.active);
}
