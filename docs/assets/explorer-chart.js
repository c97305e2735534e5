// How are the cells that were found drawn: a mark a cell, a row for each value of what the reader chose?

const MOST_MARKS = 2000;
const MOST_ROWS = 40;
const LOGARITHMIC = 100; // largest over smallest from which an axis of powers of ten shows more

let look;

async function loadLook(base) {
  const answer = await fetch(new URL(`${base}generated/explorer/look.json`, document.baseURI));
  if (!answer.ok) throw new Error("the chart's colours could not be loaded");
  return answer.json();
}

// Plotly reads a small HTML of its own in labels and hover boxes; a zero-width space keeps `%{` apart.
const plain = (value) =>
  String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("%{", "%\u200b{");
const short = (value, most) => (value.length > most ? `${value.slice(0, most - 1)}…` : value);

// The figure in each palette and width, as charts.js wants it; says in the caption what is drawn.
export async function figure(chart, found, number, by, base) {
  look ??= await loadLook(base);
  const drawn = found.filter((row) => typeof row[number] === "number" && row[by] !== undefined && row[by] !== null);
  const values = [...new Set(drawn.map((row) => row[by]))];
  if (values.every((value) => typeof value === "number")) values.sort((a, b) => a - b);
  const tooMany = drawn.length > MOST_MARKS || values.length > MOST_ROWS;
  const say = chart.querySelector(".q-say");
  const numbers = drawn.map((row) => row[number]);
  const [least, most] = numbers.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  const log = least > 0 && most / least >= LOGARITHMIC;
  if (tooMany) {
    say.textContent = `${drawn.length} cells in ${values.length} rows are too many to tell apart: a chart draws up to ${MOST_MARKS} cells in ${MOST_ROWS} rows. Filter further.`;
  } else {
    say.textContent =
      `${number} of ${drawn.length} cells, a row for each ${by.replaceAll("_", " ")}. ` +
      `Every cell is one mark: circles are eager mode, diamonds compiled, hollow ones yours. ${log ? "The axis is logarithmic." : ""}`;
  }
  const height = tooMany ? 10 : 110 + 30 * Math.max(1, values.length);
  for (const width of ["wide", "narrow"]) chart.querySelector(".q-box").style.setProperty(`--q-${width}`, `${height}px`);
  const of = (palette, letters) => one(look[palette], tooMany ? [] : drawn, values, number, by, { height, letters, log });
  return {
    light: { wide: of("light", 40), narrow: of("light", 18) },
    dark: { wide: of("dark", 40), narrow: of("dark", 18) },
  };
}

function one({ layout, colors, symbols }, drawn, values, number, by, { height, letters, log }) {
  // Categories are told apart by their place, so that two long names that are cut alike stay two.
  const place = new Map(values.map((value, index) => [value, index]));
  const data = [];
  for (const mode of Object.keys(symbols)) {
    for (const hollow of [false, true]) {
      const part = drawn.filter((row) => row.mode === mode && (row.from === "yours") === hollow);
      if (!part.length) continue;
      data.push({
        type: "scatter",
        mode: "markers",
        name: hollow ? `${mode}, yours` : mode,
        x: part.map((row) => row[number]),
        y: part.map((row) => place.get(row[by])),
        hoverinfo: "text",
        hovertext: part.map((row) => hover(row, number, by)),
        marker: {
          color: colors[mode],
          symbol: symbols[mode] + (hollow ? "-open" : ""),
          size: hollow ? 13 : 9,
          line: { width: hollow ? 2 : 0 },
        },
      });
    }
  }
  return {
    data,
    layout: {
      ...layout,
      height,
      showlegend: true,
      margin: { l: 10, r: 16, t: 46, b: 50 },
      xaxis: { title: { text: plain(number) }, type: log ? "log" : "linear", automargin: true },
      yaxis: {
        tickvals: values.map((_, index) => index),
        ticktext: values.map((value) => plain(short(String(value), letters))),
        range: [values.length - 0.4, -0.6],
        automargin: true,
      },
    },
  };
}

function hover(row, number, by) {
  const lines = [`${number} ${row[number]}`, `${row.scheme}, ${row.mode}, repeat ${row.repeat}`, `${row.model} on ${short(row.device, 40)}`];
  if (!["scheme", "mode", "model", "device"].includes(by)) lines.push(`${by.replaceAll("_", " ")} ${row[by]}`);
  return lines.concat(row.run).map(plain).join("<br>");
}
