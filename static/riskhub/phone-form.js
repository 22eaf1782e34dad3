// A form on a phone that keeps itself: a draft while one writes, and what is sent until it has arrived.
// `form[data-outbox]` holds its name; `#outbox` the words. Without IndexedDB the form does what it always did.
"use strict";
(() => {
  const WAIT = 2000;
  const store = phoneStore;
  const here = () => outbox.here();
  const formOf = () => document.querySelector("form[data-outbox]");
  const actionOf = (form) => form.getAttribute("action");
  const idOf = (form) => `${outbox.owner()} ${actionOf(form)}`;
  let pristine = null; // the form as it was before anybody wrote
  let untouched = "";
  let timer;
  let onItsWay = null;
  let request = null; // that brings it; the form itself may be gone when the answer comes
  let said = "";

  function content(form) {
    const fields = [], files = [];
    for (const [name, value] of new FormData(form)) {
      if (name === "csrfmiddlewaretoken") continue;
      if (typeof value === "string") fields.push([name, value]);
      else if (value.size) files.push([name, value, value.name]);
    }
    return { fields, files };
  }
  const gist = ({ fields, files }) => JSON.stringify([fields, files.map(([, file]) => [file.name, file.size])]);

  function fill(form, { fields, files }) {
    for (const field of form.elements) {
      if (!field.name || ["file", "submit", "button"].includes(field.type) || field.name === "csrfmiddlewaretoken") continue;
      const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (values.length) [field.value] = values;
    }
    // What a refused form had handed in already is named by fields that a fresh one does not have.
    for (const [name, value] of fields) {
      if (!form.elements[name]) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    const first = form.querySelector("input[type=file]");
    if (!files.length || !first) return;
    const list = new DataTransfer();
    for (const [, file, name] of files) list.items.add(new File([file], name, { type: file.type, lastModified: 0 }));
    first.files = list.files;
    first.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // The end of such an address is a random UUID, by its standard; crypto.randomUUID wants https.
  const newKey = () => URL.createObjectURL(new Blob()).slice(-36);

  // Another of the same kind, without asking the server for it.
  function blank() {
    const made = pristine.cloneNode(true);
    if (made.elements.client_uuid) made.elements.client_uuid.value = newKey();
    const moment = made.elements.occurred_at ?? made.elements.received_at;
    if (moment) moment.value = new Date().toLocaleString("sv-SE", { timeZone: here().dataset.zone }).slice(0, 16).replace(" ", "T");
    return made;
  }
  function replace(form) {
    const made = blank();
    form.replaceWith(made);
    htmx.process(made);
    made.dataset.awake = "";
    made.noValidate = true;
    untouched = gist(content(made));
    return made;
  }

  async function line() {
    const at = document.querySelector("[data-outbox-line]");
    if (!at || !here()) return;
    const words = here().dataset;
    const waiting = (await store.things().catch(() => [])).filter((thing) => outbox.mine(thing) && thing.state !== "sent");
    at.textContent = words[navigator.onLine || said === "noRoom" ? said : "offline"] ?? "";
    if (waiting.length) {
      const link = Object.assign(document.createElement("a"), { href: words.url, textContent: words.waiting.replace("…", waiting.length) });
      at.append(at.textContent ? " " : "", link);
    }
    at.hidden = !at.textContent;
  }
  function say(name) {
    said = name;
    line();
  }

  async function save() {
    clearTimeout(timer);
    const form = formOf();
    if (!form || !here() || "stored" in form.dataset || !("typed" in form.dataset)) return;
    const now = content(form);
    const draft = { id: idOf(form), at: Date.now(), ...now };
    try {
      if (gist(now) === untouched) await store.dropDraft(draft.id);
      else await store.keepDraft(draft);
      form.dataset.stored = "";
      say(gist(now) === untouched ? "" : "draft");
    } catch {
      await store.keepDraft({ ...draft, files: [] }).catch(() => {});
      say(now.files.length ? "noRoom" : "");
    }
  }

  function touch(form) {
    form.dataset.typed = "";
    delete form.dataset.stored;
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  }
  for (const name of ["input", "change"]) document.addEventListener(name, ({ target }) => {
    if (target.form?.matches("[data-outbox]")) touch(target.form);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  addEventListener("pagehide", save);

  async function reopened(form) {
    const key = new URLSearchParams(location.hash.slice(1)).get("kept");
    if (!key) return null;
    history.replaceState(null, "", location.pathname + location.search);
    const isFree = (thing) => outbox.mine(thing) && thing.path === actionOf(form) && thing.state !== "sent" && !store.isClaimed(thing);
    return store.change(key, { state: "held" }, isFree);
  }

  async function wake() {
    let form = formOf();
    if (!form || !here() || "awake" in form.dataset) return;
    form.dataset.awake = "";
    if (form.querySelector(".rh-summary")) {
      touch(form);
      line();
      return;
    }
    pristine = form.cloneNode(true);
    pristine.querySelectorAll(".rh-thumbs-live").forEach((list) => list.remove());
    delete pristine.dataset.awake;
    if ("kept" in document.documentElement.dataset) form = replace(form);
    untouched = gist(content(form));
    try {
      const thing = await reopened(form);
      const found = thing ?? await store.draft(idOf(form));
      if (found && gist(content(form)) === untouched) {
        fill(form, found);
        say(thing ? "" : "draft");
        return;
      }
    } catch { /* nothing can be kept here: as it always was */ }
    line();
  }

  async function keep(form) {
    delete form.dataset.kept;
    onItsWay = null;
    await save();
    // What is missing the server says, in its own words.
    if (!form.checkValidity()) return;
    const key = form.elements.client_uuid?.value ?? newKey();
    const things = (await store.things()).filter(outbox.mine);
    const before = things.find((thing) => thing.key === key);
    if (!before && things.length >= store.MOST) throw new Error("too many");
    const thing = {
      key, owner: outbox.owner(), path: actionOf(form), form: form.id, title: form.dataset.outbox,
      text: form.elements.text?.value ?? "", ...content(form), at: before?.at ?? Date.now(),
      nameless: Boolean(form.elements.is_anonymous?.checked), state: "waiting", why: "", receipt: "", tries: 0, next: 0, claimed: Date.now() + store.CLAIM,
    };
    await store.keep(thing);
    await store.dropDraft(idOf(form));
    navigator.storage?.persist?.().catch(() => {});
    form.dataset.kept = form.dataset.stored = "";
    onItsWay = thing;
  }

  document.addEventListener("htmx:confirm", (event) => {
    const { elt, issueRequest } = event.detail;
    if (!elt.matches("form[data-outbox]") || !here()) return;
    event.preventDefault();
    keep(elt).catch(() => say("noRoom")).then(() => issueRequest(true));
  });

  document.addEventListener("htmx:beforeRequest", ({ detail: { elt, xhr } }) => {
    if (onItsWay && elt === formOf()) request = xhr;
  });

  // Kept here and tried again: a note that nothing was saved would only frighten.
  const isKept = (status) => status === 0 || status === 401 || status === 429 || status >= 500;
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (onItsWay && detail.xhr === request && isKept(detail.xhr.status)) detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterRequest", async ({ detail: { xhr } }) => {
    if (!onItsWay || xhr !== request) return;
    if (xhr.status === 403 && xhr.getResponseHeader("X-CSRF-Token")) return; // sent again at once
    const thing = onItsWay;
    onItsWay = null;
    if (!isKept(xhr.status)) {
      // It arrived, or it stands on the page again with what is wrong.
      await store.remove(thing.key);
      const form = formOf();
      if (form && xhr.status >= 400) touch(form);
      return;
    }
    const why = xhr.status === 401 ? "signedOut" : xhr.status ? "later" : "goes";
    await store.change(thing.key, { claimed: 0, why: why === "later" ? here().dataset.later : "" });
    show(thing, why);
  });

  const panel = () => document.querySelector("[data-outbox-panel]");

  function show(thing, why) {
    const form = formOf();
    if (!form) return;
    const made = document.getElementById("outbox-kept").content.cloneNode(true).firstElementChild;
    const hurt = made.querySelector("[data-if-hurt]");
    const isHurt = thing.fields.some(([name, value]) => name === "hurt" || (name === "kinds" && value === "hurt"));
    const numbers = isHurt && form.querySelector(".rh-if-hurt section")?.cloneNode(true);
    if (numbers) hurt.after(numbers);
    else hurt.remove();
    made.dataset.key = thing.key;
    made.querySelector("[data-why]").textContent = here().dataset[why];
    panel()?.remove();
    replace(form).hidden = true;
    formOf().after(made);
    made.querySelector("h1").focus();
    line();
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-outbox-another]")) return;
    panel().remove();
    const form = replace(formOf());
    form.hidden = false;
    form.elements.text?.focus();
    say("");
  });
  function arrived({ key, receipt }) {
    const made = panel();
    if (made?.dataset.key !== key) return;
    const [head, link] = [made.querySelector("h1"), made.querySelector("a.btn")];
    [head.textContent, link.textContent, link.href] = [here().dataset.arrived, here().dataset.see, receipt];
    link.dataset.receipt = "";
    made.querySelectorAll("p, section").forEach((part) => part.remove());
    head.focus();
  }
  document.addEventListener("outbox:sent", ({ detail }) => arrived(detail));
  document.addEventListener("outbox:held", ({ detail: { key, why } }) => {
    if (panel()?.dataset.key === key) panel().querySelector("[data-why]").textContent = why;
  });

  document.addEventListener("outbox:changed", async () => {
    line();
    // Another tab may have sent it.
    const { key } = panel()?.dataset ?? {};
    const thing = key && !panel().querySelector("[data-receipt]") && await store.thing(key);
    if (thing?.state === "sent") arrived(thing);
  });
  for (const name of ["online", "offline"]) addEventListener(name, line);
  document.addEventListener("htmx:afterSettle", wake);
  wake();
})();
