// Which sentences of the guide answer a question, or does none? No page is needed for it: the same code is evaluated in Node.
//
// Sections are those of the site's search index. BM25 over title, page, text and the questions that each is known to answer,
// with stems, synonyms and tolerance for typing errors, finds the likely ones. Its score in each of these, how much of what was
// asked a section holds, as a whole, in its heading and in its best sentence, and how like it is to a question that the section
// is known to answer, decide which comes first and whether an answer is given at all: words that the guide never uses count
// against it. An answer is made of whole sentences of the best section.

const STOP = new Set(
  ("a about all also am an and any are as at be because been being both but by can cant could did do does doing dont down " +
    "for from get gets give given go goes got had has have having here how i if im in into is it its just let like long " +
    "many may me more most much my need needed no not now of off on one only or other our out over own please really say " +
    "says should so some such take tell than that the their them then there these they thing things this those to too up " +
    "us use used using very want was way we were what whats when where whether which while who why will with work works " +
    "would yes you your itself themselves definition formula wheres whats anybody somebody explain mean means meant happen happens actually exactly know make makes made good best").split(" "),
);
const FIELDS = ["title", "page", "text", "asked"];
const TERMS = "terms/";
const CASES = /^case-studies\/./; // stories by others, which are no part of what the guide says
const DEFINES = /^\s*(what(’s|'s| is| are| does)|define|meaning of)\b/i;
const NO_SENTENCE = /^(?:When|Whether|Where|If|Because|Another)\b[^,:;?]*\.$/;
const MOST_ASKED = 400; // characters that are looked at
const LONG = 25; // words of a question, of which fewer and fewer can be expected in one section
const MOST_PLACES = 4; // what stands word for word in more sections, such as a caveat, is no answer
const MOST_SENTENCES = 3;
const MOST_SECTIONS = 60; // that are looked at closely
const FIRST = 0.08; // what a section's first sentence gains, and one that only leads to a list loses
const COLON = 0.3;

export const words = (text) =>
  text
    .toLowerCase()
    .replace(/[’']/g, "")
    .match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [];

// The words that carry a question.
const carries = (word) => !STOP.has(word);
const carrying = (text) => words(text).filter(carries);

// A name such as `int4wo-g32` is itself and its parts.
const joined = (word) => word.replaceAll("-", "");
const parts = (word) => (word.includes("-") ? [joined(word), ...word.split("-")] : [word]);

// ---- the guide as sections of sentences

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'", "&nbsp;": " " };
const plain = (html) =>
  html
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:lt|gt|amp|quot|#39|nbsp);/g, (entity) => ENTITIES[entity])
    .replace(/\s+/g, " ")
    .trim();

// Left out: code of several lines, what only says for what a value holds, and parts of lists that are no sentence.
export function sentences(html) {
  const blocks = html.split(/<\/?(?:p|li|ul|ol|dd|dt|dl|div|table|tr|td|th|h\d|pre|blockquote)\b[^>]*>/);
  return blocks
    .filter((block) => !/<code>[^<]*\n/.test(block) && !/^\s*<em>(?:(?!<\/em>)[^])*<\/em>\s*$/.test(block))
    .flatMap((block) => plain(block).split(/(?<=[.!?][)"”*]?) (?=[\p{Lu}"“(`0-9])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[.!?:][)"”]?$/.test(sentence) && words(sentence).length > 3 && sentence.length < 600 && !NO_SENTENCE.test(sentence));
}

// In how many groups each thing is.
function counted(groups) {
  const many = new Map();
  for (const group of groups) for (const one of new Set(group)) many.set(one, (many.get(one) ?? 0) + 1);
  return many;
}

// Sections with what is held in each, and the questions that each is known to answer; the page of key terms is taken term by term.
// `weights` say how much each of the `features` speaks for a section, and of the best one for giving an answer at all.
export function open(index, { synonyms, terms, asked, weights }, { MiniSearch, stemmer }) {
  // Words that readers use alike are one term.
  const alike = new Map();
  for (const group of synonyms) {
    const [first, ...others] = group.flatMap(words).map((word) => stemmer(joined(word)));
    for (const other of others) alike.set(other, first);
  }
  const seen = new Map();
  const stem = (word) => {
    if (!seen.has(word)) {
      const plainly = stemmer(word);
      seen.set(word, alike.get(plainly) ?? plainly);
    }
    return seen.get(word);
  };
  const stems = (text) => new Set(words(text).flatMap(parts).map(stem));
  const pages = new Map(index.docs.filter((doc) => !doc.location.includes("#")).map((doc) => [doc.location, doc.title]));
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const docs = index.docs
    .filter((doc) => doc.location !== TERMS && !CASES.test(doc.location))
    .concat(terms.map(({ name, plain: text, anchor }) => ({ location: `${TERMS}#${anchor}`, title: name, text: `<p>${escaped(text)}</p>` })));
  const said = docs.map((doc) => sentences(doc.text));
  const places = counted(said);
  const sections = docs.map((doc, nth) => {
    const [page] = doc.location.split("#");
    const title = plain(doc.title).replace(/^\d+\. /, "");
    const questions = asked[doc.location] ?? [];
    const made = { id: doc.location, title, page: plain(pages.get(page) ?? ""), text: plain(doc.text), asked: questions.join(" ") };
    const held = stems(`${title} ${made.page} ${made.text}`);
    const named = new Set(carrying(title).flatMap(parts).map(stem));
    const own = said[nth].filter((text) => places.get(text) <= MOST_PLACES).map((text, at) => ({ text, at, stems: stems(text) }));
    const answers = questions.map((text) => ({ stems: stems(text), carrying: new Set(carrying(text).map(joined).map(stem)) }));
    return { ...made, held, named, others: stems(made.asked), heading: stems(`${title} ${made.page}`), said: own, answers };
  });
  const search = new MiniSearch({
    fields: FIELDS,
    tokenize: (text) => words(text).flatMap(parts),
    processTerm: stem,
  });
  search.addAll(sections);
  const many = counted(sections.map(({ held, others }) => [...held, ...others]));
  const vocabulary = new Map([...seen].filter(([, term]) => many.has(term)));
  const guide = { search, sections, byId: new Map(sections.map((section) => [section.id, section])), many, vocabulary, stem, weights };
  for (const { answers } of sections) for (const one of answers) one.weight = sum([...one.carrying].map((term) => rarity(guide, term)));
  return guide;
}

// ---- one question

const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
const rarity = (guide, term) => Math.log(1 + guide.sections.length / (1 + (guide.many.get(term) ?? 0)));

// Within one slip of the finger: a letter more, less, another, or two that changed places.
export function close(a, b) {
  if (a === b) return true;
  if (Math.min(a.length, b.length) < 4 || Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (a[at] === b[at]) at += 1;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}

// What is asked, by term: all that may stand for it, which of that the guide holds, and how much the term weighs, by its
// rarity.
function asked(guide, typed) {
  const made = new Map();
  for (const word of typed.filter(carries)) {
    const term = guide.stem(joined(word));
    if (made.has(term)) continue;
    const stands = new Set([term]);
    if (!guide.many.has(term)) {
      if (word !== joined(word)) for (const part of word.split("-")) stands.add(guide.stem(part));
      for (const [name, itsTerm] of guide.vocabulary) if (close(name, joined(word))) stands.add(itsTerm);
    }
    const known = [...stands].filter((name) => guide.many.has(name));
    const weight = Math.min(...(known.length ? known : [term]).map((name) => rarity(guide, name)));
    made.set(term, { stands, known, weight });
  }
  return made;
}

const weightOf = (terms) => sum([...terms.values()].map(({ weight }) => weight));

// What of the weight of what is asked stems hold, as a set, a map or anything else that says whether it has one.
const shared = (terms, held) => sum([...terms.values()].map(({ known, weight }) => (known.some((name) => held.has(name)) ? weight : 0)));
const share = (terms, held) => (terms.size ? shared(terms, held) / weightOf(terms) : 0);

// How like what is asked is to a question that a section answers: what both hold over what each holds (Dice's coefficient, by weight).
const like = (terms, { stems, weight }) => Math.min(1, (2 * shared(terms, stems)) / (weightOf(terms) + weight));

// Scores of sections by what one field of theirs holds, the best one's 1. Everyday words count here, by their rarity: they tell a
// question from its neighbours.
function scored(guide, terms, field) {
  const options = { fields: [field], processTerm: (term) => term, tokenize: (text) => text.split(" ") };
  const found = guide.search.search(terms.join(" "), options);
  return new Map(found.map(({ id, score }) => [id, score / found[0].score]));
}

// How much speaks for a section, each number from 0 to 1, and its sentences with what each holds of what is asked.
export function features(guide, question, here = "") {
  const typed = words(question.slice(0, MOST_ASKED));
  const terms = asked(guide, typed);
  const unknown = 1 - share(terms, guide.many);
  const asking = new Set([...terms.values()].flatMap(({ stands }) => [...stands]));
  const wanted = [...new Set([...asking, ...typed.flatMap(parts).map(guide.stem)])];
  // Where the guide has nothing of what is asked, everyday words alone lead nowhere.
  const scores = unknown < 1 ? FIELDS.map((field) => scored(guide, wanted, field)) : [];
  const total = (id) => sum(scores.map((by) => by.get(id) ?? 0));
  const found = [...new Set(scores.flatMap((by) => [...by.keys()]))].sort((a, b) => total(b) - total(a));
  const define = DEFINES.test(question);
  const known = [...terms.values()].map((term) => term.known);
  const neighbours = known.slice(1).map((next, at) => [known[at], next]).filter(([a, b]) => a.length && b.length);
  const holds = (stems, names) => names.some((name) => stems.has(name));
  const ranked = found.slice(0, MOST_SECTIONS).map((id) => {
    const section = guide.byId.get(id);
    const sentences = section.said.map(({ text, at, stems }) => {
      // What the heading says already, a sentence below it need not say again.
      const place = share(terms, { has: (name) => stems.has(name) || section.heading.has(name) });
      const lead = (at === 0 ? FIRST : 0) - (text.endsWith(":") ? COLON : 0);
      const said = share(terms, stems);
      return { text, at, said, place, worth: said + place + lead };
    });
    const best = sentences.reduce((a, b) => (b.worth > a.worth ? b : a), { place: 0, worth: -1 });
    const together = neighbours.filter(([a, b]) => section.said.some(({ stems }) => holds(stems, a) && holds(stems, b)));
    const isTerm = id.startsWith(`${TERMS}#`);
    const exact = section.named.size ? [...section.named].filter((name) => asking.has(name)).length / section.named.size : 0;
    const numbers = {
      ...Object.fromEntries(FIELDS.map((field, at) => [`in_${field}`, scores[at].get(id) ?? 0])),
      whole: share(terms, section.held),
      like: Math.max(0, ...section.answers.map((one) => like(terms, one))),
      asked: share(terms, { has: (name) => section.held.has(name) || section.others.has(name) }),
      heading: share(terms, section.heading),
      place: best.place,
      pairs: neighbours.length ? together.length / neighbours.length : 0,
      exact,
      term: Number(isTerm),
      meant: Number(isTerm && define && exact === 1),
      here: Number(here !== "" && id.split("#")[0] === here),
    };
    return { section, sentences, numbers };
  });
  return { terms, unknown, long: Math.min(1, typed.length / LONG), ranked };
}

const weigh = (weights, numbers) => Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * numbers[name], 0);

export function ask(guide, question, here = "") {
  const { terms, unknown, long, ranked } = features(guide, question, here);
  if (!terms.size) return { state: "empty", sentences: [], nearest: [] };
  const ordered = ranked.map((one) => ({ ...one, rank: weigh(guide.weights.rank, one.numbers) })).sort((a, b) => b.rank - a.rank);
  const nearest = ordered.slice(0, 3).map(({ section: { id, title, page } }) => ({ id, title, page }));
  const [top] = ordered;
  if (!top?.sentences.length || weigh(guide.weights.give, { ...top.numbers, bias: 1, unknown, long }) < 0) return { state: "none", sentences: [], nearest };
  const [first, ...others] = [...top.sentences].sort((a, b) => b.worth - a.worth);
  const given = others.filter((other) => other.said >= 0.6 * first.said && other.worth > 0.85 * first.worth).slice(0, MOST_SENTENCES - 1);
  const { id, title, page } = top.section;
  const told = [first, ...given].sort((a, b) => a.at - b.at);
  return { state: "answered", sentences: told.map(({ text }) => ({ text, id, title, page })), nearest };
}
