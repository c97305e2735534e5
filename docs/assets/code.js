// What a part of a page needs is fetched where that part is: it names its script.
for (const part of document.querySelectorAll("[data-script]")) import(new URL(part.dataset.script, document.baseURI));

// The theme puts a navigation landmark without a name beside each code block; a page with several needs them told apart.
(() => {
  "use strict";
  const name = () => {
    document.querySelectorAll(".md-code__nav").forEach((nav, index) => {
      if (!nav.hasAttribute("aria-label")) nav.setAttribute("aria-label", `Code block ${index + 1}`);
    });
  };
  name();
  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
})();
