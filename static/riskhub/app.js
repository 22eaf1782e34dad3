// What pages do beyond HTML. Everything works without it; the patterns are in riskhub/web/rendering.py.
"use strict";
(() => {
  const words = document.body.dataset;
  const byId = (id) => document.getElementById(id);

  // ---------- saying: one live region that no swap ever replaces ----------
  let speaking;
  function say(text) {
    clearTimeout(speaking);
    byId("live").textContent = "";
    speaking = setTimeout(() => { byId("live").textContent = text.trim(); }, 80);
  }

  function note(text) {
    const made = byId("note").content.cloneNode(true);
    made.querySelector("[data-note-text]").textContent = text;
    byId("notes")?.replaceChildren(made);
  }

  // ---------- forms: sent once, typed text never lost ----------
  const isPost = (form) => form instanceof HTMLFormElement && form.method === "post";
  const keyOf = (form) => `${form.getAttribute("action") || ""} ${form.id}`;
  const viaHtmx = (form) => form.matches("[hx-post], [data-hx-post]");
  let leaving = false;
  let sentForm = null;

  function isTyped(field) {
    if (!field.name || field.type === "hidden" || field.type === "submit" || field.type === "button") return false;
    if (field.type === "file") return field.files.length > 0;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.options) return [...field.options].some((option, at) =>
      option.selected !== (option.defaultSelected || (!field.multiple && at === 0 && !field.querySelector("[selected]"))));
    return field.value !== field.defaultValue;
  }

  function isDirty(form) {
    if (!isPost(form) || "loose" in form.dataset || "stored" in form.dataset) return false;
    return form.querySelector(".rh-summary, .rh-conflict") !== null || [...form.elements].some(isTyped);
  }

  function release(form) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[data-label]")) {
      button.replaceChildren(...button.held);
      button.style.minWidth = "";
      button.removeAttribute("aria-disabled");
      delete button.dataset.label;
    }
  }

  function hold(button) {
    if (!button || !button.matches(".btn")) return;
    button.held = [...button.childNodes];
    button.style.minWidth = `${button.offsetWidth}px`;
    button.dataset.label = "";
    button.setAttribute("aria-disabled", "true");
    button.replaceChildren(words.sending);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!isPost(form)) return;
    const question = event.submitter?.dataset.confirm;
    if ("sent" in form.dataset || (question && !confirm(question))) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "";
    // After the event, so that the button's own name and value are still sent.
    setTimeout(() => {
      leaving = !event.defaultPrevented;
      if (leaving || viaHtmx(form)) hold(event.submitter);
      else delete form.dataset.sent;
    });
  }, true);

  addEventListener("beforeunload", (event) => {
    if (!leaving && [...document.forms].some(isDirty)) event.preventDefault();
  });
  addEventListener("pageshow", (event) => {
    leaving = false;
    if (event.persisted) [...document.forms].forEach(release);
  });

  // Text typed elsewhere on a part that is being replaced is put back into the same field. A form that
  // was sent comes back with its words, or empty; a file never comes back, so a refused form keeps it.
  let kept = new Map();
  function keepTyped(root, isRefused) {
    kept = new Map();
    for (const field of root.querySelectorAll("input, textarea, select")) {
      const form = field.form;
      if (!form || !isPost(form) || "loose" in form.dataset || !isTyped(field)) continue;
      if (field.type === "password" || (keyOf(form) === sentForm && !(isRefused && field.type === "file"))) continue;
      const choice = field.type === "radio" || field.type === "checkbox" ? field.value : "";
      kept.set(`${keyOf(form)} ${field.name} ${choice}`, field);
    }
  }
  function putBack(root) {
    if (!kept.size) return;
    for (const field of root.querySelectorAll("input, textarea, select")) {
      if (!field.form || isTyped(field)) continue;
      const choice = field.type === "radio" || field.type === "checkbox" ? field.value : "";
      const old = kept.get(`${keyOf(field.form)} ${field.name} ${choice}`);
      if (!old) continue;
      if (choice) field.checked = old.checked;
      else if (field.type === "file") field.files = old.files;
      else field.value = old.value;
    }
    kept = new Map();
  }

  // ---------- after a swap: the same place, or the head of the new page ----------
  let trail = [];
  let open = [];
  let path = byId("page").dataset.path;

  function remember() {
    trail = [];
    for (let at = document.activeElement; at && at !== document.body; at = at.parentElement) if (at.id) trail.push(at.id);
    open = [...document.querySelectorAll("details[open][id]")].map((details) => details.id);
  }

  function focusOn(element) {
    const target = element.matches("details") ? element.querySelector("summary") : element;
    if (!target.matches("a[href], button, input, select, textarea, summary, [tabindex]")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    return document.activeElement === target;
  }

  // What says why nothing was saved is read first, before the same button is pressed again.
  function refocus() {
    const fresh = [...document.querySelectorAll(".rh-summary:not([data-seen]), .rh-conflict:not([data-seen])")];
    for (const box of fresh) box.dataset.seen = "";
    const first = fresh.find((box) => box.matches(".rh-summary")) || fresh[0];
    if (first) {
      focusOn(first);
      const { top, bottom } = first.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight) first.scrollIntoView({ block: "start" });
    } else if (document.activeElement === document.body && trail.length) {
      trail.map(byId).filter(Boolean).some(focusOn);
    }
  }

  function settle(root) {
    for (const form of document.querySelectorAll("form")) if (isPost(form)) form.noValidate = true;
    putBack(root);
    const now = byId("page").dataset.path;
    if (now !== path) {
      path = now;
      sentForm = null;
      scrollTo({ top: 0, behavior: "instant" });
      focusOn(byId("main"));
      say(document.title);
    }
    refocus();
    const spoken = root.matches?.("[data-announce]") ? root : root.querySelector("[data-announce]");
    if (spoken) say(spoken.dataset.announce || spoken.textContent);
    else if (root.id === "page") say([...document.querySelectorAll("[data-toast] > span")].map((t) => t.textContent).join(" "));
  }

  // ---------- filters: what is ticked or typed while an answer is on its way is asked for after it ----------
  const asked = (form) => new URLSearchParams(new FormData(form)).toString();
  let late = null;
  let repeated = "";

  function catchUp(root) {
    const form = root.querySelector("form[data-filters]");
    if (!form) return;
    for (const field of late ? form.elements : []) {
      if (!root.contains(field) || !field.name || field.type === "hidden") continue;
      const own = late.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "radio" || field.type === "checkbox") field.checked = own.includes(field.value);
      else field.value = own[0] ?? "";
    }
    late = null;
    const isOutside = (field) => field.name === "q" && form.dataset.q !== undefined;
    const isLate = [...form.elements].some((f) => (isOutside(f) ? f.value !== form.dataset.q : isTyped(f)));
    const state = isLate ? asked(form) : "";
    if (isLate && state !== repeated) form.requestSubmit();
    repeated = state;
  }

  const on = (name, listener) => document.addEventListener(`htmx:${name}`, listener);
  const isRead = (event) => event.detail.requestConfig.verb === "get";

  on("configRequest", (event) => {
    event.detail.headers["X-Page-Language"] = document.documentElement.lang;
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (event.detail.verb !== "get" && token) event.detail.headers["X-CSRFToken"] = token.value;
  });
  // An answer may be sent to another place than was asked for, and who asked may be gone when it comes.
  const underWay = new Map();
  let again = null;
  on("beforeRequest", (event) => {
    const { elt, target, xhr } = event.detail;
    target?.setAttribute("aria-busy", "true");
    underWay.set(xhr, { elt, target, sent: elt.matches("form[data-filters]") ? asked(elt) : null });
    const form = event.detail.elt.closest("form");
    if (!isRead(event)) sentForm = form ? keyOf(form) : null;
  });
  on("beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    const fresh = xhr.getResponseHeader("X-CSRF-Token");
    if (fresh) for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = fresh;
    // Signed in again in another tab: the press was right, its token was of before. It is sent again, once.
    const isDraft = underWay.get(xhr)?.elt.matches("[data-draft]");
    const pressed = fresh && !isDraft ? underWay.get(xhr)?.elt.closest("form") : null;
    again = pressed && pressed !== again ? pressed : null;
    if (again) {
      event.detail.shouldSwap = false;
      return;
    }
    if (xhr.status >= 400 && xhr.status !== 409 && xhr.status !== 422) {
      sentForm = null;
      if ((fresh && isDraft) || !xhr.getResponseHeader("HX-Retarget")) {
        event.detail.shouldSwap = false;
        if (!isDraft && !keepsItself(event.detail.requestConfig.elt)) note(words.failed);
        return;
      }
    }
    remember();
    keepTyped(target, xhr.status >= 400);
    const { elt, sent } = underWay.get(xhr) || {};
    late = sent != null && target.contains(elt) && asked(elt) !== sent ? [...new FormData(elt)] : null;
  });
  on("beforeCleanupElement", (event) => {
    for (const [xhr, { elt }] of underWay) {
      if (elt !== event.target || xhr.readyState === 4) continue;
      xhr.onload = xhr.onerror = xhr.ontimeout = null;
      underWay.delete(xhr);
    }
  });
  on("afterRequest", (event) => {
    const { elt, xhr } = event.detail;
    underWay.get(xhr)?.target?.removeAttribute("aria-busy");
    underWay.delete(xhr);
    // Saved, and the next page is on its way: a second press would save it a second time.
    const isLeaving = /^hx-(location|redirect):/im.test(xhr.getAllResponseHeaders());
    const form = elt.closest("form");
    if (form && !isLeaving) release(form);
    if (form && form === again && xhr.getResponseHeader("X-CSRF-Token")) {
      form.requestSubmit(event.detail.requestConfig.triggeringEvent?.submitter);
      return;
    }
    else if (elt === document.body && !(xhr.status >= 200 && xhr.status < 400)) [...document.forms].forEach(release);
  });
  on("afterSwap", () => { for (const id of open) byId(id)?.setAttribute("open", ""); });
  on("afterSettle", (event) => {
    settle(event.target);
    if (event.target.id === "page") fold();
    catchUp(event.target);
  });
  // What keeps itself says so itself, and tries again (drafts.js, outbox.js).
  const keepsItself = (elt) => elt.matches("[data-draft], [data-kept]");
  const isLoud = (event) => !keepsItself(event.detail.elt);
  on("sendError", (event) => isLoud(event) && note(isRead(event) ? words.offlineLoad : words.offlineSave));
  on("timeout", (event) => isLoud(event) && note(words.slow));

  // ---------- menus, notes ----------
  function shut(menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }

  // A tick filters at once and leaves its menu open for the next one; the button is the last word.
  document.addEventListener("submit", (event) => {
    if (event.submitter && event.target.matches("form[data-filters]")) event.target.querySelectorAll(".rh-menu[open]").forEach(shut);
  });

  document.addEventListener("click", (event) => {
    event.target.closest("[data-close]")?.parentElement.remove();
    for (const menu of document.querySelectorAll(".rh-menu[open], .rh-sheet[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("toggle", (event) => {
    const body = event.target.open ? event.target.querySelector(":scope > .rh-menu-body") : null;
    if (body?.getBoundingClientRect().right > innerWidth) event.target.classList.add("rh-menu-end");
  }, true);

  // `data-copy="id"`: the text of that field goes to the clipboard, or at least is marked for it.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    const field = button && byId(button.dataset.copy);
    if (!field) return;
    field.select();
    await navigator.clipboard?.writeText(field.value);
    if (navigator.clipboard) button.textContent = button.dataset.copied;
    if (navigator.clipboard) say(button.dataset.copied);
  });

  // `data-newer`: a part that arrives beside another does not undo what was chosen in it since it was asked for.
  // A request may have waited for its turn: what counts is what stood in the form when it was asked for.
  const stood = new WeakMap();
  let answered;
  document.addEventListener("change", (event) => {
    if (event.target.form) stood.set(event, new FormData(event.target.form));
  }, true);
  on("beforeOnLoad", ({ detail: { requestConfig } }) => {
    answered = stood.get(requestConfig.triggeringEvent) ?? requestConfig.formData;
  });
  on("oobBeforeSwap", (event) => {
    const part = event.detail.target;
    if (!answered || !part.matches("[data-newer]")) return;
    const now = new FormData(part.closest("form"));
    const isNewer = ({ name }) => String(now.get(name) ?? "") !== String(answered.get(name) ?? "");
    if ([...part.querySelectorAll("[name]")].some(isNewer)) event.detail.shouldSwap = false;
  });

  // `data-stores`: the answer comes when what was sent is stored; only what was typed since would be lost.
  on("beforeOnLoad", ({ detail: { target, xhr, requestConfig } }) => {
    const form = target?.matches("[data-stores]") && xhr.status === 200 ? target.closest("form") : null;
    const now = form && new FormData(form);
    const isStored = ({ name }) => String(now.getAll(name)) === String(requestConfig.formData.getAll(name));
    for (const field of form ? [...form.elements].filter(isStored) : []) {
      if (field.options) for (const option of field.options) option.defaultSelected = option.selected;
      else if (field.type === "checkbox" || field.type === "radio") field.defaultChecked = field.checked;
      else if (field.type !== "file") field.defaultValue = field.value;
    }
  });

  // One box ticks all of its name: `data-tick-all="chosen"`.
  document.addEventListener("change", (event) => {
    const all = event.target.closest("[data-tick-all]");
    if (!all) return;
    for (const box of all.form.querySelectorAll(`[name="${CSS.escape(all.dataset.tickAll)}"]`)) box.checked = all.checked;
  });

  // `data-for="id" data-when="value"`: open while that is chosen, or something is typed in it.
  function fold(choice) {
    for (const each of document.querySelectorAll("details[data-for]")) {
      const isFilled = [...each.querySelectorAll("input, select")].some((field) => field.value);
      if (!choice || choice.id === each.dataset.for) each.open = isFilled || byId(each.dataset.for).value === each.dataset.when;
    }
  }
  document.addEventListener("change", (event) => fold(event.target));

  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest(".rh-menu[open], .rh-sheet[open], .rh-decision[open]");
    if (menu) shut(menu);
  });

  settle(byId("page"));
  fold();
})();
