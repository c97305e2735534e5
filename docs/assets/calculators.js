// The guide's calculators. The same formulas are in qdocs/footprint.py, cost.py and paired.py; a test compares them.

// ---- numbers in words, as qdocs/publish/words.py writes them

const grouped = (value, decimals) =>
  value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

export function number(value, digits = 3) {
  if (value === 0) return "0";
  return grouped(value, Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value)))));
}

const ratio = (value) => `${value < 10 ? value.toFixed(2) : number(value)}×`;

function megabytes(bytes) {
  if (bytes === 0) return "0 MB";
  if (bytes < 50_000) return `${number(bytes / 1e6, 1)} MB`;
  return bytes >= 1e9 ? `${grouped(bytes / 1e9, 2)} GB` : `${grouped(bytes / 1e6, 1)} MB`;
}

function percent(share) {
  if (share === 0 || share === 1) return `${100 * share}%`;
  const decimals = share < 0.99 ? 1 : 2;
  const shown = (100 * share).toFixed(decimals);
  return shown.startsWith("100") ? `more than ${(100 - 10 ** -decimals).toFixed(decimals)}%` : `${shown}%`;
}

// ---- memory: bytes by role

const BF16 = 2;
const INT8_ROW = 5; // scale and zero point of a row
const INT4_GROUP = 4; // scale and zero point of a group
const TILE = 1024; // rows are padded to a multiple of it for CUDA

export function footprint(d, bits, group, padded, batch, context) {
  const queries = d.heads * d.head_width;
  const keys = d.kv_heads * d.head_width;
  const linears = [
    [queries, d.width], [keys, d.width], [keys, d.width], [d.width, queries],
    [d.mlp_width, d.width], [d.mlp_width, d.width], [d.width, d.mlp_width],
  ];
  const found = { quantized: 0, scales: 0, skipped: 0, padding: 0 };
  let covered = 0;
  let every = 0;
  for (const [rows, columns] of linears) {
    const all = d.layers * rows;
    every += all * columns;
    if (bits === 8) {
      found.quantized += all * columns;
      found.scales += all * INT8_ROW;
    } else if (bits === 4 && columns % group === 0) {
      const stored = padded ? Math.ceil(columns / TILE) * TILE : columns;
      found.quantized += Math.floor((all * stored) / 2);
      found.padding += Math.floor((all * (stored - columns)) / 2);
      found.scales += all * (stored / group) * INT4_GROUP;
    } else {
      found.skipped += all * columns * BF16;
      continue;
    }
    covered += all * columns;
  }
  const table = d.vocabulary * d.width * BF16;
  found.weights =
    table + (d.tied ? 0 : table) + found.quantized + found.scales + found.skipped + (2 * d.layers + 1) * d.width * BF16;
  found.coverage = covered / every;
  found.kv = 2 * d.layers * keys * BF16 * context * batch;
  return found;
}

const MEMORY = [
  "weights", "of them padding", "linear weights skipped", "KV cache", "weights and cache", "largest batch",
  "longest context",
];

export function memory(v) {
  const columns = [16, 8, 4].map((bits) => {
    const found = footprint(v, bits, v.group, v.padded, v.batch, v.context);
    const left = Math.max(0, v.room * 1e9 - found.weights);
    const aToken = found.kv / (v.batch * v.context);
    const most = [Math.floor(left / (aToken * v.context)), Math.min(Math.floor(left / (aToken * v.batch)), v.longest)];
    return [
      megabytes(found.weights),
      found.padding ? megabytes(found.padding) : "none",
      bits === 4 && found.coverage < 1 ? percent(1 - found.coverage) : "none",
      megabytes(found.kv),
      megabytes(found.weights + found.kv),
      ...most.map((many) => (many ? grouped(many, 0) : "none fits")),
    ];
  });
  return MEMORY.map((name, row) => [name, ...columns.map((column) => column[row])]);
}

// ---- cost of a million new tokens

