// The heat map by keyboard: arrows move between cells, one Tab stop for all of them, t shows the table.
"use strict";
(() => {
  const cellOf = (node) => node.closest?.("svg [data-cell]");
  const cellsOf = (svg) => [...svg.querySelectorAll("[data-cell]")];
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
  let pressed = false;

  function stopAt(cell) {
    for (const other of cellsOf(cell.ownerSVGElement)) other.setAttribute("tabindex", other === cell ? "0" : "-1");
  }

  function ready() {
    for (const svg of document.querySelectorAll("#heat-map svg:has([data-cell])")) {
      const cells = cellsOf(svg);
      stopAt(cells.find((cell) => cell === document.activeElement)
        || cells.find((cell) => cell.hasAttribute("aria-current")) || cells[0]);
    }
    if (pressed) document.getElementById("cell-title")?.scrollIntoView({ block: "nearest" });
    pressed = false;
  }

  function next(cell, key) {
    const [probability, impact] = cell.dataset.cell.split("-").map(Number);
    const [right, up] = STEPS[key];
    return cellsOf(cell.ownerSVGElement).find((one) => one.dataset.cell === `${probability + right}-${impact + up}`);
  }

  document.addEventListener("focusin", (event) => {
    const cell = cellOf(event.target);
    if (cell) stopAt(cell);
  });

  document.addEventListener("click", (event) => { if (cellOf(event.target)) pressed = true; });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const cell = cellOf(event.target);
    if (cell && event.key in STEPS) {
      event.preventDefault();
      next(cell, event.key)?.focus();
      return;
    }
    const writing = event.target.closest("input, textarea, select, [contenteditable]");
    const toggled = document.querySelector(`[data-key-toggle="${CSS.escape(event.key)}"]`);
    if (document.body.dataset.keys !== "on" || writing || !toggled) return;
    toggled.open = !toggled.open;
    toggled.querySelector("summary").focus();
  });

  document.addEventListener("htmx:afterSettle", ready);
  ready();
})();
