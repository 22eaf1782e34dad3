// The list of risks by hand and by key: a row opens beside the list, j and k move, Esc closes.
// Without it, and on phones, a row leads to the page of its risk.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const panel = () => byId("risk-panel");
  const opened = () => panel()?.dataset.open || "";
  const isBeside = () => Boolean(panel() && !panel().hidden);
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
    delete panel().dataset.bulk;
    panel().replaceChildren();
    mark();
    if (row) nameIn(row).focus();
    else byId("risk-rows")?.querySelector("[name=pick]:checked")?.focus();
  }

  // ---------- ticks: one by one, up to the last one ticked, or the page ----------
  let lastTick = null;
  const ticks = () => rows().map((row) => row.querySelector("[name=pick]"));

  function count() {
    const bar = document.querySelector("[data-ticked]");
    if (!bar) return;
    const all = ticks();
    const ticked = all.filter((box) => box.checked).length;
    bar.textContent = bar.dataset.ticked.replace("{count}", ticked);
    const page = document.querySelector("[data-tick-page]");
    page.hidden = false;
    page.checked = ticked > 0 && ticked === all.length;
    page.indeterminate = ticked > 0 && ticked < all.length;
  }

  function tick(box, upTo, isOn = box.checked) {
    const all = ticks();
    const [from, to] = [all.indexOf(upTo && lastTick?.isConnected ? lastTick : box), all.indexOf(box)].sort((a, b) => a - b);
    for (const one of all.slice(from, to + 1)) one.checked = isOn;
    lastTick = box;
    count();
  }

  document.addEventListener("click", (event) => {
    const box = event.target.closest("#risk-rows [name=pick]");
    if (box) tick(box, event.shiftKey);
    if (event.target.closest("[data-tick-page]")) {
      for (const one of ticks()) one.checked = event.target.checked;
      count();
    }
  });
  document.addEventListener("reset", () => setTimeout(count));

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
    const button = event.target.closest(".rh-cell-edit");
    if (button) edit(button);
    if (editing && event.target.closest("[data-cell-cancel]")) {
      event.preventDefault();
      putBack();
      return;
    }
    const close_ = event.target.closest("[data-panel-close]");
    const link = event.target.closest("#risk-rows tr[data-code] .rh-name");
    if ((!link && !close_) || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (isPhone() && link) return;
    event.preventDefault();
    if (close_) close();
    else open(link.closest("tr").dataset.code, event.detail ? null : { focus: true });
  });

  // ---------- a cell becomes its form, and the row comes back as it is then ----------
  let editing = null; // { cell, before }
  let favourite = "";

  function mayEdit(cell) {
    const row = cell.parentElement;
    const head = cell.closest("table").tHead.rows[0].cells[cell.cellIndex];
    return Boolean(row.dataset.may) && (head.dataset.may || "").includes(row.dataset.may) && head;
  }

  // The buttons of one row at a time: fifty rows of them would weigh more than the rows.
  function offer(row) {
    if (isPhone() || row.dataset.offered !== undefined) return;
    for (const old of document.querySelectorAll("#risk-rows tr[data-offered]")) withdraw(old);
    row.dataset.offered = "";
    for (const cell of row.cells) {
      const head = mayEdit(cell);
      if (!head) continue;
      const button = document.createElement("button");
      const what = head.textContent.trim();
      button.type = "button";
      button.className = "rh-cell-edit";
      button.dataset.column = head.dataset.key;
      button.setAttribute("aria-label", `${row.closest("table").dataset.edit} ${what} ${row.dataset.code}`);
      cell.append(button);
    }
  }

  function withdraw(row) {
    if (row.contains(document.activeElement)) return;
    delete row.dataset.offered;
    for (const button of row.querySelectorAll(".rh-cell-edit")) button.remove();
  }

  function edit(button) {
    putBack();
    const cell = button.parentElement;
    const { code } = cell.parentElement.dataset;
    favourite = button.dataset.column;
    for (const one of cell.parentElement.querySelectorAll(".rh-cell-edit")) one.remove();
    delete cell.parentElement.dataset.offered;
    editing = { cell, code, before: [...cell.childNodes], column: favourite };
    cell.id = `risk-cell--${code}-${favourite}`;
    const query = new URLSearchParams(location.search);
    query.set("column", favourite);
    htmx.ajax("GET", `${location.pathname}${code}/field/?${query}`, { target: cell, swap: "innerHTML" });
  }

  function putBack() {
    if (!editing) return;
    const { cell, before, column } = editing;
    editing = null;
    cell.replaceChildren(...before);
    cell.removeAttribute("id");
    focusCell(cell.parentElement, column);
  }

  function focusCell(row, column) {
    if (!row?.isConnected) return;
    offer(row);
    const button = row.querySelector(`[data-column="${column}"]`) || row.querySelector(".rh-cell-edit");
    (button || nameIn(row)).focus({ preventScroll: true });
  }

  function aside(step) {
    const all = document.activeElement.closest("tr").querySelectorAll(".rh-cell-edit");
    const buttons = [...all].filter((button) => button.getClientRects().length);
    buttons[buttons.indexOf(document.activeElement) + step]?.focus();
  }

  document.addEventListener("mouseover", (event) => {
    const row = event.target.closest?.("#risk-rows tr[data-code]");
    if (row && !editing) offer(row);
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("#risk-rows tr[data-code]");
    if (row && !editing) offer(row);
  });
  document.addEventListener("keydown", (event) => {
    if (!editing || !editing.cell.contains(event.target)) return;
    if (event.key === "Escape") {
      event.preventDefault();
      putBack();
    } else if (event.key === "Enter" && !event.isComposing && event.target.matches("input, select")) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
    event.stopImmediatePropagation();
  }, true);

  function single(key) {
    if (key === "x" || key === "X") {
      const box = current()?.querySelector("[name=pick]");
      if (box) tick(box, key === "X", !box.checked);
    } else if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key.startsWith("Arrow") && document.activeElement.matches(".rh-cell-edit")) aside(key === "ArrowLeft" ? -1 : 1);
    else if (key === "e" && current() && !isPhone() && current().dataset.may) focusCell(current(), favourite);
    else if (["e", "a", "p"].includes(key)) step(key);
    else return false;
    return true;
  }

  // First of all listeners: Esc takes one thing at a time, and j and k walk these rows.
  document.addEventListener("keydown", (event) => {
    if (!rows().length && !isBeside()) return;
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (event.key === "Escape") {
      if (isBeside() && !document.querySelector("[popover]:popover-open")) close();
      return;
    }
    if (document.body.dataset.keys !== "on") return;
    const isSecond = Date.now() - chord < 1500;
    chord = !isSecond && event.key === "g" ? Date.now() : 0;
    if (isSecond || event.key === "g" || !single(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  // Saved: the row stands there anew, the panel shows the same risk as it is now.
  document.addEventListener("risk-saved", () => {
    if (!editing) return;
    const { code, column } = editing;
    editing = null;
    mark();
    focusCell(rowOf(code), column);
    if (opened() === code) open(code);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    mark();
    if (editing && ["risk-rows", "page"].includes(event.target.id)) editing = null;
    if (editing && event.target === editing.cell) {
      const field = editing.cell.querySelector("[aria-invalid=true], select, input:not([type=hidden])");
      field?.focus({ preventScroll: true });
      if (field?.matches("input:not([type=checkbox], [type=radio])")) field.select();
    }
    count();
    if (event.target.id === "risk-panel" && panel().dataset.bulk !== undefined) {
      mark();
      if (!panel().querySelector(".rh-summary")) byId("panel-title").focus({ preventScroll: true });
    }
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

  // What is chosen here shows in the list, which the menu would cover.
  document.addEventListener("submit", (event) => {
    const menu = event.target.closest("#columns-menu");
    if (menu) menu.open = false;
  });
  document.addEventListener("click", (event) => {
    const menu = event.target.closest("#group-menu a, #views-menu a")?.closest("details");
    if (menu) menu.open = false;
  });

  if (opened() && isPhone()) location.replace(panel().querySelector("[data-panel-page]").href);
  mark();
  count();
})();