export function cost(v) {
  let first;
  return ["bf16", "int8wo", "int4wo"].map((scheme) => {
    const price = ((v.price / (v[scheme] * 3600)) * 1e6) / (v.utilization / 100);
    first ??= price;
    return [scheme, `${number(v[scheme])} tokens/s`, number(price), ratio(price / first)];
  });
}

// ---- power: how often the exact McNemar test sees a drop

const LEVEL = 0.05;
const POWER = 0.8;
const ITEMS = [100, 200, 500, 1000, 2000, 5000];
const logFactorials = [0, 0];

function logFactorial(n) {
  for (let i = logFactorials.length; i <= n; i++) logFactorials.push(logFactorials[i - 1] + Math.log(i));
  return logFactorials[n];
}

function binomial(k, n, p) {
  if (p === 0) return k === 0 ? 1 : 0;
  if (p === 1) return k === n ? 1 : 0;
  const log = logFactorial(n) - logFactorial(k) - logFactorial(n - k) + k * Math.log(p) + (n - k) * Math.log1p(-p);
  return Math.exp(log);
}

export function mcnemarPower(items, flipRate, drop, level) {
  if (flipRate === 0) return 0;
  const losing = (flipRate + drop) / (2 * flipRate);
  let power = 0;
  for (let flips = 0; flips <= items; flips++) {
    const chance = binomial(flips, items, flipRate);
    if (chance < 1e-14) continue;
    // Flips in the rarer direction up to which the test rejects; both tails are added.
    let fair = 0;
    let rejects = 0;
    for (let rarer = 0; rarer <= flips; rarer++) {
      fair += binomial(rarer, flips, 0.5);
      if (fair > level / 2) break;
      rejects += binomial(rarer, flips, losing) + binomial(flips - rarer, flips, losing);
    }
    power += chance * rejects;
  }
  return power;
}

export function detectableDrop(items, flipRate, level) {
  const enough = (drop) => mcnemarPower(items, Math.max(flipRate, drop), drop, level) >= POWER;
  if (!enough(1)) return null;
  let [low, high] = [0, 1];
  while (high - low > 1e-5) {
    const middle = (low + high) / 2;
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

// Both are computed with as many flips as the drop takes.
const ifMore = (drop, flips) => (drop > flips ? ", if as many flip" : "");

export function power(v) {
  const [flips, drop, level] = [v.flips / 100, v.drop / 100, LEVEL / v.comparisons];
  return ITEMS.map((items) => {
    const seen = mcnemarPower(items, Math.max(flips, drop), drop, level);
    const least = detectableDrop(items, flips, level);
    const told = least === null ? "none" : `${(100 * least).toFixed(1)} points${ifMore(least, flips)}`;
    return [grouped(items, 0), `${(100 * seen).toFixed(0)}% of cases${ifMore(drop, flips)}`, told];
  });
}

// ---- forms

const CALCULATORS = { memory, cost, power };

function recompute(form) {
  const problem = form.querySelector(".q-problem");
  const wrong = [...form.elements].find((field) => field.willValidate && !field.checkValidity());
  problem.hidden = !wrong;
  if (wrong) {
    problem.textContent = `${wrong.closest("label").firstChild.textContent}: ${wrong.validationMessage}`;
    return;
  }
  const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, Number(value)]));
  const rows = form.querySelectorAll("tbody tr");
  CALCULATORS[form.dataset.calculator](values).forEach((cells, row) => {
    cells.forEach((text, column) => (rows[row].cells[column].textContent = text));
  });
}

function wire(form) {
  if (form.dataset.wired) return;
  form.dataset.wired = "yes";
  form.addEventListener("input", () => recompute(form));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const preset = event.target.closest?.("[data-preset]");
    if (!preset) return;
    for (const pair of preset.dataset.preset.split(" ")) {
      const [name, value] = pair.split("=");
      form.elements[name].value = value;
    }
    recompute(form);
  });
  // A browser that kept what a reader typed before a reload shows results for it.
  recompute(form);
}

if (typeof document !== "undefined") document.querySelectorAll(".q-calc").forEach(wire);
