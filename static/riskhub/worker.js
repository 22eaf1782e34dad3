// For the forms of a phone alone: without network they open as they were last seen. It answers for nothing else,
// and sends nothing: what waits is sent by the pages (outbox.js). Served at /m/worker.js, so its reach is /m/.
"use strict";
const SHELF = "riskhub-phone";
const PATIENCE = 5000;
const PAGES = ["incident", "new", "complaint", "outbox"].map((name) => new URL(name, registration.scope).pathname);
const BAD_GATEWAY = 502;
const LEFT_OUT = ["content-encoding", "content-length", "set-cookie"];

// A name with the hash of its content never comes to mean anything else.
const isFixed = (path) => /\.[0-9a-f]{12}\.\w+$/.test(path);
const filesOf = (text) => [...text.matchAll(/(?:src|href)="([^"]*\/static\/[^"]+)"/g)].map(([, path]) => path);

async function keep(path, response) {
  // Not the sign-in page, a refusal, or the gate of somebody's network.
  const isOurs = response.ok && !response.redirected && response.headers.has("X-Request-ID");
  if (!isOurs || response.type !== "basic") return;
  const text = await response.clone().text();
  const shelf = await caches.open(SHELF);
  for (const file of filesOf(text)) if (!isFixed(file) || !await shelf.match(file)) await shelf.add(file);
  await shelf.put(path, response);
}

const ask = (path) => fetch(path, { redirect: "manual", cache: "no-store" }).then((response) => keep(path, response));

async function missing() {
  const shelf = await caches.open(SHELF);
  for (const path of PAGES) if (!await shelf.match(path)) await ask(path).catch(() => {});
  // Files of an older product go with the last page that named them.
  const wanted = new Set(PAGES);
  for (const path of PAGES) for (const file of filesOf(await (await shelf.match(path))?.text() ?? "")) wanted.add(file);
  for (const request of await shelf.keys()) if (!wanted.has(new URL(request.url).pathname)) await shelf.delete(request);
}

// The page knows by `data-kept` that it is an old one: its key may be used, its moment is past.
async function old(response) {
  const text = (await response.text()).replace("<html ", "<html data-kept ");
  return new Response(text, { headers: [...response.headers].filter(([name]) => !LEFT_OUT.includes(name)) });
}

async function page(answer, path) {
  const known = await (await caches.open(SHELF)).match(path);
  if (!known) return answer;
  const tired = new Promise((done) => { setTimeout(done, PATIENCE); });
  const response = await Promise.race([answer, tired]).catch(() => null);
  const isThere = response && (response.status < BAD_GATEWAY || response.headers.has("X-Request-ID"));
  return isThere ? response : old(known);
}

async function file(request) {
  const known = await (await caches.open(SHELF)).match(request);
  if (known && isFixed(new URL(request.url).pathname)) return known;
  return fetch(request).catch((fault) => {
    if (known) return known;
    throw fault;
  });
}

addEventListener("install", () => { skipWaiting(); });
addEventListener("activate", (event) => { event.waitUntil(clients.claim().then(missing)); });
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && PAGES.includes(pathname)) {
    const answer = fetch(request);
    // A page with a query is of a poster or a place: not what the next one wants to see.
    if (!search) event.waitUntil(answer.then((response) => keep(pathname, response.clone())).then(missing).catch(() => {}));
    event.respondWith(page(answer, pathname));
  } else if (pathname.includes("/static/")) {
    event.respondWith(file(request));
  }
});
