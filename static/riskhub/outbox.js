// What a phone keeps, drafts and things that wait to be sent, and how these are sent: when a page opens, when the
// network is back, and every 30 seconds; with a fresh token, and only as the person who wrote them. The server
// knows each by its `client_uuid`.
"use strict";

// A thing: { key, owner, path, form, title, text, nameless, fields, files, at, state, why, receipt, tries, next, claimed };
// `state` is waiting, held (its author looks at it first) or sent. Every promise fails where nothing can be kept.
globalThis.phoneStore = (() => {
  const CLAIM = 120000;
  const MOST = 30; // things of one person
  let opened = null;

  function open() {
    opened ??= new Promise((done, failed) => {
      const asked = indexedDB.open("riskhub-phone", 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("things", { keyPath: "key" });
        asked.result.createObjectStore("drafts", { keyPath: "id" });
      };
      asked.onsuccess = () => {
        // Another tab has a newer product: this one lets go, and opens it anew when it needs it.
        asked.result.onversionchange = () => { asked.result.close(); opened = null; };
        asked.result.onclose = () => { opened = null; };
        done(asked.result);
      };
      asked.onerror = asked.onblocked = () => failed(asked.error);
    });
    opened.catch(() => { opened = null; });
    return opened;
  }

  // `work(store, give)` within one transaction; kept for good before the promise is kept.
  async function within(name, mode, work) {
    const base = await open();
    return new Promise((done, failed) => {
      let given;
      const act = base.transaction(name, mode, { durability: "strict" });
      act.oncomplete = () => done(given);
      act.onabort = act.onerror = () => failed(act.error);
      work(act.objectStore(name), (value) => { given = value; });
    });
  }

  const read = (name, key) => within(name, "readonly", (store, give) => {
    store.get(key).onsuccess = ({ target }) => give(target.result);
  });
  const write = (name, row) => within(name, "readwrite", (store) => { store.put(row); });
  const drop = (name, key) => within(name, "readwrite", (store) => { store.delete(key); });

  const things = () => within("things", "readonly", (store, give) => {
    store.getAll().onsuccess = ({ target }) => give(target.result.sort((a, b) => a.at - b.at));
  });

  // Changed only while `isSo(thing)`; the thing as it then is, or nothing.
  const change = (key, values, isSo = () => true) => within("things", "readwrite", (store, give) => {
    store.get(key).onsuccess = ({ target }) => {
      const thing = target.result;
      if (!thing || !isSo(thing)) return;
      store.put(Object.assign(thing, values));
      give(thing);
    };
  });

  // A clock that was put back must not hold a thing for days.
  const isAhead = (moment, most) => moment > Date.now() && moment - Date.now() <= most;
  const isClaimed = (thing) => isAhead(thing.claimed, CLAIM);

  return {
    things, change, isAhead, isClaimed, MOST,
    thing: (key) => read("things", key),
    keep: (thing) => write("things", thing),
    remove: (key) => drop("things", key),
    // Of two tabs one sends it. Whose tab was closed meanwhile loses it after two minutes.
    claim: (key) => change(key, { claimed: Date.now() + CLAIM }, (thing) => thing.state === "waiting" && !isClaimed(thing)),
    CLAIM,
    draft: (id) => read("drafts", id),
    keepDraft: (draft) => write("drafts", draft),
    dropDraft: (id) => drop("drafts", id),
  };
})();

