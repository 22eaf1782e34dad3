// Names behind an @: a list under the box, from the server, of those who see the thing. Without it a
// typed name works as well. Arrows choose, Enter and Tab take, Escape leaves.
"use strict";
(() => {
  const BEHIND_AT = /(?:^|[^A-Za-z0-9._%+\-@＠])[@＠]([^\s@＠]{0,30})$/;
  const PAUSE = 150;
  let box = null;
  let asked = 0;
  let waiting = 0;

  const isOpen = () => Boolean(box?.isConnected);
  const options = () => (isOpen() ? [...box.querySelectorAll("[role=option]")] : []);
  const chosen = () => options().find((option) => option.getAttribute("aria-selected") === "true");
  const typedBehind = (field) => BEHIND_AT.exec(field.value.slice(0, field.selectionStart));

  function close() {
    asked += 1;
    clearTimeout(waiting);
    const field = box?.parentElement?.querySelector("textarea");
    field?.removeAttribute("aria-activedescendant");
    field?.removeAttribute("aria-controls");
    box?.remove();
    box = null;
  }

  function choose(option) {
    for (const one of options()) one.setAttribute("aria-selected", String(one === option));
    const field = box.parentElement.querySelector("textarea");
    if (option) field.setAttribute("aria-activedescendant", option.id);
    option?.scrollIntoView({ block: "nearest" });
  }

  function take(field, option) {
    const found = typedBehind(field);
    if (found) {
      const start = field.selectionStart - found[1].length;
      field.setRangeText(`${option.dataset.written} `, start, field.selectionStart, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    close();
    field.focus();
  }

  function show(field, list) {
    close();
    if (!list?.querySelector("[role=option]")) return;
    box = list;
    box.classList.add("rh-people");
    field.parentElement.classList.add("rh-people-at");
    field.after(box);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", box.id);
    choose(options()[0]);
  }

  async function look(field, words) {
    asked += 1;
    const mine = asked;
    const url = `${field.form.dataset.people}?q=${encodeURIComponent(words)}`;
    const headers = { "HX-Request": "true", "HX-Target": "comment-people", "X-Page-Language": document.documentElement.lang };
    try {
      const answer = await fetch(url, { headers, credentials: "same-origin" });
      if (!answer.ok || mine !== asked) return;
      const part = new DOMParser().parseFromString(await answer.text(), "text/html");
      show(field, part.querySelector("#comment-people"));
    } catch {
      close();  // without a network the name is typed
    }
  }

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches?.("form[data-people] textarea")) return;
    const found = typedBehind(field);
    clearTimeout(waiting);
    if (!found) close();
    else waiting = setTimeout(() => look(field, found[1]), PAUSE);
  });

  // Before the keys of the page and before the form: Escape and Enter belong to the list while it is open.
  document.addEventListener("keydown", (event) => {
    if (!isOpen() || event.isComposing || !event.target.matches("form[data-people] textarea")) return;
    const all = options();
    const at = all.indexOf(chosen());
    if (event.key === "ArrowDown") choose(all[(at + 1) % all.length]);
    else if (event.key === "ArrowUp") choose(all[(at - 1 + all.length) % all.length]);
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") take(event.target, chosen());
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  document.addEventListener("pointerdown", (event) => {
    const option = isOpen() && event.target.closest?.("#comment-people [role=option]");
    if (option) {
      event.preventDefault();
      take(box.parentElement.querySelector("textarea"), option);
    } else if (isOpen() && !box.contains(event.target)) close();
  });
})();
