// The explorer: which cells of all records does a reader want to see? The address holds what is chosen.

import { csv, rows, unpacked } from "./cells.js";
import { download } from "./download.js";
import { element, FACETS, filtered, nameOf, showFacets } from "./explorer-filters.js";
import { numbersOf, table, told } from "./explorer-table.js";

// ---- cells: those of a kind are fetched when it is first chosen; a reader's own records are kept beside them

const fetched = new Map(); // kind -> promise of its file
const own = new Map(); // a record's name -> the record's rows, and what is to be said of its models

function published(box, kind) {
  if (!fetched.has(kind)) {
    const address = new URL(`${box.dataset.base}generated/explorer/${kind}.json`, document.baseURI);
    const loading = fetch(address).then(async (answer) => {
      if (!answer.ok) throw new Error("the cells could not be loaded");
      const file = await answer.json();
      return { ...file, rows: unpacked(file) };
    });
    loading.catch(() => fetched.delete(kind)); // a second try asks again
    fetched.set(kind, loading);
  }
  return fetched.get(kind);
}

async function collected(box, kinds) {
  const none = { columns: [], rows: [], records: {}, caveats: {} };
  const files = await Promise.all(kinds.map((kind) => (Number(button(box, kind).dataset.cells) ? published(box, kind) : none)));
  const mine = [...own.values()];
  const columns = new Map(); // kind -> names of its columns, in order
  const parts = kinds.map((kind, index) => {
    const added = mine.flatMap((one) => one.rows.filter((row) => row.kind === kind));
    columns.set(kind, [...new Set([...files[index].columns, ...added.flatMap((row) => Object.keys(row))])]);
    return [...added, ...files[index].rows];
  });
  return {
    rows: parts.flat(),
    columns,
    records: Object.assign({}, ...files.map((file) => file.records)),
    caveats: Object.assign({}, ...files.map((file) => file.caveats), ...mine.map((one) => one.caveats)),
  };
}

const button = (box, kind) => box.querySelector(`.q-kind[data-kind="${CSS.escape(kind)}"]`);

// ---- the page as the address says

let turns = 0;
let view = { found: [], numbers: [], by: [] };

function showKinds(box, kinds) {
  const mine = [...own.values()].flatMap((record) => record.rows);
  for (const one of box.querySelectorAll(".q-kind")) {
    const { kind, cells } = one.dataset;
    const many = Number(cells) + mine.filter((row) => row.kind === kind).length;
    one.hidden = !many && !kinds.includes(kind);
    one.querySelector("small").textContent = told(many);
    one.setAttribute("aria-pressed", String(kinds.includes(kind)));
  }
}

function say(box, text, many = 0) {
  const said = box.querySelector(".q-said");
  said.textContent = text;
  said.classList.toggle("q-empty", !many);
  box.querySelector(".q-cells").hidden = !many;
  box.querySelector(".q-found").classList.add("q-ready");
}

async function show(box) {
  const turn = ++turns;
  const params = new URLSearchParams(location.search);
  const kinds = params.getAll("kind").filter((kind) => button(box, kind));
  showKinds(box, kinds);
  let all, problem;
  try {
    all = await collected(box, kinds);
  } catch (error) {
    problem = error;
  }
  if (turn !== turns) return; // the reader has chosen on
  if (problem) return say(box, `Nothing to show: ${problem.message}. Press the kind again to try again.`);
  const { found, counts } = filtered(all.rows, params);
  showFacets(box, counts, params);
  box.querySelector(".q-clear").hidden = !FACETS.some((facet) => params.has(facet));
  if (!kinds.length) return say(box, "Choose what was measured.");
  if (!found.length) return say(box, "No cell is like that. Take a filter back.");
  say(box, `${told(found.length)} of ${told(all.rows.length)} cells.`, found.length);
  const leads = new Map([...box.querySelectorAll(".q-kind")].map((one) => [one.dataset.kind, one.dataset.lead]));
  const numbers = numbersOf(found, all.columns, leads);
  view = { found: table(box, { ...all, found, numbers, params }), numbers, by: axes(counts) };
  showChoices(box, params);
  window.qdocsCharts.renew(box.querySelector(".q-chart"));
}

const axes = (counts) => FACETS.filter((facet) => facet === "scheme" || counts.get(facet).size > 1);

