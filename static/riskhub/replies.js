// A reply template goes behind what was typed, and never takes its place. Without script the link opens
// the page anew with the text in it.
"use strict";
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-put]");
  const field = link && document.getElementById(link.dataset.putInto);
  if (!field) return;
  event.preventDefault();
  const typed = field.value.trimEnd();
  field.value = typed ? `${typed}\n${link.dataset.put}` : link.dataset.put;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  link.closest("details").open = false;
  field.focus();
});
