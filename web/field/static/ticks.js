// Ticks for a page that may lie in the background: its own timers are slowed down there, a worker's are not.
setInterval(() => postMessage(0), 2_000);
