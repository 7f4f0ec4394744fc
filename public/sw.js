// Offline use: the files of one build, kept whole. `cargo xtask build` fills in the version.
const VERSION = "__VERSION__";
const CACHE = `ballast-${VERSION}`;
const SHELL = "/";
const LIST = "/precache.json";
// A newer version can take over only once this one is idle: what is being fetched would hold it up.
const leaving = new AbortController();
let lazy = Promise.resolve();

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  // Never by itself: the app asks when no job is running.
  if (event.data === "take-over") self.skipWaiting();
  if (event.data === "fetch-lazy") {
    lazy = Promise.allSettled([lazy, fetchLazy()]);
    event.waitUntil(lazy);
  }
  if (event.data === "stand-down") {
    leaving.abort();
    event.waitUntil(lazy.then(() => event.ports[0]?.postMessage("idle")));
  }
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(shell(request));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
});

async function install() {
  const response = await fetch(LIST, { cache: "no-store" });
  if (!response.ok) throw new Error(`${LIST}: ${response.status}`);
  const list = await response.clone().json();
  if (list.version !== VERSION) throw new Error(`${LIST} is of another build`);
  const cache = await caches.open(CACHE);
  await cache.put(LIST, response);
  await cache.add(new Request(SHELL, { cache: "no-store" }));
  await Promise.all(list.shell.map((url) => keep(cache, url)));
}

// What the first screen does not need; fetched once the app is up.
async function fetchLazy() {
  // Once a newer build has taken over this cache is gone; opening it would bring it back empty.
  if (!(await caches.has(CACHE))) return;
  const cache = await caches.open(CACHE);
  const list = await (await cache.match(LIST)).json();
  await Promise.allSettled(list.lazy.map((url) => keep(cache, url, leaving.signal)));
  // Replaced between the first line and the second.
  if (self.serviceWorker?.state === "redundant") await caches.delete(CACHE);
}

// A hashed file is the same in every build: take it from an older cache when it is there.
async function keep(cache, url, signal) {
  if (await cache.match(url)) return;
  const response = (await caches.match(url)) ?? (await fetch(url, { signal }));
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  await cache.put(url, response);
}

async function activate() {
  const names = await caches.keys();
  const stale = names.filter((name) => name.startsWith("ballast-") && name !== CACHE);
  await Promise.all(stale.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function shell(request) {
  return (await caches.match(SHELL, { cacheName: CACHE })) ?? fetch(request);
}

async function asset(request) {
  const known = await caches.match(request, { cacheName: CACHE });
  if (known) return known;
  const response = await fetch(request);
  if (response.ok && (await caches.has(CACHE))) {
    const cache = await caches.open(CACHE);
    await cache.put(request, response.clone());
  }
  return response;
}
