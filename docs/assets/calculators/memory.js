// Where do the bytes go, and what fits? The same as qdocs/footprint.py; a test compares.

import { grouped, megabytes, percent } from "../words.js";

const BF16 = 2;
const INT8_ROW = 5; // scale and zero point of a row
const INT4_GROUP = 4; // scale and zero point of a group
const TILE = 1024; // rows are padded to a multiple of it for CUDA

function footprint(d, bits, group, padded, batch, context) {
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

export function results(v) {
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
