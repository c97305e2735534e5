// The row that each cell of a record comes to. The same is in qdocs/publish/flat.py; a test compares them.

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

export function rows(record) {
  return record.cells.map((cell, index) => {
    const { outcome } = cell;
    const row = Object.create(null); // a record may have a key like `__proto__`
    row.run = record.name;
    row.cell = index;
    row.kind = cell.kind;
    row.device = record.environment.device.name;
    for (const name of ["model", "scheme", "backend", "mode"]) row[name] = cell[name];
    for (const [name, value] of Object.entries(cell.workload ?? {})) if (!name.endsWith("_sha256")) row[name] = value;
    row.repeat = cell.repeat;
    row.state = outcome.state;
    row.reason = outcome.reason || outcome.error || "";
    const scheme = Object.hasOwn(record.schemes, cell.scheme) ? record.schemes[cell.scheme] : {};
    row.coverage = scheme.coverage ?? null;
    row.duration_s = cell.duration_s;
    addNumbers(outcome.result ?? {}, "", row);
    return row;
  });
}

function addNumbers(node, way, row) {
  for (const [key, value] of Object.entries(node)) {
    const name = way + key;
    if (isObject(value)) addNumbers(value, `${name}.`, row);
    else if ((typeof value === "number" || typeof value === "boolean") && !(name in row)) row[name] = value;
  }
}

// ---- from a published file: names of columns once, then the values of each row

export function unpacked({ columns, rows: packed }) {
  return packed.map((values) => {
    const row = Object.create(null);
    columns.forEach((name, index) => (row[name] = values[index]));
    return row;
  });
}

// ---- CSV, at full precision; text that a spreadsheet would run as a formula gets an apostrophe

function field(value) {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const safe = /^\s*[=+\-@]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csv(shown, columns) {
  const lines = [columns, ...shown.map((row) => columns.map((name) => row[name]))];
  return lines.map((line) => line.map(field).join(",") + "\r\n").join("");
}
