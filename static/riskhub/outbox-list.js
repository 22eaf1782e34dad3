// The page of what waits on this phone: look at each, send it now, open it again, or throw it away.
"use strict";
(() => {
  const SENT_STAYS = 7 * 86400000;
  const store = phoneStore;
  const list = document.getElementById("things");
  const words = outbox.here().dataset;
  const written = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short", timeZone: words.zone });
  let someoneElse = false;

  function stateOf(thing) {
    if (thing.state !== "waiting") return words[thing.state];
    if (store.isClaimed(thing)) return words.sending;
    if (!navigator.onLine) return words.noNetwork;
    if (someoneElse) return words.other;
    if (outbox.isSignedOut()) return words.signedOut;
    return words.waits;
  }

  function row(thing) {
    const made = document.getElementById("thing").content.cloneNode(true).firstElementChild;
    const set = (name, text) => {
      const part = made.querySelector(`[data-${name}]`);
      part.textContent = text;
      part.hidden = !text;
    };
    made.dataset.key = thing.key;
    set("title", thing.title);
    set("text", thing.text.slice(0, 160));
    set("at", written.format(thing.at));
    set("photos", thing.files.length ? words.photos.replace("…", thing.files.length) : "");
    set("state", stateOf(thing));
    set("reason", thing.state === "sent" ? "" : thing.why);
    const isOpen = thing.state !== "sent";
    made.querySelector("[data-send]").hidden = thing.state !== "waiting";
    made.querySelector("[data-open]").hidden = !isOpen;
    made.querySelector("[data-open]").href = `${thing.path}#kept=${thing.key}`;
    made.querySelector("[data-drop]").hidden = !isOpen;
    made.querySelector("[data-done]").hidden = isOpen;
    made.querySelector("[data-receipt]").hidden = isOpen;
    made.querySelector("[data-receipt]").href = thing.receipt;
    return made;
  }

  async function draw() {
    let things;
    try {
      things = await store.things();
    } catch {
      document.getElementById("things-nowhere").hidden = false;
      return;
    }
    const own = things.filter(outbox.mine);
    const old = own.filter((thing) => thing.state === "sent" && !thing.nameless && Date.now() - thing.at > SENT_STAYS);
    for (const thing of old) await store.remove(thing.key);
    const focused = document.activeElement?.closest?.("[data-key]")?.dataset.key;
    list.replaceChildren(...own.filter((thing) => !old.includes(thing)).map(row));
    list.querySelector(`[data-key="${focused}"] a, [data-key="${focused}"] button`)?.focus();
    document.getElementById("leaving").hidden = location.hash !== "#leaving";
    document.getElementById("things-none").hidden = list.children.length > 0;
    const others = things.filter((thing) => !outbox.mine(thing) && thing.state !== "sent").length;
    const note = document.getElementById("things-others");
    note.hidden = !others;
    note.querySelector("span").textContent = words.others.replace("…", others);
  }

  list.addEventListener("click", async (event) => {
    const key = event.target.closest("[data-key]")?.dataset.key;
    const button = event.target.closest("button");
    if (!key || !button) return;
    if ("send" in button.dataset) await outbox.start(true);
    else if ("done" in button.dataset || confirm(words.question)) await store.remove(key);
    draw();
  });

  document.addEventListener("outbox:who", ({ detail }) => { someoneElse = detail.owner !== "" && detail.owner !== outbox.owner(); });
  for (const name of ["outbox:changed", "outbox:sent", "outbox:held"]) document.addEventListener(name, draw);
  for (const name of ["online", "offline"]) addEventListener(name, draw);
  draw();
})();