function showChoices(box, params) {
  const drawable = view.numbers.filter((name) => view.found.some((row) => typeof row[name] === "number"));
  for (const [name, options] of [["number", drawable], ["by", view.by]]) {
    const select = box.querySelector(`select[name=${name}]`);
    select.replaceChildren(...options.map((value) => element("option", { value }, name === "by" ? nameOf(value) : value)));
    const first = name === "by" ? "scheme" : options[0];
    select.value = options.includes(params.get(name)) ? params.get(name) : first;
  }
}

function change(box, ways) {
  const url = new URL(location.href);
  url.searchParams.delete("page");
  ways(url.searchParams);
  history.pushState(null, "", url);
  document.documentElement.classList.add("q-asked");
  return show(box);
}

function toggle(params, name, value) {
  const left = params.getAll(name).filter((other) => other !== value);
  const was = left.length < params.getAll(name).length;
  params.delete(name);
  for (const one of was ? left : [...left, value]) params.append(name, one);
}

// ---- a reader's own records

async function open(box, files) {
  const say = box.querySelector(".q-own-said");
  const lines = [];
  for (const file of files) {
    say.replaceChildren(element("p", {}, `${file.name}: reading…`));
    try {
      const { read } = await import("./record.js");
      const record = await read(file, box.dataset.base, Number(box.dataset.versions));
      add(record);
      const many = record.cells.length;
      lines.push(`${file.name}: a record of ${told(many)} ${many === 1 ? "cell" : "cells"}, now shown beside the others.`);
      const kinds = new URLSearchParams(location.search).getAll("kind");
      const first = record.cells[0]?.kind;
      if (first && !record.cells.some((cell) => kinds.includes(cell.kind))) {
        await change(box, (params) => params.append("kind", first));
      }
    } catch (problem) {
      lines.push(`${file.name}: ${problem.message}`);
    }
  }
  say.replaceChildren(...lines.map((line) => element("p", {}, line)));
  showOwn(box);
}

function add(record) {
  const caveats = Object.values(record.models).filter((model) => model.caveat);
  own.set(record.name, {
    rows: rows(record).map((row) => Object.assign(Object.create(null), { from: "yours" }, row)),
    caveats: Object.fromEntries(caveats.map((model) => [model.id, model.caveat])),
  });
}

function showOwn(box) {
  const items = [...own.keys()].map((name) => {
    const remove = element("button", { type: "button", class: "q-button" }, `Take ${name} away`);
    remove.dataset.away = name;
    return element("li", {}, remove);
  });
  box.querySelector(".q-owned").replaceChildren(...items);
  return show(box);
}

// ---- what a reader does

function downloadCells() {
  const spare = new Set(["kind", "cell"]);
  const columns = [...new Set(["kind", ...view.found.flatMap((row) => Object.keys(row).filter((name) => !spare.has(name))), "cell"])];
  download("qdocs-cells.csv", "text/csv", csv(view.found, columns));
}

function press(box, target) {
  const { kind, facet, value, sort, step, away } = target.dataset;
  if (kind) return change(box, (params) => toggle(params, "kind", kind));
  if (facet) return change(box, (params) => toggle(params, facet, value));
  if (sort) return change(box, (params) => params.set("sort", sort));
  if (step) {
    const page = Number(new URLSearchParams(location.search).get("page") ?? 1) + Number(step);
    return change(box, (params) => params.set("page", page));
  }
  if (away) {
    own.delete(away);
    box.querySelector("input[type=file]").focus();
    return showOwn(box);
  }
  if (target.matches(".q-clear")) {
    box.querySelector(".q-facet summary")?.focus();
    return change(box, (params) => FACETS.forEach((facet) => params.delete(facet)));
  }
  if (target.matches(".q-csv")) downloadCells();
}

function wire(box) {
  if (box.dataset.wired) return;
  box.dataset.wired = "yes";
  box.addEventListener("click", (event) => {
    const target = event.target.closest?.("button");
    if (target) press(box, target);
  });
  box.addEventListener("change", (event) => {
    const { name, value, files } = event.target;
    if (files) {
      open(box, [...files]);
      event.target.value = ""; // the same file can be opened again
    } else change(box, (params) => params.set(name, value));
  });
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => holdsFiles(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    open(box, [...event.dataTransfer.files]);
  });
  window.addEventListener("popstate", () => show(box));
  const chart = box.querySelector(".q-chart");
  window.qdocsCharts.make(chart, async () => {
    const { figure } = await import("./explorer-chart.js");
    const [number, by] = ["number", "by"].map((name) => box.querySelector(`select[name=${name}]`).value);
    return figure(chart, view.found, number, by, box.dataset.base);
  });
  show(box);
}

if (typeof document !== "undefined") document.querySelectorAll(".q-explorer").forEach(wire);
