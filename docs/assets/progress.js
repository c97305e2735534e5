// The page of progress: what this browser remembers, to a file and back, and all of it forgotten at a press.

import { download } from "./download.js";
import { exported, forget, opened, practiceStore, quizStore, readStore, take } from "./progress-store.js";
import { nameOf, pageLinks } from "./read.js";

const FILE = "qdocs-progress.json";
const REFUSES = "This browser does not let the guide remember anything.";

const date = (at) => new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
const count = (many, one) => `${many} ${one}${many === 1 ? "" : "s"}`;

function scoreOf(item, own) {
  if (!own) return "not begun";
  const asked = item.dataset.questions.split(" ").map((pair) => pair.split(":"));
  const given = asked.filter(([id, digest]) => own.answers[id]?.digest === digest);
  const changed = asked.filter(([id, digest]) => own.answers[id] && own.answers[id].digest !== digest).length;
  const told = [`${given.length} of ${asked.length} answered`];
  if (own.finished) told.unshift(`${own.finished.right} of ${own.finished.of} right on ${date(own.finished.at)}`);
  if (changed) told.push(`${count(changed, "question")} changed since`);
  return told.join("; ");
}

function show(root) {
  const read = readStore.all();
  const pages = root.querySelector(".q-pages");
  const names = new Map(pageLinks().map((link) => [nameOf(link.href), link]));
  const known = Object.entries(read).filter(([name]) => names.has(name));
  pages.replaceChildren(
    ...known.map(([name, at]) => {
      const item = document.createElement("li");
      const link = Object.assign(document.createElement("a"), { href: names.get(name).href });
      link.textContent = names.get(name).querySelector(".md-ellipsis")?.textContent.trim() ?? name;
      item.append(link, `, ${date(at)}`);
      return item;
    }),
  );
  root.querySelector(".q-pages-said").textContent = known.length
    ? `${known.length} of ${names.size} pages read to the end.`
    : "No page was read to the end yet.";
  const quizzes = quizStore.all();
  for (const item of root.querySelectorAll(".q-scores li")) {
    item.querySelector(".q-score").textContent = scoreOf(item, quizzes[item.dataset.lesson]);
  }
  const written = Object.values(practiceStore.read() ?? {}).filter((value) => value === true || (value && value.trim())).length;
  root.querySelector(".q-written").textContent = written ? `${count(written, "answer")} written.` : "Nothing is written yet.";
  dispatchEvent(new Event("qdocs:progress"));
}

function wire(root) {
  if (root.dataset.wired) return;
  root.dataset.wired = "yes";
  const say = (text) => (root.querySelector(".q-progress-said").textContent = text);
  root.addEventListener("click", ({ target }) => {
    const asked = target.closest("[data-do]")?.dataset.do;
    if (asked === "export") {
      download(FILE, "application/json", JSON.stringify(exported(), null, 1));
      say(`Exported as ${FILE}.`);
    } else if (asked === "forget" && confirm("Forget pages read, quiz answers and exercises in this browser?")) {
      say(forget() ? "Forgotten: nothing of yours is left in this browser." : REFUSES);
      show(root);
    }
  });
  root.querySelector("input[type=file]").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    target.value = ""; // the same file can be opened again
    if (!file) return;
    try {
      if (file.size > 2_000_000) throw new Error("it is larger than any export of this guide");
      say(take(opened(await file.text())) ? `${file.name} is taken in; of each, the newest stays.` : REFUSES);
    } catch (problem) {
      say(`${file.name} was not taken: ${problem.message}.`);
    }
    show(root);
  });
  if (!readStore.canKeep()) say(REFUSES);
  addEventListener("storage", () => show(root));
  show(root);
}

document.querySelectorAll(".q-progress").forEach(wire);
