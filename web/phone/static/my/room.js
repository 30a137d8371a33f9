// How much room the browser gives this page, and whether that is little.

const SCARCE = 20_000_000;

/** {used, left, isScarce}, in bytes; a browser that does not tell has room. */
export async function room() {
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  const left = Math.max(0, quota - usage);
  return { used: usage, left, isScarce: quota > 0 && left <= SCARCE };
}
