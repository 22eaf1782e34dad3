// The triage inbox: a filing opens beside the list; j and k come from keys.js. Where the two do not
// stand side by side, and without script, a row leads to the page of its filing.
"use strict";
(() => {
  const beside = () => matchMedia("(min-width: 992px)").matches;
  const rows = () => [...document.querySelectorAll(".rh-triage [data-row]")];

  document.addEventListener("click", (event) => {
    const row = event.target.closest(".rh-triage [data-row]");
    if (!row || !beside() || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (row.hasAttribute("aria-current")) {
      document.getElementById("filing-title").focus();
      return;
    }
    for (const each of rows()) each.toggleAttribute("aria-current", false);
    row.setAttribute("aria-current", "true");
    history.replaceState(history.state, "", row.href);
    htmx.ajax("GET", row.href, { target: "#filing", swap: "outerHTML" });
  });
})();
