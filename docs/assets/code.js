// What a part of a page needs is fetched where that part is: it names its script.
for (const part of document.querySelectorAll("[data-script]")) import(new URL(part.dataset.script, document.baseURI));

// The tutor is there for those who have scripts, and fetched when somebody is about to ask.
(() => {
  "use strict";
  const script = new URL("tutor.js", document.currentScript.src);
  for (const box of document.querySelectorAll(".q-tutor")) {
    const begin = () => import(script);
    box.addEventListener("focusin", begin, { once: true });
    box.addEventListener("pointerdown", begin, { once: true });
    // A question that is sent before the script is there waits for it.
    box.addEventListener("submit", (event) => {
      if (box.dataset.wired) return;
      event.preventDefault();
      begin().then(() => event.target.requestSubmit());
    });
  }
})();

// What a reader has read is marked for those who come back, and noted from the first touch of the page on: a first visit
// fetches nothing for it.
(() => {
  "use strict";
  const script = new URL("read.js", document.currentScript.src);
  const touches = ["pointerdown", "keydown", "wheel", "touchstart", "scroll"];
  const begin = () => {
    for (const touch of touches) removeEventListener(touch, begin);
    import(script);
  };
  let known = false;
  try {
    known = Object.keys(localStorage).some((key) => key.startsWith("qdocs:"));
  } catch {
    return; // nothing can be remembered here
  }
  if (known) begin();
  else for (const touch of touches) addEventListener(touch, begin, { passive: true });
})();

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
