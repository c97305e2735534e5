// A reader's own run.json: is it a record, and if not, what is wrong and where? Read here and sent nowhere.

const LARGEST = 8 * 2 ** 20; // bytes; thousands of cells, checked in seconds
const TOLD = 5; // problems that are told; the rest are counted
// What the validator says of a part because of something within it.
const WITHIN = new Set(["$ref", "additionalProperties", "allOf", "anyOf", "if", "items", "properties"]);

export async function read(file, base, versions) {
  if (file.size > LARGEST) {
    const size = (file.size / 2 ** 20).toFixed(0);
    throw new Error(`too large: ${size} MiB, and this page reads up to ${LARGEST / 2 ** 20} MiB.`);
  }
  const record = parsed(await text(file));
  const version = record?.schema_version;
  if (!Number.isInteger(version) || version < 1) {
    throw new Error("no record: a record is an object with a whole number as its schema_version.");
  }
  if (version > versions) {
    throw new Error(`schema_version ${version} is unknown here: this page knows 1 to ${versions}.`);
  }
  const found = await problems(record, base, version);
  if (found.length) {
    const rest = found.length > TOLD ? [`and ${found.length - TOLD} more`] : [];
    throw new Error(`no valid record of version ${version}: ${[...found.slice(0, TOLD), ...rest].join("; ")}.`);
  }
  return record;
}

async function text(file) {
  try {
    return await file.text();
  } catch {
    throw new Error("it could not be read; is it a folder? A run's folder holds run.json.");
  }
}

function parsed(content) {
  try {
    return JSON.parse(content);
  } catch (problem) {
    throw new Error(`not JSON: ${problem.message}.`);
  }
}

async function problems(record, base, version) {
  const [{ Validator }, answer] = await Promise.all([
    import("./vendor/json-schema-4.1.6.min.js"),
    fetch(new URL(`${base}data/schema/run-${version}.json`, document.baseURI)),
  ]);
  if (!answer.ok) throw new Error("the schema to check it by could not be loaded.");
  const { errors } = new Validator(decided(await answer.json()), "2020-12", false).validate(record);
  const told = new Map(); // the first at each place
  for (const { keyword, instanceLocation, error } of errors) {
    if (WITHIN.has(keyword)) continue;
    const place = named(instanceLocation);
    const said = keyword === "false" ? "no key of a record" : error.replace(/^Instance /, "").replace(/\.$/, "");
    if (!told.has(place)) told.set(place, `${place}: ${said}`);
  }
  return [...told.values()];
}

// A JSON pointer in the form that `qdocs validate` uses: `cells.3.outcome.state`.
function named(pointer) {
  const keys = decodeURI(pointer).split("/").slice(1);
  return keys.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~")).join(".") || "the whole";
}

// A union decided by one key, said so that only the branch which that key names is checked, and only its errors are told.
function decided(schema) {
  if (Array.isArray(schema)) return schema.map(decided);
  if (typeof schema !== "object" || schema === null) return schema;
  const { discriminator, oneOf, ...rest } = Object.fromEntries(
    Object.entries(schema).map(([key, part]) => [key, decided(part)]),
  );
  if (!discriminator?.mapping) return oneOf ? { ...rest, oneOf } : rest;
  const { propertyName, mapping } = discriminator;
  return {
    ...rest,
    type: "object",
    required: [propertyName],
    properties: { [propertyName]: { enum: Object.keys(mapping) } },
    allOf: Object.entries(mapping).map(([name, $ref]) => ({
      if: { properties: { [propertyName]: { const: name } }, required: [propertyName] },
      then: { $ref },
    })),
  };
}
