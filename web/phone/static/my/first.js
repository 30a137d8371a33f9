// At the first opening the day is asked for while the page's scripts are on their way: a slow phone
// waits for one round trip less. Later openings show what lies on the phone, and ask after that.
if (!navigator.serviceWorker?.controller) {
  globalThis.firstDay = fetch("/my/day.json", {
    headers: { Accept: "application/json" }, signal: AbortSignal.timeout?.(30_000),
  });
  globalThis.firstDay.catch(() => {}); // server.js tells
}
