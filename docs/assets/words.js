// Numbers in words, as qdocs/publish/words.py writes them.

export const grouped = (value, decimals) =>
  value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

export function number(value, digits = 3) {
  if (value === 0) return "0";
  return grouped(value, Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value)))));
}

function ratioDigits(value) {
  const shown = [2, 3, 4].map((decimals) => value.toFixed(decimals));
  return shown.find((digits) => Number(digits) !== 1) ?? shown[0];
}

export const ratio = (value) => `${value < 10 ? ratioDigits(value) : number(value)}×`;

export function megabytes(bytes) {
  if (bytes === 0) return "0 MB";
  if (bytes < 50_000) return `${number(bytes / 1e6, 1)} MB`;
  return bytes >= 1e9 ? `${grouped(bytes / 1e9, 2)} GB` : `${grouped(bytes / 1e6, 1)} MB`;
}

export function percent(share) {
  if (share === 0 || share === 1) return `${100 * share}%`;
  const decimals = share < 0.99 ? 1 : 2;
  const shown = (100 * share).toFixed(decimals);
  return shown.startsWith("100") ? `more than ${(100 - 10 ** -decimals).toFixed(decimals)}%` : `${shown}%`;
}
