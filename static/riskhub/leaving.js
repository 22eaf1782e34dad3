// Signing out: what has not been sent yet is looked at first, and no form of the phone stays behind for the next one.
"use strict";
(() => {
  const unsent = (owner) => new Promise((done) => {
    const asked = indexedDB.open("riskhub-phone");
    asked.onupgradeneeded = () => asked.transaction.abort(); // nothing was ever kept here, and nothing shall be
    asked.onerror = asked.onblocked = () => done(0);
    asked.onsuccess = () => {
      const base = asked.result;
      base.transaction("things").objectStore("things").getAll().onsuccess = ({ target }) => {
        base.close();
        done(target.result.filter((thing) => thing.owner === owner && thing.state !== "sent").length);
      };
    };
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-leaves]")) return;
    event.preventDefault();
    const waits = "anyway" in form.dataset ? 0 : await unsent(form.dataset.leaves).catch(() => 0);
    if (waits) {
      location.assign(form.dataset.waiting);
      return;
    }
    await globalThis.caches?.delete("riskhub-phone").catch(() => {});
    form.submit();
  });
})();
