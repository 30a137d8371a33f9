// Keeps the page, so that it opens without a network. Data is never kept here: the page keeps its
// own, encrypted. `KEPT` stands above: the version of the page, and the list of its files.

const NAME = `dayround ${KEPT.version}`;
const PATHS = new Set([...KEPT.files, ...KEPT.later].map(path));

self.addEventListener("install", (event) => event.waitUntil(install()));

self.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
  if (event.data === "keep the map") event.waitUntil(keepMap(event.ports[0]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && PATHS.has(path(request.url))) event.respondWith(found(request));
});

function path(address) {
  return new URL(address, self.location).pathname;
}

// A phone that has the map keeps it when the page is renewed.
async function install() {
  const hasMap = KEPT.later.length && (await caches.match(path(KEPT.later[0]), { ignoreSearch: true }));
  await fill(hasMap ? [...KEPT.files, ...KEPT.later] : KEPT.files);
}

async function keepMap(asker) {
  try {
    await fill(KEPT.later);
    asker?.postMessage(true);
  } catch {
    asker?.postMessage(false);
  }
}

// An address with a version holds one content for ever: what the page has just read is not read again.
async function fill(files) {
  const cache = await caches.open(NAME);
  await cache.addAll(files);
}

async function found(request) {
  const cache = await caches.open(NAME);
  return (await cache.match(path(request.url), { ignoreSearch: true })) ?? fetch(request);
}

async function forgetOthers() {
  for (const name of await caches.keys()) {
    if (name.startsWith("dayround ") && name !== NAME) await caches.delete(name);
  }
  await self.clients.claim();
}
