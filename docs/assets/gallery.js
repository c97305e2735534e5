// Which case studies does a reader want to see? Runs in the head, before the page is painted; running it twice does no harm.
// The address holds what is chosen: ?model=NAME&scheme=NAME; within a group any will do, between groups all must hold.
(() => {
  "use strict";
  if (window.qdocsGallery) return;
  window.qdocsGallery = true;

  const GROUPS = ["model", "device", "scheme", "decision"];
  const style = document.createElement("style");
  document.head.append(style);
  document.documentElement.classList.add("q-js");

  const chosen = (group) => new URLSearchParams(location.search).getAll(group).filter(Boolean);

  function hideOthers() {
    style.textContent = GROUPS.filter((group) => chosen(group).length)
      .map((group) => chosen(group).map((token) => `:not([data-${group}~="${CSS.escape(token)}"])`).join(""))
      .map((kept) => `.q-case${kept} { display: none }`)
      .join("\n");
  }

  function show() {
    hideOthers();
    const gallery = document.querySelector(".q-gallery");
    if (!gallery) return;
    for (const button of gallery.querySelectorAll(".q-pick")) {
      button.setAttribute("aria-pressed", String(chosen(button.dataset.group).includes(button.dataset.token)));
    }
    const cases = [...gallery.querySelectorAll(".q-case")];
    const seen = cases.filter((one) =>
      GROUPS.every((group) => {
        const tokens = one.getAttribute(`data-${group}`).split(" ");
        return !chosen(group).length || chosen(group).some((token) => tokens.includes(token));
      }),
    );
    gallery.querySelector(".q-empty").hidden = seen.length > 0;
    gallery.querySelector(".q-picked").textContent =
      seen.length === 0 ? "No case has all of these: take one choice back." : `Showing ${seen.length} of ${cases.length}.`;
  }

  function pick({ group, token }) {
    const before = chosen(group);
    const after = before.includes(token) ? before.filter((other) => other !== token) : [...before, token];
    const url = new URL(location.href);
    url.searchParams.delete(group);
    for (const one of after) url.searchParams.append(group, one);
    history.pushState(null, "", url);
    show();
  }

  hideOthers();
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".q-gallery .q-pick");
    if (button) pick(button.dataset);
  });
  window.addEventListener("popstate", show);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
  else show();
})();
