// How are the cells that were found shown: what they share in a line, what differs in a table, a page at a time?

const PAGE = 25;
const FIRST = ["scheme", "mode"];
const LAST = ["repeat", "kind", "model", "device", "backend", "from"];
// Between these two stands what a kind's workload says, after the second what it measured; see cells.js.
const WORKLOAD = ["mode", "repeat"];
const RESULT = "coverage";

const whole = new Intl.NumberFormat("en-US");
const broken = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 4 });

export function told(value) {
  if (!isThere(value)) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "number") return String(value);
  return (Number.isInteger(value) ? whole : broken).format(value);
}

const isThere = (value) => value !== null && value !== undefined;

// The numbers that every kind found has, the leading one of a single kind first.
export function numbersOf(found, columns, leads) {
  const kinds = [...new Set(found.map((row) => row.kind))];
  const [first, ...others] = kinds.map((kind) => columns.get(kind).slice(columns.get(kind).indexOf(RESULT)));
  const shared = (first ?? []).filter((name) => others.every((names) => names.includes(name)));
  const there = shared.filter((name) => found.some((row) => isThere(row[name])));
  const lead = leads.get(kinds[0]);
  return kinds.length === 1 && there.includes(lead) ? [lead, ...there.filter((name) => name !== lead)] : there;
}

function workloads(columns) {
  const [after, before] = WORKLOAD;
  return [...columns.values()].flatMap((names) => names.slice(names.indexOf(after) + 1, names.indexOf(before)));
}

function sorted(found, params) {
  const asked = params.get("sort") ?? "";
  const name = asked.replace(/^-/, "");
  if (!name) return found;
  const way = asked.startsWith("-") ? -1 : 1;
  const order = (a, b) => (typeof a === "string" ? a.localeCompare(b) : a - b);
  const [there, without] = [[], []];
  for (const row of found) (isThere(row[name]) ? there : without).push(row);
  return [...there.sort((a, b) => way * order(a[name], b[name])), ...without];
}

// A long name may break after each part of it.
function breakable(name) {
  return name.split(/(?<=[._])/).flatMap((part) => [part, document.createElement("wbr")]);
}

function heading(name, numeric, params) {
  const cell = document.createElement("th");
  cell.scope = "col";
  if (numeric) cell.className = "q-num";
  if (name === "record") cell.append(name);
  else {
    const asked = params.get("sort") ?? "";
    const [up, down] = [asked === name, asked === `-${name}`];
    cell.setAttribute("aria-sort", up ? "ascending" : down ? "descending" : "none");
    const button = document.createElement("button");
    button.type = "button";
    // The largest first, then the smallest; names the other way round.
    const first = numeric ? `-${name}` : name;
    button.dataset.sort = asked === first ? (numeric ? name : `-${name}`) : first;
    button.dataset.column = name;
    button.append(...breakable(name), up ? " ▲" : down ? " ▼" : "");
    cell.append(button);
  }
  return cell;
}

function small(text) {
  const made = document.createElement("small");
  made.textContent = text;
  return made;
}

function recordCell(row, records, base) {
  const cell = document.createElement("td");
  if (row.from === "yours" && !records[row.run]) cell.append(`${row.run}, your file `);
  else {
    const link = document.createElement("a");
    link.href = new URL(base + records[row.run], document.baseURI);
    link.textContent = row.run;
    cell.append(link, " ");
  }
  cell.append(small(`cells.${row.cell}`));
  return cell;
}

function line(row, keys, numbers, records, base) {
  const made = document.createElement("tr");
  for (const name of keys) {
    const cell = document.createElement(name === "scheme" ? "th" : "td");
    if (name === "scheme") cell.scope = "row";
    else if (typeof row[name] === "number") cell.className = "q-num";
    cell.append(told(row[name]));
    if (name === "scheme" && row.from === "yours") {
      const mark = document.createElement("strong");
      mark.className = "q-mark";
      mark.textContent = "yours";
      cell.append(" ", mark);
    }
    if (name === "state" && row.reason) {
      cell.className = "q-long";
      cell.append(document.createElement("br"), small(row.reason));
    }
    made.append(cell);
  }
  for (const name of numbers) {
    const cell = document.createElement("td");
    cell.className = "q-num";
    cell.append(told(row[name]));
    made.append(cell);
  }
  made.append(recordCell(row, records, base));
  return made;
}

// Shows a page of the table, and returns all rows in its order.
export function table(box, { found, numbers, columns, records, caveats, params }) {
  const rows = sorted(found, params);
  const candidates = [...new Set([...FIRST, ...workloads(columns), ...LAST])];
  const alike = (name) => name !== "scheme" && found.every((row) => (row[name] ?? null) === (found[0][name] ?? null));
  const shared = found.length ? candidates.filter((name) => alike(name) && (found[0][name] ?? "") !== "") : [];
  const keys = candidates.filter((name) => name === "scheme" || !alike(name));
  if (found.some((row) => row.reason)) keys.push("state");
  const models = new Set(found.map((row) => row.model));
  const scope = shared.map((name) => `${name.replaceAll("_", " ")} ${told(found[0][name])}`).join(" · ");
  const said = Object.entries(caveats).filter(([model]) => models.has(model)).map(([model, text]) => `${model}: ${text}`);
  box.querySelector(".q-shared").textContent = [scope && `All of these: ${scope}.`, ...said].filter(Boolean).join(" ");

  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const page = Math.min(Math.max(1, Math.trunc(Number(params.get("page"))) || 1), pages);
  const shown = rows.slice((page - 1) * PAGE, page * PAGE);
  const grid = box.querySelector(".q-cells .q-grid");
  const focused = document.activeElement?.dataset.column;
  const numeric = (name) => numbers.includes(name) || found.some((row) => typeof row[name] === "number");
  const head = document.createElement("tr");
  head.append(...[...keys, ...numbers, "record"].map((name) => heading(name, numeric(name), params)));
  grid.tHead.replaceChildren(head);
  grid.tBodies[0].replaceChildren(...shown.map((row) => line(row, keys, numbers, records, box.dataset.base)));
  if (focused) grid.querySelector(`[data-column="${CSS.escape(focused)}"]`)?.focus();

  const pager = box.querySelector(".q-pager");
  const [earlier, later] = pager.querySelectorAll("button");
  earlier.disabled = page === 1;
  later.disabled = page === pages;
  pager.hidden = pages === 1;
  const last = Math.min(page * PAGE, rows.length);
  pager.querySelector("span").textContent = `Rows ${told((page - 1) * PAGE + 1)} to ${told(last)} of ${told(rows.length)}.`;
  return rows;
}
