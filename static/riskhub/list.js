// The list of risks by hand and by key: a row opens beside the list, j and k move, Esc closes.
// Without it, and on phones, a row leads to the page of its risk.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const panel = () => byId("risk-panel");
  const opened = () => panel()?.dataset.open || "";
  const rows = () => [...document.querySelectorAll("#risk-rows tr[data-code]")];
  const rowOf = (code) => rows().find((row) => row.dataset.code === code);
  const nameIn = (row) => row.querySelector(".rh-name");
  const current = () => document.activeElement.closest?.("#risk-rows tr[data-code]") || rowOf(opened());
  const isPhone = () => matchMedia("(max-width: 767.98px)").matches;
  const isWriting = (node) => node.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, dialog, .rh-menu[open]");
  let wanted = null; // what is to happen when the panel has come: a key to press, or the focus to take
  let waiting = 0;
  let chord = 0;
  let turning = "";

  function address(code) {
    const url = new URL(location.href);
    if (code) url.searchParams.set("open", code);
    else url.searchParams.delete("open");
    return url.pathname + url.search;
  }

  function mark() {
    const code = opened();
    for (const row of rows()) row.setAttribute("aria-selected", row.dataset.code === code ? "true" : "false");
    const stands = new URL(location.href).searchParams.get("open") || "";
    if (panel() && stands !== code) history.replaceState(history.state, "", address(code));
  }

  function open(code, then = null) {
    clearTimeout(waiting);
    wanted = then;
    htmx.ajax("GET", address(code), { target: "#risk-panel", swap: "outerHTML" });
  }

  function close() {
    const row = rowOf(opened());
    panel().hidden = true;
    delete panel().dataset.open;
    panel().replaceChildren();
    mark();
    if (row) nameIn(row).focus();
  }

  function go(row) {
    nameIn(row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    if (!opened() || isPhone()) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => open(row.dataset.code), 90);
  }

  function move(step) {
    const all = rows();
    const at = all.indexOf(current());
    const next = all[at < 0 ? 0 : at + step];
    if (next) {
      go(next);
      return;
    }
    const page = byId(step > 0 ? "page-next" : "page-previous");
    turning = page ? (step > 0 ? "first" : "last") : "";
    page?.click();
  }

  // What a key does to a risk stands in the panel: it is pressed there, which opens where it must.
  function step(key) {
    const row = current();
    if (row && row.dataset.code !== opened()) open(row.dataset.code, { key });
    else panel().querySelector(`[data-key="${CSS.escape(key)}"]`)?.click();
  }

  document.addEventListener("click", (event) => {
    const close_ = event.target.closest("[data-panel-close]");
    const link = event.target.closest("#risk-rows tr[data-code] .rh-name");
    if ((!link && !close_) || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (isPhone() && link) return;
    event.preventDefault();
    if (close_) close();
    else open(link.closest("tr").dataset.code, event.detail ? null : { focus: true });
  });

  function single(key) {
    if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if ("eap".includes(key)) step(key);
    else return false;
    return true;
  }

  // First of all listeners: Esc takes one thing at a time, and j and k walk these rows.
  document.addEventListener("keydown", (event) => {
    if (!rows().length && !opened()) return;
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (event.key === "Escape") {
      if (opened() && !document.querySelector("[popover]:popover-open")) close();
      return;
    }
    if (document.body.dataset.keys !== "on") return;
    const isSecond = Date.now() - chord < 1500;
    chord = !isSecond && event.key === "g" ? Date.now() : 0;
    if (isSecond || event.key === "g" || !single(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  document.addEventListener("htmx:afterSettle", (event) => {
    mark();
    if (event.target.id === "risk-panel" && wanted) {
      if (wanted.focus) byId("panel-title").focus({ preventScroll: true });
      else panel().querySelector(`[data-key="${CSS.escape(wanted.key)}"]`)?.click();
      wanted = null;
    }
    if (turning && event.target.id === "risk-rows") {
      const row = rows().at(turning === "first" ? 0 : -1);
      turning = "";
      if (row) go(row);
    }
  });

  document.addEventListener("submit", (event) => {
    const menu = event.target.closest("#columns-menu");
    if (menu) menu.open = false;
  });

  if (opened() && isPhone()) location.replace(panel().querySelector("[data-panel-page]").href);
  mark();
})();
