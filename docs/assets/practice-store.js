// What does the guide remember of the exercises?

import { openStore } from "./store.js";

export const isPlain = (data, of) =>
  data !== null && typeof data === "object" && !Array.isArray(data) && Object.values(data).every(of);
export const isPractice = (data) => isPlain(data, (value) => typeof value === "string" || typeof value === "boolean");
export const practiceStore = openStore("practice", 1, isPractice);
