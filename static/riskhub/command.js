// The command bar: `/` or Ctrl-K goes to it, arrows choose, Enter opens, Esc goes back to where one was.
// What is found comes from the server (templates/search/hit_list.html); without this file the form of the
// bar leads to the page of results. While Chinese is being composed nothing is asked and nothing opened.
"use strict";
(() => {
  const PAUSE = 150;
  const byId = (id) => document.getElementById(id);
  const bar = () => byId("command");
  const box = () => byId("command-hits");
  const options = () => [...box().querySelectorAll("[role=option]")];
  const chosen = () => box().querySelector("[aria-selected=true]");
  const isOpen = () => !box().hidden;
  let waiting = 0;
  let isAsking = false; // one question at a time: what is typed meanwhile is asked for after it
  let isStale = false;
  let isOpening = false; // what is found is to be shown: Esc takes it back
  let isWanted = false; // Enter was pressed before the answer came
  let before = null;

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) bar().setAttribute("aria-activedescendant", option.id);
    else bar().removeAttribute("aria-activedescendant");
  }

  function close() {
    clearTimeout(waiting);
    waiting = 0;
    isOpening = isWanted = false;
    box().hidden = true;
    bar().setAttribute("aria-expanded", "false");
    choose(null);
  }

  function ask(field) {
    waiting = 0;
    isOpening = true;
    if (field !== bar()) htmx.trigger(field.form, "find");
    else if (isAsking) isStale = true;
    else htmx.trigger(field, "find");
  }

  function askSoon(field) {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE, field);
  }

  function goTo() {
    const field = byId("find") || bar();
    if (!field || field.getClientRects().length === 0) {
      document.querySelector(".rh-command-touch")?.click();
      return;
    }
    if (document.activeElement !== field) before = document.activeElement;
    field.focus();
    field.select();
    if (field === bar() && !isOpen()) ask(field);
  }

  function move(step) {
    const all = options();
    const at = all.indexOf(chosen());
    choose(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length]);
  }

  function enter(event) {
    if (waiting || isAsking) {
      isWanted = true;
      if (waiting) {
        clearTimeout(waiting);
        ask(bar());
      }
    } else if (isOpen() && chosen()) chosen().click();
    else return;
    event.preventDefault();
  }

  function leave() {
    if (isOpen() || isOpening) close();
    else {
      bar().blur();
      if (before?.isConnected) before.focus();
    }
  }

  const KEYS = {
    ArrowDown: (event) => { event.preventDefault(); if (isOpen()) move(1); else ask(bar()); },
    ArrowUp: (event) => { event.preventDefault(); if (isOpen()) move(-1); },
    Enter: enter,
    Escape: (event) => { event.preventDefault(); leave(); },
    Tab: close,
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.target === bar()) KEYS[event.key]?.(event);
    const isChord = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    const writing = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
    const isSlash = event.key === "/" && document.body.dataset.keys === "on" && !writing
      && !event.ctrlKey && !event.metaKey && !event.altKey;
    if ((isChord || isSlash) && (bar() || byId("find"))) {
      event.preventDefault();
      goTo();
    }
  });

  const isField = (node) => node.matches?.("[data-command]");
  document.addEventListener("input", (event) => { if (isField(event.target) && !event.isComposing) askSoon(event.target); });
  document.addEventListener("compositionend", (event) => { if (isField(event.target)) askSoon(event.target); });
  document.addEventListener("click", (event) => {
    if (!bar()) return;
    if (event.target === bar()) { if (!isOpen()) ask(bar()); }
    else if (isOpen() && !event.target.closest("#command-hits")) close();
  });

  const ours = (event) => event.detail.elt === bar();
  document.addEventListener("htmx:beforeRequest", (event) => { if (ours(event)) isAsking = true; });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!ours(event)) return;
    isAsking = false;
    if (!event.detail.successful) isWanted = false;
    if (isStale) { isStale = false; ask(bar()); }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id !== "command-hits" || !bar()) return;
    if (isStale && isOpening) return;
    const all = options();
    const goes = isWanted && all[0];
    if (!isOpening || document.activeElement !== bar()) { close(); return; }
    bar().setAttribute("aria-expanded", String(all.length > 0));
    choose(bar().value.trim() ? all[0] : null);
    isWanted = false;
    if (goes) goes.click();
  });
})();
