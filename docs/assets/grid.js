// The lesson's figure: real weights on a grid of a few bits. The same rounding is in qdocs/rounding.py; a test compares.

const SCALE_BITS = 16;

export function roundToGrid(weights, bits, group, symmetric) {
  const values = [];
  const grids = []; // of each group: where it starts and ends, its lowest point, the step, how many steps
  for (let start = 0; start < weights.length; start += group) {
    const part = weights.slice(start, start + group);
    const low = symmetric ? 0 : Math.min(...part);
    const reach = symmetric ? 2 * Math.max(...part.map(Math.abs)) : Math.max(...part) - low;
    const steps = 2 ** bits - 1;
    const scale = reach / steps;
    const least = symmetric ? -(2 ** (bits - 1)) : 0;
    const point = (weight) => Math.min(Math.max(Math.floor((weight - low) / scale + 0.5), least), least + steps);
    for (const weight of part) values.push(scale ? low + point(weight) * scale : weight);
    grids.push({ start, end: start + part.length, first: low + least * scale, scale, steps });
  }
  const norm = Math.hypot(...weights);
  const error = norm ? Math.hypot(...weights.map((weight, i) => values[i] - weight)) / norm : 0;
  const stored = symmetric ? SCALE_BITS : 2 * SCALE_BITS;
  return { values, grids, error, bitsPerWeight: bits + (stored * Math.ceil(weights.length / group)) / weights.length };
}

const SVG = "http://www.w3.org/2000/svg";
const SIZE = { width: 640, height: 280, left: 8, right: 8, top: 10, bottom: 10 };
// More lines than this run together; then the band that they fill is drawn.
const MOST_LINES = 40;

const circle = (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;

function draw(box, weights, found) {
  const largest = Math.max(...weights.map(Math.abs)) * 1.06;
  const across = SIZE.width - SIZE.left - SIZE.right;
  const down = SIZE.height - SIZE.top - SIZE.bottom;
  const x = (i) => SIZE.left + ((i + 0.5) / weights.length) * across;
  const y = (value) => SIZE.top + ((largest - value) / (2 * largest)) * down;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${SIZE.width} ${SIZE.height}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "Weights, the grid of each group, and where each weight lands. The sentence below has the error.");
  const add = (tag, name, attributes) => {
    const made = document.createElementNS(SVG, tag);
    made.setAttribute("class", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value.toFixed ? value.toFixed(2) : value);
    svg.append(made);
  };
  for (const grid of found.grids) {
    const [left, right] = [x(grid.start - 0.5), x(grid.end - 0.5)];
    if (grid.start) add("line", "q-wall", { x1: left, x2: left, y1: SIZE.top, y2: SIZE.height - SIZE.bottom });
    if (grid.steps > MOST_LINES) {
      const top = y(grid.first + grid.steps * grid.scale);
      add("rect", "q-band", { x: left, width: right - left, y: top, height: y(grid.first) - top });
      continue;
    }
    for (let step = 0; step <= grid.steps; step++) {
      const at = y(grid.first + step * grid.scale);
      add("line", "q-level", { x1: left + 1, x2: right - 1, y1: at, y2: at });
    }
  }
  // One path for all of a kind: a hundred elements each would be laid out one by one.
  const each = (part) => weights.map((weight, i) => part(x(i), y(weight), y(found.values[i]))).join("");
  add("path", "q-move", { d: each((at, from, to) => `M${at} ${from}V${to}`) });
  add("path", "q-ring", { d: each((at, from) => circle(at, from, 2.6)) });
  add("path", "q-dot", { d: each((at, from, to) => circle(at, to, 1.7)) });
  box.replaceChildren(svg);
}

function show(figure) {
  const weights = figure.dataset.weights.split(" ").map(Number);
  const [bits, group, symmetric] = ["bits", "group", "symmetric"].map((name) =>
    Number(figure.querySelector(`[name=${name}]`).value),
  );
  const found = roundToGrid(weights, bits, group, Boolean(symmetric));
  figure.querySelector("output").textContent = bits;
  draw(figure.querySelector(".q-rounding-box"), weights, found);
  const share = 16 / found.bitsPerWeight;
  figure.querySelector(".q-rounding-said").textContent =
    `${2 ** bits} places a group. The weights move by ${(100 * found.error).toFixed(1)}% of their size. ` +
    `With scales${symmetric ? "" : " and zero points"} a weight takes ${found.bitsPerWeight.toFixed(2)} bits, ` +
    `and bf16 ${share.toFixed(1)} times as many.`;
}

if (typeof document !== "undefined") {
  for (const figure of document.querySelectorAll(".q-rounding:not([data-wired])")) {
    figure.dataset.wired = "yes";
    figure.addEventListener("input", () => show(figure));
    show(figure);
  }
}
