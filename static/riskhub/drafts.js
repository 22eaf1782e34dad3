// What is typed keeps itself: a while after the last key, again where that failed, and when the page is left.
// `data-draft="id of the form"` is the line that says so, sent by the event `keep`; `data-draft-typed`: the
// form came back with what was sent; `data-draft-waits`: its author first chooses between two windows.
"use strict";
(() => {
  const WAIT = 2000;
  const LONGEST = 60000;
  const LEFT = "draft-left";
  const TRIES = 5;
  const PAUSE = 300;
  const version = (page) => page.querySelector("[data-draft] input[type=hidden]")?.value;
  const line = () => document.querySelector("[data-draft]");
  const formOf = (at) => at && document.getElementById(at.dataset.draft);
  let timer, own, whole;
  let typed = 0, sent = 0, handed = 0, kept = 0, tries = 0;
  let isLeaving = false;

  const isBehind = () => typed !== kept && line() && !("draftWaits" in line().dataset);

  function soon(wait) {
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  }

  // One that is dropped, because the form itself is under way, is tried again like one that failed.
  function keep() {
    if (!isBehind()) return;
    soon(LONGEST);
    htmx.trigger(line(), "keep");
  }

  function touch() {
    typed += 1;
    tries = 0;
    soon(WAIT);
  }

  function failed() {
    const at = line();
    at.querySelector("[data-draft-words]").textContent = at.dataset.unsaved;
    at.classList.remove("d-none");
  }

  for (const name of ["input", "change"]) document.addEventListener(name, ({ target }) => {
    if (target.form && target.form === formOf(line())) touch();
  });
  document.addEventListener("htmx:beforeRequest", ({ detail: { elt, xhr } }) => {
    if (elt === line()) [own, sent] = [xhr, typed];
    else if (elt === formOf(line())) [whole, handed] = [xhr, typed];
  });
  document.addEventListener("htmx:afterRequest", ({ detail: { xhr } }) => {
    if (xhr === whole && xhr.status >= 200 && xhr.status < 300) kept = Math.max(kept, handed);
    else if (xhr === whole) soon(WAIT);
    if (xhr !== own || !line()) return;
    if ((xhr.status === 200 || xhr.status === 409) && !xhr.getResponseHeader("HX-Retarget")?.includes("notes")) {
      [kept, tries] = [sent, 0];
      if (isBehind()) soon(WAIT);
      return;
    }
    failed();
    tries += 1;
    if (xhr.status !== 409) soon(Math.min(WAIT * 2 ** tries, LONGEST));
  });
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    const at = line();
    if (target.id === "page") kept = typed;
    if (!at || !("draftTyped" in at.dataset)) return;
    delete at.dataset.draftTyped;
    touch();
  });
  document.addEventListener("submit", (event) => {
    if (event.target === formOf(line())) isLeaving = !event.defaultPrevented;
  });

  addEventListener("online", keep);
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  addEventListener("pagehide", () => {
    if (isLeaving || !isBehind()) return;
    const at = line();
    const texts = [...new FormData(formOf(at))].filter(([, value]) => typeof value === "string");
    fetch(at.dataset.hxPost, {
      method: "POST", body: new URLSearchParams(texts), keepalive: true,
      headers: { "HX-Request": "true", "HX-Target": at.id },
    }).catch(() => {});
    kept = typed;
    sessionStorage.setItem(LEFT, JSON.stringify([at.dataset.hxPost, version(document)]));
  });

  // The page that follows may be drawn before the last words of the one that was left have arrived: it waits
  // for them and shows them, so that they are not taken for another window's.
  addEventListener("pageshow", () => {
    const [post, before] = JSON.parse(sessionStorage.getItem(LEFT) ?? "[]");
    sessionStorage.removeItem(LEFT);
    if (post && line()?.dataset.hxPost === post && version(document) === before) arrive(before, TRIES);
  });

  async function arrive(before, left) {
    const form = formOf(line());
    form.inert = left > 0;
    if (!left) return;
    const answer = await fetch(location.href).then((one) => one.text()).catch(() => "");
    const now = version(new DOMParser().parseFromString(answer, "text/html"));
    if (now && now !== before) location.reload();
    else setTimeout(arrive, PAUSE, before, left - 1);
  }
})();
