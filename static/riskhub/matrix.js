// The editor of the matrix: a press cycles the level of a cell, 1 to 4 set it, arrows move, faults are outlined.
"use strict";
(() => {
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };

  function show(cell) {
    const choice = cell.querySelector("select");
    const chip = cell.closest("[data-map]").querySelector("template").content.children[Number(choice.value)];
    const button = cell.querySelector("button");
    button.className = `rh-map-button ${chip.className}`;
    button.replaceChildren(...[...chip.cloneNode(true).childNodes]);
    button.setAttribute("aria-label", `${cell.querySelector("label").textContent}: ${chip.textContent}`);
  }

  // The appetite line runs left of or below a cell above it whose neighbour there is not.
  function draw(map) {
    const level = (place) => Number(map.querySelector(`[data-place="${place}"] select`)?.value ?? 3);
    for (const cell of map.querySelectorAll("[data-place]")) {
      const [probability, impact] = [...cell.dataset.place].map(Number);
      const sides = { l: `${probability - 1}${impact}`, b: `${probability}${impact - 1}` };
      const above = level(cell.dataset.place) > 1;
      cell.dataset.line = Object.keys(sides).filter((side) => above && level(sides[side]) < 2).join("");
    }
  }

  function set(cell, level) {
    const choice = cell.querySelector("select");
    if (choice.value === String(level)) return;
    choice.value = String(level);
    show(cell);
    draw(cell.closest("[data-map]"));
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Beside the map: what is wrong where, and how much of it; the list itself stands far below on a phone.
  function outline() {
    const said = document.getElementById("scheme-checks")?.dataset || {};
    for (const [name, mark] of [["faults", "is-at-fault"], ["warned", "is-warned"]]) {
      const places = new Set((said[name] || "").split(" "));
      for (const cell of document.querySelectorAll("[data-map] [data-place]")) {
        cell.classList.toggle(mark, places.has(cell.dataset.place));
      }
    }
    const told = document.getElementById("scheme-told");
    if (told) told.textContent = said.told || document.getElementById("checks").textContent;
  }

  function ready() {
    for (const cell of document.querySelectorAll("[data-map] [data-place]")) {
      if (!cell.querySelector("button")) {
        const button = document.createElement("button");
        button.type = "button";
        button.id = `press-${cell.dataset.place}`;
        cell.querySelector("select").hidden = true;
        cell.append(button);
      }
      show(cell);
    }
    document.querySelectorAll("[data-map]").forEach(draw);
    outline();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-map] button");
    if (!button) return;
    const cell = button.closest("[data-place]");
    set(cell, (Number(cell.querySelector("select").value) + 1) % 4);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const cell = event.target.closest?.("[data-map] [data-place]");
    if (!cell) return;
    if ("1234".includes(event.key)) {
      event.preventDefault();
      event.stopPropagation();
      set(cell, Number(event.key) - 1);
    } else if (event.key in STEPS) {
      event.preventDefault();
      const [right, up] = STEPS[event.key];
      const [probability, impact] = [...cell.dataset.place].map(Number);
      document.getElementById(`press-${probability + right}${impact + up}`)?.focus();
    }
  }, true);

  // What a finding is about is marked while the pointer rests on it.
  for (const [kind, on] of [["mouseover", true], ["mouseout", false]]) {
    document.addEventListener(kind, (event) => {
      const finding = event.target.closest?.("#scheme-checks [data-cells]");
      for (const place of finding?.dataset.cells.split(" ") || []) {
        document.querySelector(`[data-map] [data-place="${place}"]`)?.classList.toggle("is-meant", on);
      }
    });
  }

  document.addEventListener("htmx:afterSettle", ready);
  ready();
})();
