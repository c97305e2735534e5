// How good is the tutor? The browser's own code over the built site's search index; the numbers go to standard output as JSON.
//
//   node tests/tutor/eval.mjs SITE [--wrong|--features] < questions as JSON

import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";
import path from "node:path";

const site = path.resolve(process.argv[2]);
const from = (name) => import(pathToFileURL(path.join(site, "assets", name)).href);
const [{ default: MiniSearch }, { stemmer }, { ask, features, open }] = await Promise.all(
  ["vendor/minisearch-7.2.0.min.js", "vendor/stemmer-2.0.1.js", "tutor-core.js"].map(from),
);
const json = (name) => JSON.parse(readFileSync(path.join(site, name), "utf8"));
const guide = open(json("search/search_index.json"), json("generated/tutor.json"), { MiniSearch, stemmer });
const { others, fresh, ...own } = JSON.parse(readFileSync(0, "utf8"));

const digest = (text) => createHash("sha256").update(text).digest().readUInt32BE(0);
// One in five of our own questions, one in two of others'.
const PARTS = { ours: [own, 5], others: [others, 2] };
const part = ([questions, one_in], held) => ({
  answerable: questions.answerable.filter(([, text]) => (digest(text) % one_in === 0) === held),
  unanswerable: questions.unanswerable.filter((text) => (digest(text) % one_in === 0) === held),
});
const joined = (a, b) => ({ answerable: [...a.answerable, ...b.answerable], unanswerable: [...a.unanswerable, ...b.unanswerable] });
const tuned = joined(part(PARTS.ours, false), part(PARTS.others, false));
const of = (id, expected) => expected.some((one) => id === one || (!one.includes("#") && id.startsWith(one)));
const wrong = [];

function tally(questions) {
  const sums = { questions: 0, hit_1: 0, hit_3: 0, refused_wrongly: 0 };
  for (const [, text, expected] of questions) {
    const found = ask(guide, text);
    sums.questions += 1;
    const first = found.sentences[0]?.id ?? found.nearest[0]?.id;
    sums.hit_1 += first !== undefined && of(first, expected);
    const ranked = [...new Set([first, ...found.nearest.map(({ id }) => id)])].filter(Boolean).slice(0, 3);
    sums.hit_3 += ranked.some((id) => of(id, expected));
    sums.refused_wrongly += found.state !== "answered";
    if (found.state !== "answered" || !of(first, expected)) {
      wrong.push({ text, state: found.state, first, said: found.sentences[0]?.text, expected });
    }
  }
  return sums;
}

function refusals(questions) {
  const sums = { questions: 0, refused: 0 };
  for (const text of questions) {
    const found = ask(guide, text);
    sums.questions += 1;
    sums.refused += found.state !== "answered";
    if (found.state === "answered") {
      wrong.push({ text, state: "answered", first: found.sentences[0].id, said: found.sentences[0].text });
    }
  }
  return sums;
}

// What the weights are fitted to: of each question, the numbers of each section that was looked at, and whether it answers;
// none does where the guide does not.
const fitted = ([, text, expected]) => {
  const { unknown, long, ranked } = features(guide, text);
  return { unknown, long, sections: ranked.map(({ section, numbers }) => ({ numbers, answers: of(section.id, expected) })) };
};

const tallied = ({ answerable, unanswerable }) => ({ answerable: tally(answerable), unanswerable: refusals(unanswerable) });
const figures = () => ({
  tuned_on: tallied(tuned),
  held_out: tallied(part(PARTS.ours, true)),
  others: tallied(part(PARTS.others, true)),
  fresh: tallied(fresh),
  sections: guide.sections.length,
});
const wrongly = () => (tallied(tuned), wrong);
const features_of = () => [...tuned.answerable, ...tuned.unanswerable.map((text) => ["", text, []])].map(fitted);
const asked = { "--wrong": wrongly, "--features": features_of }[process.argv[3]] ?? figures;
process.stdout.write(JSON.stringify(asked(), null, 1) + "\n");
