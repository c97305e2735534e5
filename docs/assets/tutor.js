// "Ask about this page": answers in sentences of the guide, each with a link to its place. Nothing is sent anywhere.

import MiniSearch from "./vendor/minisearch-7.2.0.min.js";
import { stemmer } from "./vendor/stemmer-2.0.1.js";
import { ask, open } from "./tutor-core.js";

const EMPTY = "Ask in a few words, in English: what does int4 cost in accuracy?";
const NONE = "The guide does not answer that.";
const NEAREST = " These sections come nearest:";
const FAILED = "The guide could not be loaded, so nothing can be answered now.";

let guide;
const load = (base) =>
  (guide ??= Promise.all(
    ["search/search_index.json", "generated/tutor.json"].map(async (path) => (await fetch(base + path)).json()),
  ).then(([index, more]) => open(index, more, { MiniSearch, stemmer })));

const element = (tag, fields = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), fields);
  made.append(...inside);
  return made;
};

// A link that leads to the section and, where the browser can, marks the sentence in it.
function place(base, { id, text }) {
  const quoted = text.split(" ");
  const ends = quoted.length > 8 ? [quoted.slice(0, 4), quoted.slice(-4)] : [quoted];
  const mark = ends.map((few) => encodeURIComponent(few.join(" ")).replaceAll("-", "%2D")).join(",");
  return `${base}${id}${id.includes("#") ? "" : "#"}:~:text=${mark}`;
}

const named = ({ title, page }) => (title === page || !page ? title : `${page}: ${title}`);

function show(box, base, found) {
  const said = box.querySelector(".q-told");
  if (found.state === "answered") {
    said.replaceChildren(
      ...found.sentences.map((one) =>
        element("blockquote", {}, element("p", {}, `${one.text} `, element("a", { href: place(base, one) }, named(one)))),
      ),
    );
    return;
  }
  const links = found.nearest.map((one) => element("li", {}, element("a", { href: base + one.id }, named(one))));
  said.replaceChildren(
    element("p", {}, found.state === "empty" ? EMPTY : NONE + (links.length ? NEAREST : "")),
    ...(links.length ? [element("ul", {}, ...links)] : []),
  );
}

export function wire(box) {
  if (box.dataset.wired) return;
  box.dataset.wired = "yes";
  const { base, here } = box.dataset;
  const root = new URL(base, document.baseURI).href;
  const form = box.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const question = form.elements.question.value;
    try {
      show(box, root, ask(await load(root), question, here));
    } catch {
      box.querySelector(".q-told").textContent = FAILED;
    }
  });
  load(root).catch(() => {});
}

if (typeof document !== "undefined") document.querySelectorAll(".q-tutor").forEach(wire);
