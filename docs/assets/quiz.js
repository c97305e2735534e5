// A quiz that checks itself: right or wrong, why, a score; what was answered is kept in this browser.
//
// The page has questions and answers already; without this script the answers open one by one.

import { quizStore } from "./progress-store.js";

const REFUSES = "This browser does not let the page remember your answers.";

// ---- what is chosen, and whether it is right

function chosen(question) {
  const { kind } = question.dataset;
  if (kind === "number") return question.querySelector("input").value.trim();
  if (kind === "order") return [...question.querySelectorAll("select")].map((field) => field.value);
  return [...question.querySelectorAll("input")].map((field) => field.checked);
}

const isBlank = (answer) =>
  typeof answer === "string" ? !answer : !answer.length || answer.every((one) => one === false) || answer.includes("");

export function parsed(text) {
  // A comma groups thousands, unless it can only be a decimal sign.
  const plain = text.replace(/[\s\u00a0\u202f_]/g, "").replace(/%$/, "");
  const dotted = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(",", "") : plain.replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(dotted) ? Number(dotted) : null;
}

export const near = (right, given, tolerance) => Math.abs(given - right) <= tolerance * Math.abs(right) + 1e-9;

function isRight(question, answer) {
  const { kind, answer: right, tolerance } = question.dataset;
  if (kind === "number") return near(Number(right), parsed(answer) ?? NaN, Number(tolerance));
  if (kind === "order") {
    const fields = [...question.querySelectorAll("select")];
    return fields.every((field, at) => Number(answer[at]) === Number(field.dataset.step) + 1);
  }
  const options = [...question.querySelectorAll(".q-answer li")];
  return options.every((option) => (option.dataset.right === "yes") === answer[Number(option.dataset.at)]);
}

function whyWrong(question, answer) {
  if (question.dataset.kind !== "number") return "";
  const given = parsed(answer);
  const slip = JSON.parse(question.dataset.slips).find(({ value }) => near(value, given, Number(question.dataset.tolerance)));
  return slip ? slip.why : "";
}

// ---- the page

function fill(question, answer) {
  const fields = [...question.querySelectorAll("input, select")];
  fields.forEach((field, at) => {
    if (field.matches("select")) field.value = answer?.[at] ?? "";
    else if (field.type === "text") field.value = answer ?? "";
    else field.checked = answer?.[at] === true;
  });
}

function lock(question, locked) {
  for (const field of question.querySelectorAll("input, select")) field.disabled = locked;
  question.querySelector("[data-do=check]").hidden = locked;
}

function mark(question, right, why) {
  question.dataset.result = right ? "right" : "wrong";
  const verdict = question.querySelector(".q-verdict");
  verdict.replaceChildren();
  const strong = document.createElement("strong");
  strong.textContent = right ? "Right." : "Not right.";
  verdict.append(strong);
  if (why) {
    const told = document.createElement("span");
    told.innerHTML = ` ${why}`; // from the quiz's own file, made by `qdocs publish`
    verdict.append(told);
  }
  const answer = question.querySelector(".q-answer");
  answer.hidden = false;
  answer.open = true;
  lock(question, true);
}

function open(question) {
  delete question.dataset.result;
  question.querySelector(".q-verdict").replaceChildren();
  const answer = question.querySelector(".q-answer");
  answer.open = false;
  answer.hidden = true;
  lock(question, false);
}

function wire(form) {
  if (form.dataset.wired) return;
  form.dataset.wired = "yes";
  const questions = [...form.querySelectorAll(".q-question")];
  const said = form.querySelector(".q-quiz-said");
  const end = form.querySelector(".q-quiz-end");
  const { lesson } = form.dataset;
  const say = (text) => (said.textContent = text);
  const tell = (question, text) => say((question.querySelector(".q-verdict").textContent = text));

  // In sight for good, and said once more.
  function forgetting() {
    const refused = form.querySelector(".q-quiz-kept");
    refused.textContent = REFUSES;
    refused.hidden = false;
    return REFUSES;
  }

  const results = () => questions.map((question) => question.dataset.result);

  function finish(focus) {
    const found = results();
    const done = found.every(Boolean);
    end.hidden = !done;
    if (!done) return false;
    const right = found.filter((result) => result === "right").length;
    const score = end.querySelector(".q-quiz-score");
    score.textContent = `You have ${right} of ${questions.length} right.`;
    end.querySelector("[data-do=retry]").hidden = right === questions.length;
    if (focus) score.focus();
    return true;
  }

  function check(question) {
    const answer = chosen(question);
    if (isBlank(answer)) return tell(question, "Choose or write an answer first.");
    if (question.dataset.kind === "number" && parsed(answer) === null) return tell(question, `“${answer}” is no number.`);
    const right = isRight(question, answer);
    mark(question, right, right ? "" : whyWrong(question, answer));
    const kept = quizStore.answer(lesson, question.dataset.id, question.dataset.digest, answer, right, questions.length);
    const number = questions.indexOf(question) + 1;
    say(`Question ${number}: ${right ? "right" : "not right"}.${kept ? "" : ` ${forgetting()}`}`);
    if (finish(true)) return undefined;
    const summary = question.querySelector("summary");
    summary.focus({ preventScroll: true });
    return undefined;
  }

  function again(which) {
    for (const question of questions.filter(which)) {
      quizStore.take(lesson, question.dataset.id);
      fill(question, null);
      open(question);
    }
    end.hidden = true;
    const first = questions.find((question) => !question.dataset.result);
    first?.querySelector("input, select").focus();
    say("The questions are open again.");
  }

  form.addEventListener("click", ({ target }) => {
    const asked = target.closest("[data-do]")?.dataset.do;
    if (asked === "check") check(target.closest(".q-question"));
    else if (asked === "retry") again((question) => question.dataset.result === "wrong");
    else if (asked === "restart") again(() => true);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = document.activeElement?.closest(".q-question");
    if (question && !question.dataset.result) check(question);
  });

  for (const question of questions) {
    question.querySelector(".q-check").hidden = false;
    open(question);
    const kept = quizStore.answered(lesson, question.dataset.id);
    if (!kept) continue;
    if (kept.digest !== question.dataset.digest) {
      question.querySelector(".q-verdict").textContent = "This question has changed since you answered it.";
      continue;
    }
    fill(question, kept.answer);
    mark(question, isRight(question, kept.answer), kept.right ? "" : whyWrong(question, kept.answer));
  }
  finish(false);
  if (!quizStore.canKeep()) say(forgetting());

  // On paper: the questions, then the answers on a page of their own.
  const answers = document.createElement("section");
  answers.className = "q-answers";
  window.addEventListener("beforeprint", () => {
    for (const question of questions) {
      const answer = question.querySelector(".q-answer");
      Object.assign(answer.dataset, { was: answer.open, hid: answer.hidden });
      answer.hidden = false;
      answer.open = true;
      answers.append(answer);
    }
    form.append(answers);
  });
  window.addEventListener("afterprint", () => {
    for (const question of questions) {
      const answer = answers.firstElementChild;
      if (!answer) return;
      answer.open = answer.dataset.was === "true";
      answer.hidden = answer.dataset.hid === "true";
      question.append(answer);
    }
    answers.remove();
  });
}

if (typeof document !== "undefined") document.querySelectorAll(".q-quiz").forEach(wire);
