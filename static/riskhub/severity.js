// The kind of a complaint preselects how grave it usually is: never lighter than it was counted until now, as
// the customer's ticks said, and never over what somebody chose. Without script the page says it once saved.
"use strict";
document.addEventListener("change", (event) => {
  const severity = event.target.form?.elements.severity;
  const usual = event.target.selectedOptions?.[0]?.dataset.severity;
  if (!severity) return;
  if (event.target === severity) severity.dataset.chosen = "";
  if (!usual || "chosen" in severity.dataset) return;
  severity.dataset.opened ??= severity.selectedIndex;
  const place = [...severity.options].findIndex((one) => one.value === usual);
  severity.selectedIndex = Math.min(place, severity.dataset.opened);
  const line = event.target.form.querySelector("[data-preselected]");
  line.textContent = severity.selectedIndex === place ? line.dataset.preselected : "";
});
