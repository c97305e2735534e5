// The exercises: what a reader writes is kept in this browser, exported as Markdown, and forgotten when they say so.

import { download } from "./download.js";
import { practiceStore as store } from "./practice-store.js";

const FILE = "practice.md";
const KEEPS = "What you write is kept in this browser.";
const BACK = "What you wrote before is back.";
const REFUSES = "This browser does not let the page remember: export what you write before you leave.";
const FORGOTTEN = "Forgotten: nothing that you wrote here is left.";

const flat = (text) => text.replace(/\s+/g, " ").trim();
const value = (field) => (field.type === "checkbox" ? field.checked : field.value);

function put(field, kept) {
  if (field.type === "checkbox") field.checked = kept === true;
  else field.value = typeof kept === "string" ? kept : "";
}

function asMarkdown(root) {
  const lines = [`# ${document.querySelector("h1").firstChild.textContent}`, "", `${location.origin}${location.pathname}`];
  for (const part of root.querySelectorAll("h2, summary, [name]")) {
    const label = part.closest("label");
    if (part.matches("h2")) lines.push("", `## ${part.firstChild.textContent}`);
    else if (part.matches("summary")) lines.push("", "**What a good answer has**", "");
    else if (part.type === "checkbox") lines.push(`- [${part.checked ? "x" : " "}] ${flat(label.textContent)}`);
    else {
      const written = part.matches("select") ? part.selectedOptions[0].text : part.value.trim();
      lines.push("", `**${flat(label.firstChild.textContent)}**`, "", written || "(nothing written)");
    }
  }
  return lines.join("\n") + "\n";
}

function wire(root) {
  if (root.dataset.wired) return;
  root.dataset.wired = "yes";
  const fields = [...root.querySelectorAll("[name]")];
  const bar = root.querySelector(".q-keep");
  const say = (text) => {
    const line = bar.querySelector("[role=status]");
    // The same again would be read out again.
    if (line.textContent !== text) line.textContent = text;
  };
  bar.hidden = false;

  const kept = store.read();
  if (kept) for (const field of fields) put(field, kept[field.name]);
  say(!store.canKeep() ? REFUSES : kept ? BACK : KEEPS);

  root.addEventListener("input", ({ target }) => {
    // Beside what another tab may have kept meanwhile.
    say(store.write({ ...store.read(), [target.name]: value(target) }) ? KEEPS : REFUSES);
  });
  root.addEventListener("click", ({ target }) => {
    const asked = target.closest("[data-do]")?.dataset.do;
    if (asked === "export") {
      download(FILE, "text/markdown", asMarkdown(root));
      say(`Exported as ${FILE}.`);
    } else if (asked === "forget" && confirm("Forget everything that you wrote on this page?")) {
      for (const field of fields) put(field, undefined);
      store.forget();
      say(FORGOTTEN);
    }
  });
}

document.querySelectorAll(".q-practice").forEach(wire);
