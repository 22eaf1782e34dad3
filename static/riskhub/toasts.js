// Toasts leave by themselves. One with an undo counts its seconds and outlives a swap of the page
// (riskhub/web/toasts.py). What is said twice, as after a double click, stands there once.
"use strict";
(() => {
  const GONE_AFTER = 8000;

  function fade(toast) {
    const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : toast.remove());
    setTimeout(leave, GONE_AFTER);
  }

  function count(toast) {
    const until = performance.now() + 1000 * Number(toast.dataset.seconds);
    const number = toast.querySelector("[data-countdown]");
    const tick = setInterval(() => {
      const left = Math.ceil((until - performance.now()) / 1000);
      number.textContent = Math.max(left, 0);
      if (left > 0) return;
      clearInterval(tick);
      if (toast.contains(document.activeElement)) document.getElementById("main")?.focus();
      toast.remove();
    }, 1000);
  }

  const said = (toast) => `${toast.querySelector("span").textContent} ${toast.querySelector("form")?.getAttribute("action") || ""}`;

  function watch() {
    const last = new Map([...document.querySelectorAll("[data-toast]")].map((toast) => [said(toast), toast]));
    for (const toast of document.querySelectorAll("[data-toast]")) {
      if (last.get(said(toast)) !== toast) toast.remove();
    }
    for (const toast of document.querySelectorAll("[data-toast]:not([data-watched])")) {
      toast.dataset.watched = "";
      (toast.dataset.seconds ? count : fade)(toast);
    }
  }

  // What can still be undone is carried over, unless its undo was just pressed.
  let carried = [];
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "page") return;
    carried = [...document.querySelectorAll("[data-toast][data-seconds]")].filter((toast) => !toast.querySelector("form[data-sent]"));
  });
  document.addEventListener("htmx:afterSettle", () => {
    const place = document.getElementById("toasts");
    if (place) place.prepend(...carried.filter((toast) => !toast.isConnected));
    carried = [];
    watch();
  });
  watch();
})();
