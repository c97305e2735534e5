// What does the guide remember of a reader's way through it? Pages read, answers to quizzes, exercises; each with its date,
// so that what two devices know can become one.

import { isPlain, isPractice, practiceStore } from "./practice-store.js";
import { openStore } from "./store.js";

export { practiceStore };

const isDate = (text) => typeof text === "string" && !Number.isNaN(Date.parse(text));
const isAnswer = (answer) =>
  typeof answer === "string" ||
  (Array.isArray(answer) && answer.length <= 20 && answer.every((one) => ["string", "boolean"].includes(typeof one)));
const isAnswered = (one) =>
  isPlain(one, () => true) &&
  typeof one.digest === "string" &&
  typeof one.right === "boolean" &&
  isAnswer(one.answer) &&
  isDate(one.at);
const isFinished = (one) =>
  one === null || (isPlain(one, () => true) && Number.isInteger(one.right) && Number.isInteger(one.of) && isDate(one.at));
const isLesson = (one) => isPlain(one, () => true) && isPlain(one.answers, isAnswered) && isFinished(one.finished);

export const valid = {
  practice: isPractice,
  quiz: (data) => isPlain(data, isLesson),
  read: (data) => isPlain(data, isDate),
};

const quizzes = openStore("quiz", 1, valid.quiz);
const pages = openStore("read", 1, valid.read);
const stores = { practice: practiceStore, quiz: quizzes, read: pages };

const now = () => new Date().toISOString();

export const quizStore = {
  canKeep: quizzes.canKeep,
  all: () => quizzes.read() ?? {},
  answered: (lesson, id) => quizzes.read()?.[lesson]?.answers[id] ?? null,

  // Keep one answer; with the last of them, the score. Whether it is kept.
  answer(lesson, id, digest, answer, right, of) {
    const data = quizzes.read() ?? {};
    const own = (data[lesson] ??= { answers: {}, finished: null });
    own.answers[id] = { digest, answer, right, at: now() };
    const given = Object.values(own.answers);
    if (given.length >= of) own.finished = { right: given.filter((one) => one.right).length, of, at: now() };
    return quizzes.write(data);
  },

  // Take one answer back; the score stays until there is a new one.
  take(lesson, id) {
    const data = quizzes.read();
    if (!data?.[lesson]) return true;
    delete data[lesson].answers[id];
    return quizzes.write(data);
  },
};

export const readStore = {
  canKeep: pages.canKeep,
  all: () => pages.read() ?? {},
  add(page) {
    const data = pages.read() ?? {};
    return data[page] ? true : pages.write({ ...data, [page]: now() });
  },
};

export const forget = () => Object.values(stores).map((store) => store.forget()).every(Boolean);

// ---- to another device

const FORMAT = "qdocs-progress";

export function exported() {
  const kept = Object.entries(stores).map(([name, store]) => [name, { at: store.written(), data: store.read() }]);
  return { format: FORMAT, version: 1, exported: now(), ...Object.fromEntries(kept) };
}

// What a file says, or why it is none of ours.
export function opened(text) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    throw new Error("it is no JSON");
  }
  if (file?.format !== FORMAT) throw new Error("it was not exported from this guide");
  if (file.version !== 1) throw new Error(`it has version ${JSON.stringify(file.version)}, and this page knows version 1`);
  for (const [name, isValid] of Object.entries(valid)) {
    const part = file[name];
    if (!isPlain(part, () => true)) throw new Error(`its part “${name}” is missing`);
    if (part.data !== null && !isValid(part.data)) throw new Error(`its part “${name}” is not as it was exported`);
  }
  return file;
}

const newer = (a, b) => ((b?.at ?? "") > (a?.at ?? "") ? b : a);

// The newest of each: of a page the first reading, of a question its last answer, of a quiz its last score.
export function joined(mine, other) {
  const lessons = {};
  for (const name of new Set([...Object.keys(mine.quiz ?? {}), ...Object.keys(other.quiz ?? {})])) {
    const [a, b] = [mine.quiz?.[name], other.quiz?.[name]];
    const answers = {};
    for (const id of new Set([...Object.keys(a?.answers ?? {}), ...Object.keys(b?.answers ?? {})])) {
      answers[id] = newer(a?.answers[id], b?.answers[id]);
    }
    lessons[name] = { answers, finished: newer(a?.finished, b?.finished) ?? null };
  }
  const read = { ...other.read };
  for (const [page, at] of Object.entries(mine.read ?? {})) if (!read[page] || at < read[page]) read[page] = at;
  const practice = newer({ at: mine.practiceAt, data: mine.practice }, { at: other.practiceAt, data: other.practice });
  return { quiz: lessons, read, practice };
}

// Whether all of it is kept.
export function take(file) {
  const mine = { quiz: quizzes.read(), read: pages.read(), practice: practiceStore.read(), practiceAt: practiceStore.written() };
  const other = { quiz: file.quiz.data, read: file.read.data, practice: file.practice.data, practiceAt: file.practice.at };
  const made = joined(mine, other);
  const kept = [quizzes.write(made.quiz), pages.write(made.read)];
  if (made.practice?.data) kept.push(practiceStore.write(made.practice.data, made.practice.at ?? undefined));
  return kept.every(Boolean);
}
