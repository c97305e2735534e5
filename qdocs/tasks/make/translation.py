"""How are the items of the translation task made?

Each template asks for words of one language, into English (whose words are one token) or, one time in three, from it.
The level of an item is the band of its word: a learner's first words, everyday words, later words. Wrong choices are other
words of the same language and part of speech, alike in length, drawn from words that are themselves asked elsewhere.
"""

from __future__ import annotations

import random

from qdocs.tasks.make.common import Item
from qdocs.tasks.make.translation_data import ADJECTIVES, LANGUAGES, NOUNS, VERBS

SEED = 20240613
CHOICES = 4
NEAR = 4  # words nearest in length, of which the wrong choices are drawn
SHARES = ((NOUNS, 6), (VERBS, 3), (ADJECTIVES, 3))  # items a part of speech, in each level of each template

SOLVED = {  # month and five, which no table holds
    "French": ("mois", "cinq"),
    "Spanish": ("mes", "cinco"),
    "German": ("Monat", "fünf"),
    "Italian": ("mese", "cinque"),
    "Portuguese": ("mês", "cinco"),
}
INTO_ENGLISH = {
    "means": 'In {language}, "{month}" means month, "{five}" means five, and "{word}" means',
    "list": "{language} dictionary\n{month}: month\n{five}: five\n{word}:",
    "question": "Q: What is {month} in English?\nA: month\nQ: What is the {language} word {word} in English?\nA:",
    "friend": 'My {language} friend speaks no English. She says "{word}", and she means',
    "equals": "Vocabulary test. {month} = month, {five} = five, {word} =",
}
FROM_ENGLISH = {
    "pair": "English: month. {language}: {month}. English: {word}. {language}:",
    "called": "In {language}, five is called {five}, and {word} is called",
    "say": "How do I say month in {language}? {month}. And how do I say {word}?",
    "table": "English to {language}\nmonth = {month}\nfive = {five}\n{word} =",
    "notes": "Notes from my {language} lesson: five - {five}, month - {month}, {word} -",
}
INTO_FORMS, FROM_FORMS = 4, 2  # a language; its first form is one further than that of the language before


def items() -> list[Item]:
    """All items of the translation task, in the order of the languages."""
    draw = random.Random(SEED)
    return [
        item
        for place in range(len(LANGUAGES))
        for into_english in (True, False)
        for item in _ask(place, into_english, draw)
    ]


def _ask(place: int, into_english: bool, draw: random.Random) -> list[Item]:
    forms, used = (INTO_ENGLISH, INTO_FORMS) if into_english else (FROM_ENGLISH, FROM_FORMS)
    language = LANGUAGES[place]
    names = [list(forms)[(place + turn) % len(forms)] for turn in range(used)]
    month, five = SOLVED[language]
    made = []
    for bands, share in SHARES:
        for level, band in enumerate(bands, 1):
            words = _words(band, place)
            asked = draw.sample(words, share * used)
            for number, (english, foreign) in enumerate(asked):
                name = names[number % used]
                shown = foreign if into_english else f"to {english}" if bands is VERBS else english
                prompt = forms[name].format(language=language, month=month, five=five, word=shown)
                answers = [pair[0 if into_english else 1] for pair in asked]
                answer = answers[number]
                wrong = draw.sample(_near(answer, answers), CHOICES - 1)
                group = f"{language.lower()}-{'from' if into_english else 'to'}-{name}"
                made.append(Item(group, level, prompt, (answer, *wrong), answer))
    return made


def _words(band: str, place: int) -> list[tuple[str, str]]:
    """Pairs of an English word and its translation; words that are spelled alike in both would only be copied."""
    rows = (row.split("=") for row in band.split("; "))
    pairs = ((english, foreign.split(",")[place]) for english, foreign in rows)
    return [(english, foreign) for english, foreign in pairs if english != foreign.lower()]


def _near(answer: str, answers: list[str]) -> list[str]:
    """The words that stand around the answer when all are ordered by length."""
    ordered = sorted(answers, key=lambda word: (len(word), word))
    at = ordered.index(answer)
    start = min(max(0, at - NEAR // 2), len(ordered) - NEAR - 1)
    return [word for word in ordered[start : start + NEAR + 1] if word != answer]
