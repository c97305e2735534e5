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

// What can wait does so until a reader first touches the page.
(() => {
  "use strict";
  const touches = ["pointermove", "pointerdown", "keydown", "wheel", "touchstart", "scroll"];
  const atFirstTouch = (begin) => {
    const once = () => {
      for (const touch of touches) removeEventListener(touch, once);
      begin();
    };
    for (const touch of touches) addEventListener(touch, once, { passive: true });
  };

  // A part of a page names its script, which is fetched at once where that part is in sight.
  const fetchFor = (part) => import(new URL(part.dataset.script, document.baseURI));
  const parts = document.querySelectorAll("[data-script]");
  const sight = new IntersectionObserver((seen) => seen.forEach((one) => one.isIntersecting && fetchFor(one.target)));
  for (const part of parts) sight.observe(part);

  const tips = new URL("tips.js", document.currentScript.src);
  atFirstTouch(() => {
    parts.forEach(fetchFor);
    import(tips);
  });

  // What a reader has read is marked for those who come back.
  const read = new URL("read.js", document.currentScript.src);
  let known = false;
  try {
    known = Object.keys(localStorage).some((key) => key.startsWith("qdocs:"));
  } catch {
    return; // nothing can be remembered here
  }
  if (known) import(read);
  else atFirstTouch(() => import(read));
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
