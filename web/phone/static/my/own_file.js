// Her own work, and help: fetched beside the day, and kept with it to be read without a network.

import { asked } from "./server.js";

const AGAIN_MS = 10 * 60_000;

/** What is kept of her own work; null where it has not come yet. */
export async function ownOf(app) {
  return (await app.vault.get("own"))?.told ?? null;
}

/** Ask for her own work now and then; nothing is lost where nobody answers. Whether something has come. */
export async function keepOwn(app, { isAsked = false } = {}) {
  const isSoon = app.ownAt !== undefined && performance.now() - app.ownAt < AGAIN_MS;
  if (!app.vault.isOpen || (isSoon && !isAsked)) return false;
  app.ownAt = performance.now();
  const kept = await app.vault.get("own");
  let answer;
  try {
    answer = await asked("/my/own.json", {
      headers: { Accept: "application/json", ...(kept ? { "If-None-Match": kept.etag } : {}) },
    });
  } catch {
    return false;
  }
  if (answer.status !== 200) return false;
  const told = await answer.json();
  if (!app.vault.isOpen) return false; // the shift ended meanwhile
  await app.vault.put("own", { told, etag: answer.headers.get("ETag") });
  return true;
}
