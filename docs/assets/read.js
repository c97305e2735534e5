// Which pages did a reader read to the end, and which quizzes did they finish? Noted in this browser, and marked beside the
// navigation.

import { quizStore, readStore } from "./progress-store.js";

// A page's address below the site's root, so that it is the same wherever the site stands.
const root = new URL(document.querySelector(".md-logo")?.href ?? ".", location.href);
export const nameOf = (address) => new URL(address, location.href).pathname.slice(root.pathname.length) || "./";

// The navigation's links to pages of this site.
export const pageLinks = () =>
  [...document.querySelectorAll(".md-nav--primary a.md-nav__link[href]")].filter(
    (link) => !link.getAttribute("href").startsWith("#") && new URL(link.href).origin === location.origin,
  );

function mark() {
  const [read, quizzes] = [readStore.all(), quizStore.all()];
  for (const link of pageLinks()) {
    const name = nameOf(link.href);
    const score = quizzes[name.replace(/\/$/, "")]?.finished;
    const told = [read[name] && "read", score && `quiz ${score.right} of ${score.of}`].filter(Boolean).join(", ");
    let shown = link.querySelector(".q-read");
    if (!told) {
      shown?.remove();
      continue;
    }
    if (!shown) link.append((shown = Object.assign(document.createElement("span"), { className: "q-read" })));
    if (shown.textContent !== told) shown.textContent = told;
  }
}

function watch() {
  const end = document.querySelector(".md-content__inner > :last-child");
  // The page of progress is about reading, and after forgetting it must not begin to remember.
  if (!end || document.querySelector(".q-progress")) return;
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    if (readStore.add(nameOf(location.href))) mark();
  }).observe(end);
}

watch();
mark();
addEventListener("storage", mark); // another tab
addEventListener("qdocs:progress", mark); // this one
