// Single keys. They rest while a field has the focus; the user can turn them off (body data-keys).
//
//   data-chord="r"      pressed after g: leads to an area
//   data-key="a"        pressed alone: clicks the last visible element with it
//   data-key-focus      beside it: only goes there, so that Enter decides
//   summary[data-key]   opens, and goes to the first field that is empty and required, else to the button
//   data-press="m"      a link within the page: goes where the key of that name goes, pressed or not
//   data-row-key="t"    the same of one of several rows: of the one with the focus, [data-row-keys] around it,
//                       or of the only one on the page; also out of its closed menu
//   data-rows           j and k go to the next and the former [data-row] inside; "open" clicks it, too
//   ?                   the list of keys, components/keys.html
//
// Ctrl-Enter in a text sends its form, always.
"use strict";
(() => {
  const PAUSE = 1500;
  let chord = 0;

  const isShown = (element) => element.getClientRects().length > 0;
  const shown = (selector) => [...document.querySelectorAll(selector)].filter(isShown).at(-1);

  function goTo(element) {
    element.focus();
    element.scrollIntoView({ block: "nearest" });
  }

  const unchosenIn = (details) => [...details.querySelectorAll("input[type=radio]:required")].find(
    (field) => !details.querySelector(`[name="${CSS.escape(field.name)}"]:checked`));

  function enter(details) {
    const missing = [...details.querySelectorAll("input:not([type=hidden]), select, textarea")].find(
      (field) => isShown(field) && field.required && !field.value && field.type !== "radio");
    goTo(missing || unchosenIn(details) || details.querySelector("button[type=submit]") || details.querySelector("summary"));
  }

  // Opened by a click: only what nobody has chosen yet is gone to; a text would bring up a phone's keyboard.
  document.addEventListener("click", (event) => {
    const details = event.target.closest("summary")?.closest(".rh-decision");
    if (!details || details.open) return;
    setTimeout(() => {
      const isWithin = details.contains(document.activeElement.closest("form"));
      if (details.open && !isWithin) unchosenIn(details)?.focus({ preventScroll: true });
    });
  });

  function press(element) {
    if ("keyFocus" in element.dataset) goTo(element);
    else if (element.matches("summary")) {
      if (!element.parentElement.open) element.click();
      enter(element.parentElement);
    } else element.click();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-press]");
    const aim = link && shown(`[data-key="${CSS.escape(link.dataset.press)}"]`);
    if (!aim) return;
    event.preventDefault();
    press(aim);
  });

  function step(by) {
    const list = shown("[data-rows]");
    const rows = list ? [...list.querySelectorAll("[data-row]")].filter(isShown) : [];
    if (!rows.length) return;
    const focused = rows.indexOf(document.activeElement);
    const at = focused >= 0 ? focused : rows.findIndex((row) => row.hasAttribute("aria-current"));
    const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
    goTo(next);
    if (list.dataset.rows === "open" && next !== rows[at]) next.click();
  }

  function ofRow(key) {
    const rows = [...document.querySelectorAll("[data-row-keys]")];
    const row = document.activeElement.closest("[data-row-keys]") || (rows.length === 1 ? rows[0] : null);
    return row?.querySelector(`[data-row-key="${CSS.escape(key)}"]`);
  }

  function single(key) {
    if (key === "g") chord = Date.now();
    else if (key === "?") document.getElementById("keys")?.togglePopover();
    else if (key === "j") step(1);
    else if (key === "k") step(-1);
    else {
      const element = ofRow(key) || shown(`[data-key="${CSS.escape(key)}"]`);
      if (element) press(element);
      return Boolean(element);
    }
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) {
      event.target.form?.requestSubmit();
      return;
    }
    const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (document.body.dataset.keys !== "on" || writing || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key !== "?")) return;
    const key = event.key.toLowerCase();
    if (Date.now() - chord < PAUSE) {
      chord = 0;
      document.querySelector(`[data-chord="${CSS.escape(key)}"]`)?.click();
    } else if (single(key)) event.preventDefault();
  });
})();
