// Steps ticked while there is no network: each stays on this phone with the moment of its tap, and goes when
// there is network again, also after the page was closed. Tapped once more it is taken back. The server keeps
// the first tick of a step. Where nothing can be kept a tick is an ordinary form.
"use strict";
(() => {
  const NAME = "riskhub-ticks";
  const EVERY = 15000;
  const PATIENCE = 20000;
  const here = () => document.getElementById("response-runs");
  const read = () => JSON.parse(localStorage.getItem(NAME) ?? "[]");
  const write = (ticks) => localStorage.setItem(NAME, JSON.stringify(ticks));
  const isMine = (tick) => tick.owner === here()?.dataset.owner;
  const without = (path) => read().filter((tick) => tick.path !== path || !isMine(tick));
  let running = false;

  function show() {
    for (const tick of read().filter(isMine)) {
      const form = document.querySelector(`form[data-tick][action="${CSS.escape(tick.path)}"]`);
      if (!form || form.previousElementSibling?.matches("[data-tick-waits]")) continue;
      const at = new Date(tick.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      const words = Object.assign(document.createElement("strong"), { className: "rh-meta", textContent: here().dataset.waits.replace("…", at) });
      words.dataset.tickWaits = "";
      form.before(words);
    }
  }

  function post(tick, token) {
    const body = new FormData();
    body.set("owner", tick.owner);
    body.set("waited", String(Math.max(0, Math.floor((Date.now() - tick.at) / 1000))));
    const headers = { "HX-Request": "true", "X-CSRFToken": token, "X-Page-Language": document.documentElement.lang };
    return fetch(tick.path, { method: "POST", body, headers, signal: AbortSignal.timeout(PATIENCE) });
  }

  // What the server does not take, as the plan was ended meanwhile, is said in its words and not tried again.
  async function send(tick) {
    let answer = await post(tick, document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
    const fresh = answer.headers.get("X-CSRF-Token");
    if (answer.status === 403 && fresh) answer = await post(tick, fresh);
    if (answer.status === 401 || answer.status === 429 || answer.status >= 500) throw new Error("later");
    write(without(tick.path));
    if (answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const line = document.querySelector("[data-ticks-said]");
    line.textContent = page.querySelector(".rh-note")?.textContent.trim() || line.dataset.refused;
    line.hidden = false;
  }

  async function flush() {
    const due = here() ? read().filter(isMine) : [];
    if (running || !due.length) return;
    running = true;
    try {
      for (const tick of due) await send(tick);
    } catch { /* it waits */ } finally {
      running = false;
    }
    if (read().filter(isMine).length < due.length) htmx.trigger(here(), "refresh");
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-tick]") || event.submitter?.name === "undone") return;
    const path = form.getAttribute("action");
    try {
      const isBack = read().some((tick) => tick.path === path && isMine(tick));
      write(isBack ? without(path) : [...read(), { path, owner: here().dataset.owner, at: Date.now() }]);
      event.preventDefault();
      if (isBack) form.previousElementSibling?.remove();
      else flush().then(show);
    } catch { /* nothing is kept here: it is sent as any form is */ }
  });
  document.addEventListener("htmx:afterSettle", show);
  addEventListener("online", flush);
  setInterval(flush, EVERY);
  show();
  flush();
})();
