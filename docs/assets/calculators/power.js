// How often does the exact McNemar test see a drop? The same as qdocs/paired.py; a test compares.

import { grouped } from "../words.js";

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

function mcnemarPower(items, flipRate, drop, level) {
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

function detectableDrop(items, flipRate, level) {
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

export function results(v) {
  const [flips, drop, level] = [v.flips / 100, v.drop / 100, LEVEL / v.comparisons];
  return ITEMS.map((items) => {
    const seen = mcnemarPower(items, Math.max(flips, drop), drop, level);
    const least = detectableDrop(items, flips, level);
    const told = least === null ? "none" : `${(100 * least).toFixed(1)} points${ifMore(least, flips)}`;
    return [grouped(items, 0), `${(100 * seen).toFixed(0)}% of cases${ifMore(drop, flips)}`, told];
  });
}
