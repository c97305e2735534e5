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
const MARGIN = { left: 16, right: 6, top: 10, bottom: 10 };
// More lines than this run together; then the band that they fill is drawn.
const MOST_LINES = 40;

const circle = (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;

// In pixels of the page, so that rings are as large on a phone, where the weights stand in two rows.
function draw(box, weights, found) {
  const { clientWidth: width, clientHeight: height } = box;
  const rows = Number(getComputedStyle(box).getPropertyValue("--q-rows"));
  const perRow = Math.ceil(weights.length / rows);
  const largest = Math.max(...weights.map(Math.abs)) * 1.06;
  const across = width - MARGIN.left - MARGIN.right;
  const down = height / rows - MARGIN.top - MARGIN.bottom;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "Weights, the grid of each group, and where each weight lands. The sentence below has the error.");
  const add = (tag, name, attributes, text = "") => {
    const made = document.createElementNS(SVG, tag);
    made.setAttribute("class", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value.toFixed ? value.toFixed(2) : value);
    made.textContent = text;
    svg.append(made);
  };
  for (let row = 0; row < rows; row++) {
    const [from, to] = [row * perRow, Math.min((row + 1) * perRow, weights.length)];
    const x = (i) => MARGIN.left + ((i - from) / perRow) * across;
    const y = (value) => (row / rows) * height + MARGIN.top + ((largest - value) / (2 * largest)) * down;
    for (const grid of found.grids.filter((one) => one.start < to && one.end > from)) {
      const [left, right] = [x(Math.max(grid.start, from)), x(Math.min(grid.end, to))];
      if (grid.start > from) add("line", "q-wall", { x1: left, x2: left, y1: y(largest), y2: y(-largest) });
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
    add("line", "q-zero", { x1: x(from), x2: x(from + perRow), y1: y(0), y2: y(0) });
    add("text", "q-zero-name", { x: 2, y: y(0) + 4 }, "0");
    // One path for all of a kind: a hundred elements each would be laid out one by one.
    const each = (part) => {
      const drawn = weights.slice(from, to);
      return drawn.map((weight, i) => part(x(from + i + 0.5), y(weight), y(found.values[from + i]))).join("");
    };
    add("path", "q-move", { d: each((at, start, end) => `M${at} ${start}V${end}`) });
    add("path", "q-ring", { d: each((at, start) => circle(at, start, 2.6)) });
    add("path", "q-dot", { d: each((at, start, end) => circle(at, end, 1.7)) });
  }
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
    `${2 ** bits} places a group. Together the weights move by ${(100 * found.error).toFixed(1)}% of their length ` +
    `(root of the sum of squares). With scales${symmetric ? "" : " and zero points"} a weight takes ` +
    `${found.bitsPerWeight.toFixed(2)} bits; in bf16 it takes ${share.toFixed(1)} times as many.`;
}

if (typeof document !== "undefined") {
  for (const figure of document.querySelectorAll(".q-rounding:not([data-wired])")) {
    figure.dataset.wired = "yes";
    figure.addEventListener("input", () => show(figure));
    new ResizeObserver(() => show(figure)).observe(figure.querySelector(".q-rounding-box"));
  }
}