globalThis.outbox = (() => {
  const EVERY = 30000;
  const LONGEST = 15 * 60000;
  const ASKING = 15000;
  const SENDING = 110000;
  const store = phoneStore;
  let running = null;
  let isSignedOut = false;

  const here = () => document.getElementById("outbox");
  const owner = () => here()?.dataset.owner ?? "";
  const mine = (thing) => thing.owner === owner();
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`outbox:${name}`, { detail }));
  const parse = (text) => new DOMParser().parseFromString(text, "text/html");

  // Who is signed in now, and a token that is good for them; fails without network.
  async function passport() {
    const answer = await fetch(here().dataset.url, { cache: "no-store", signal: AbortSignal.timeout(ASKING) });
    const page = parse(await answer.text());
    const found = page.getElementById("outbox");
    // Anything else than our own pages is somebody's gate to the network, or a server that does not know better.
    if (!found && !(answer.redirected && page.querySelector("[name=login]"))) throw new Error("no answer of ours");
    return { owner: found?.dataset.owner ?? "", token: page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "" };
  }

  function body(thing) {
    const form = new FormData();
    for (const [name, value] of thing.fields) form.append(name, value);
    for (const [name, file, called] of thing.files) form.append(name, file, called);
    form.set("waited", String(Math.max(0, Math.round((Date.now() - thing.at) / 1000))));
    return form;
  }

  function post(thing, token) {
    return fetch(thing.path, {
      method: "POST", body: body(thing), signal: AbortSignal.timeout(SENDING),
      headers: {
        "HX-Request": "true", "HX-Target": thing.form, "HX-Current-URL": new URL(thing.path, location).href,
        "X-CSRFToken": token, "X-Page-Language": document.documentElement.lang,
      },
    });
  }

  // Why it was not taken, in the server's own words.
  function reason(text) {
    const page = parse(text);
    const faults = [...page.querySelectorAll(".rh-summary li")].map((one) => one.textContent.trim());
    const note = page.querySelector(".rh-note > span")?.cloneNode(true);
    note?.querySelectorAll(".rh-meta, a").forEach((part) => part.remove());
    return faults.join(" ") || note?.textContent.trim() || here()?.dataset.refused || "";
  }

  const later = (thing, why) => store.change(thing.key, {
    claimed: 0, why, tries: thing.tries + 1, next: why ? Date.now() + Math.min(EVERY * 2 ** thing.tries, LONGEST) : 0,
  });

  // What an answer means for a thing; the thing is gone, stays, or waits for its author.
  async function settle(thing, status, headers, text) {
    const location = headers.get("HX-Location");
    if (status === 204 && location) {
      const receipt = JSON.parse(location).path;
      await store.change(thing.key, { state: "sent", receipt, fields: [], files: [], claimed: 0, why: "" });
      tell("sent", { ...thing, receipt });
    } else if (status === 401) {
      isSignedOut = true;
      await store.change(thing.key, { claimed: 0 });
    } else if ([400, 403, 404, 405, 409, 413, 422].includes(status)) {
      const why = reason(text);
      await store.change(thing.key, { state: "held", why, claimed: 0 });
      tell("held", { ...thing, why });
    } else {
      await later(thing, here()?.dataset.later ?? "");
    }
  }

  async function send(thing, pass) {
    const claimed = await store.claim(thing.key);
    if (!claimed) return;
    try {
      let answer = await post(claimed, pass.token);
      const fresh = answer.headers.get("X-CSRF-Token");
      if (answer.status === 403 && fresh) answer = await post(claimed, fresh);
      await settle(claimed, answer.status, answer.headers, await answer.text());
    } catch {
      await later(claimed, "");
      throw new Error("no network");
    }
  }

  const isDue = (thing, isPressed) => mine(thing) && thing.state === "waiting" && !store.isClaimed(thing)
    && (isPressed || !store.isAhead(thing.next, LONGEST));

  // `isPressed`: somebody asks for it now, whatever was said about waiting.
  async function flush(isPressed) {
    const due = (await store.things()).filter((thing) => isDue(thing, isPressed));
    if (!due.length || !here()) return;
    const pass = await passport();
    isSignedOut = !pass.owner;
    tell("who", pass);
    for (const thing of due) {
      if (isSignedOut || thing.owner !== pass.owner) break;
      await send(thing, pass);
    }
  }

  function start(isPressed = false) {
    running ??= flush(isPressed).catch(() => {}).finally(() => {
      running = null;
      tell("changed");
    });
    return running;
  }

  setInterval(start, EVERY);
  addEventListener("online", () => start(true));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) start(); });
  setTimeout(start);
  navigator.serviceWorker?.register(here().dataset.worker).catch(() => {});

  return { start, settle, owner, mine, here, isSignedOut: () => isSignedOut };
})();
