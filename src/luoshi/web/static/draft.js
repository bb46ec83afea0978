// A report that is being written is kept in this browser, so that a lost connection loses nothing; without this script the form is as it was.
(() => {
  const form = document.querySelector("form[data-draft]");
  const prefix = "luoshi.draft.";
  const sent = document.querySelector("[data-sent]");
  let store;
  try { store = window.localStorage; store.getItem(prefix); } catch { return; }
  if (sent) store.removeItem(prefix + sent.dataset.sent);
  if (!form) return;
  const key = prefix + form.dataset.draft;
  const revision = form.elements.revision.value;
  const fields = () => [...form.elements].filter((each) => each.name && each.matches("textarea, select, input:not([type=hidden]):not([type=file]):not([type=checkbox])"));
  const typed = () => Object.fromEntries(fields().map((each) => [each.name, each.value]));
  const shown = JSON.stringify(typed());
  const bar = form.querySelector("[data-restore]");
  let kept = null;
  try { kept = JSON.parse(store.getItem(key)); } catch { store.removeItem(key); }
  const differs = kept && kept.typed && JSON.stringify(kept.typed) !== shown;
  if (kept && !differs) store.removeItem(key);
  if (differs) {
    bar.hidden = false;
    bar.querySelector("[data-stale]").hidden = kept.revision === revision;
    bar.querySelector("[data-at]").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang);
    bar.querySelector("[data-take]").addEventListener("click", () => {
      for (const each of fields()) if (each.name in kept.typed) each.value = kept.typed[each.name];
      bar.hidden = true;
    });
    bar.querySelector("[data-drop]").addEventListener("click", () => { store.removeItem(key); bar.hidden = true; });
  }
  let waiting = 0;
  const keep = () => store.setItem(key, JSON.stringify({ at: Date.now(), revision, typed: typed() }));
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(keep, 400); });
  form.addEventListener("submit", keep);
})();
