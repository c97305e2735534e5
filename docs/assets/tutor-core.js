// Which sentences of the guide answer a question, or does none? No page is needed for it: the same code is evaluated in Node.
//
// Sections are those of the site's search index. They are ranked by BM25 over title, page and text, with stems, synonyms
// and tolerance for typing errors. An answer is made of whole sentences of the best sections. How much of what was asked a
// sentence holds decides whether it is given at all: words that the guide never uses count in full against it.

const STOP = new Set(
  ("a about all also am an and any are as at be because been being both but by can cant could did do does doing dont down " +
    "for from get gets give given go goes got had has have having here how i if im in into is it its just let like long " +
    "many may me more most much my need needed no not now of off on one only or other our out over own please really say " +
    "says should so some such take tell than that the their them then there these they thing things this those to too up " +
    "us use used using very want was way we were what whats when where whether which while who why will with work works " +
    "would yes you your itself themselves definition formula wheres whats anybody somebody explain mean means meant happen happens actually exactly know make makes made good best").split(" "),
);
const FIELDS = ["title", "page", "text"];
const BOOST = { title: 3, page: 1.5, text: 1 };
const HERE = 1.25; // how much the page at hand is preferred
const TERMS = "terms/";
const DEFINES = /^\s*(what(’s|'s| is| are| does)|define|meaning of)\b/i;
// Tuned on four fifths of the questions of `make tutor-eval`: the least share of what was asked that a sentence
// must hold with its heading; and what counts how much.
export const LEAST = { sentence: 0.38 };
export const WEIGH = { score: 0.6, whole: 1.9, heading: 1.3, term: 0.45, near: 0.14, rank: 1.6, place: 0.95, first: 0.08 };
const MOST_ASKED = 400; // characters that are looked at
const MOST_SENTENCES = 3;

export const words = (text) =>
  text
    .toLowerCase()
    .replace(/[’']/g, "")
    .match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [];

// A name such as `int4wo-g32` is itself and its parts.
const parts = (word) => (word.includes("-") ? [word.replaceAll("-", ""), ...word.split("-")] : [word]);

// ---- the guide as sections of sentences

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'", "&nbsp;": " " };
const plain = (html) =>
  html
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:lt|gt|amp|quot|#39|nbsp);/g, (entity) => ENTITIES[entity])
    .replace(/\s+/g, " ")
    .trim();

export function sentences(html) {
  const blocks = html.split(/<\/?(?:p|li|ul|ol|dd|dt|dl|div|table|tr|td|th|h\d|pre|blockquote)\b[^>]*>/);
  return blocks
    .filter((block) => !/<code>[^<]*\n/.test(block))
    .flatMap((block) => plain(block).split(/(?<=[.!?][)"”*]?) (?=[\p{Lu}"“(`0-9])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[.!?:][)"”]?$/.test(sentence) && words(sentence).length > 3 && sentence.length < 600);
}

// Sections with what is held in each; the page of key terms is taken term by term.
export function open(index, { synonyms, terms }, { MiniSearch, stemmer }) {
  const stem = (word) => stemmer(word);
  const stems = (text) => new Set(words(text).flatMap(parts).map(stem));
  const alike = new Map();
  for (const group of synonyms) {
    const all = group.flatMap((name) => [...stems(name)]);
    for (const name of all) alike.set(name, new Set([...(alike.get(name) ?? []), ...all]));
  }
  const pages = new Map(index.docs.filter((doc) => !doc.location.includes("#")).map((doc) => [doc.location, doc.title]));
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const docs = index.docs
    .filter((doc) => doc.location !== TERMS)
    .concat(terms.map(({ name, plain: text, anchor }) => ({ location: `${TERMS}#${anchor}`, title: name, text: `<p>${escaped(text)}</p>` })));
  const sections = docs.map((doc) => {
    const [page] = doc.location.split("#");
    const title = plain(doc.title).replace(/^\d+\. /, "");
    const made = { id: doc.location, title, page: plain(pages.get(page) ?? ""), text: plain(doc.text), html: doc.text };
    const held = stems(`${title} ${made.page} ${made.text}`);
    const named = new Set(words(title).filter((word) => !STOP.has(word)).flatMap(parts).map(stem));
    return { ...made, held, named, heading: stems(`${title} ${made.page}`) };
  });
  const search = new MiniSearch({
    fields: FIELDS,
    tokenize: (text) => words(text).flatMap(parts),
    processTerm: stem,
  });
  search.addAll(sections);
  const many = new Map();
  for (const { held } of sections) for (const term of held) many.set(term, (many.get(term) ?? 0) + 1);
  return { search, sections, byId: new Map(sections.map((section) => [section.id, section])), many, alike, stem, stems };
}

// ---- one question

const rarity = (guide, term) => Math.log(1 + guide.sections.length / (1 + (guide.many.get(term) ?? 0)));

// Within one slip of the finger: a letter more, less, another, or two that changed places.
export function close(a, b) {
  if (a === b) return true;
  if (Math.min(a.length, b.length) < 5 || Math.abs(a.length - b.length) > 1) return false;
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
function asked(guide, question) {
  const own = words(question.slice(0, MOST_ASKED)).filter((word) => !STOP.has(word));
  const made = new Map();
  for (const word of own.flatMap((name) => (name.includes("-") ? [name.replaceAll("-", "")] : [name]))) {
    const term = guide.stem(word);
    if (made.has(term)) continue;
    const stands = new Set([term, ...(guide.alike.get(term) ?? [])]);
    if (!guide.many.has(term) && !guide.alike.has(term)) {
      for (const known of [...guide.many.keys(), ...guide.alike.keys()]) {
        if (close(known, term)) for (const name of [known, ...(guide.alike.get(known) ?? [])]) stands.add(name);
      }
    }
    const known = [...stands].filter((name) => guide.many.has(name));
    const weight = Math.min(...(known.length ? known : [term]).map((name) => rarity(guide, name)));
    made.set(term, { stands, known, weight });
  }
  return made;
}

// The share of what is asked that a set of stems holds.
function share(terms, held) {
  let [all, found] = [0, 0];
  for (const { known, weight } of terms.values()) {
    all += weight;
    if (known.some((name) => held.has(name))) found += weight;
  }
  return all ? found / all : 0;
}

export function ask(guide, question, here = "", { least = LEAST, weigh = WEIGH } = {}) {
  const terms = asked(guide, question);
  if (!terms.size) return { state: "empty", sentences: [], nearest: [] };
  const asking = new Set([...terms.values()].flatMap(({ stands }) => [...stands]));
  const found = guide.search.search([...asking].join(" "), {
    processTerm: (term) => term,
    tokenize: (text) => text.split(" "),
    boost: BOOST,
    combineWith: "OR",
    boostDocument: (id) => (here && id.split("#")[0] === here ? HERE : 1),
  });
  const best = found[0]?.score ?? 1;
  const define = DEFINES.test(question);
  const ranked = found.slice(0, 25).map(({ id, score }) => {
    const section = guide.byId.get(id);
    const whole = share(terms, section.held);
    const isTerm = id.startsWith(`${TERMS}#`);
    const isMeant = isTerm && define && section.named.size > 0 && [...section.named].every((name) => asking.has(name));
    const rank =
      weigh.score * (score / best) + weigh.whole * whole + weigh.heading * share(terms, section.heading) +
      (isTerm ? (isMeant ? weigh.term : -weigh.term) : 0);
    return { section, rank };
  });
  ranked.sort((a, b) => b.rank - a.rank);
  const nearest = ranked.slice(0, 3).map(({ section: { id, title, page } }) => ({ id, title, page }));
  const [top] = ranked;
  const candidates = ranked
    .filter((one) => top.rank - one.rank < weigh.near)
    .slice(0, 3)
    .flatMap((one) =>
      sentences(one.section.html).map((text, at) => {
        const own = guide.stems(text);
        const said = share(terms, own);
        // What the heading says already, a sentence below it need not say again.
        const inPlace = share(terms, new Set([...own, ...one.section.heading]));
        const first = at === 0 ? weigh.first : 0;
        return { text, at, one, said, inPlace, score: weigh.rank * one.rank + said + weigh.place * inPlace + first - (text.endsWith(":") ? 0.3 : 0) };
      }),
    );
  candidates.sort((a, b) => b.score - a.score);
  const [first] = candidates;
  const enough = (one) => one.inPlace >= least.sentence;
  if (!first || !enough(first)) return { state: "none", sentences: [], nearest };
  const given = candidates
    .slice(1)
    .filter((other) => other.one === first.one && enough(other) && other.said >= 0.6 * first.said && other.score > 0.85 * first.score)
    .slice(0, MOST_SENTENCES - 1);
  const told = [first, ...given].sort((a, b) => a.at - b.at);
  const { id, title, page } = first.one.section;
  return { state: "answered", sentences: told.map(({ text }) => ({ text, id, title, page })), nearest };
}
