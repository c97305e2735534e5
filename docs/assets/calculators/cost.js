// What does a million new tokens cost? The same as qdocs/cost.py; a test compares.

import { number, ratio } from "../words.js";

export function results(v) {
  let first;
  return ["bf16", "int8wo", "int4wo"].map((scheme) => {
    const price = ((v.price / (v[scheme] * 3600)) * 1e6) / (v.utilization / 100);
    first ??= price;
    return [scheme, `${number(v[scheme])} tokens/s`, number(price), ratio(price / first)];
  });
}
