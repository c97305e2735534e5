// Which cells do the filters let through, and which buttons do they have?

import { told } from "./explorer-table.js";

export const FACETS = ["model", "device", "scheme", "mode", "batch", "prompt_tokens", "task", "state", "from", "run"];
const MANY = 12; // values above which a filter is closed at first

export const nameOf = (name) => name.replaceAll("_", " ");
const valueOf = (row, facet) => (row[facet] === undefined || row[facet] === null ? null : String(row[facet]));

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// ---- filters: a filter without a pressed button lets everything through

export function filtered(all, params) {
  const pressed = FACETS.map((facet) => [facet, new Set(params.getAll(facet))]).filter(([, chosen]) => chosen.size);
  const counts = new Map(FACETS.map((facet) => [facet, new Map()]));
  const count = (row, facet, one) => {
    const value = valueOf(row, facet);
    if (value !== null) counts.get(facet).set(value, (counts.get(facet).get(value) ?? 0) + one);
  };
  const found = [];
  for (const row of all) {
    const fails = pressed.filter(([facet, chosen]) => !chosen.has(valueOf(row, facet))).map(([facet]) => facet);
    if (!fails.length) found.push(row);
    // A button counts what would be found with it, all other filters as they are.
    for (const facet of FACETS) count(row, facet, fails.every((other) => other === facet) ? 1 : 0);
  }
  return { found, counts };
}

const facetParts = new Map(); // facet -> its element, and its buttons by value

function facetPart(facet) {
  if (!facetParts.has(facet)) {
    const picks = element("div", { class: "q-picks", role: "group", "aria-label": nameOf(facet) });
    const details = element("details", { class: "q-data q-facet" }, element("summary", {}, nameOf(facet)), picks);
    facetParts.set(facet, { details, picks, buttons: new Map() });
  }
  return facetParts.get(facet);
}

// Children are replaced only where they differ, so that the focus stays.
function fill(parent, children) {
  if (children.length !== parent.children.length || children.some((child, i) => child !== parent.children[i])) {
    parent.replaceChildren(...children);
  }
}

export function showFacets(box, counts, params) {
  const shown = [];
  for (const facet of FACETS) {
    const chosen = params.getAll(facet);
    const values = [...new Set([...counts.get(facet).keys(), ...chosen])];
    if (values.length < 2 && !chosen.length) continue;
    if (values.every((value) => Number.isFinite(Number(value)))) values.sort((a, b) => a - b);
    const { details, picks, buttons } = facetPart(facet);
    if (!details.isConnected) details.open = values.length <= MANY || chosen.length > 0;
    for (const value of values) {
      if (!buttons.has(value)) {
        const made = element("button", { type: "button", class: "q-button" }, value, " ", element("small"));
        Object.assign(made.dataset, { facet, value });
        buttons.set(value, made);
      }
      const one = buttons.get(value);
      one.setAttribute("aria-pressed", String(chosen.includes(value)));
      one.querySelector("small").textContent = told(counts.get(facet).get(value) ?? 0);
    }
    fill(picks, values.map((value) => buttons.get(value)));
    shown.push(details);
  }
  fill(box.querySelector(".q-facets"), shown);
}
