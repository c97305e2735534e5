"""How are the items of the sentiment task made?

Each template speaks of one thing and asks in its own words and with its own pair of labels. Level 1: open praise or open
complaint. Level 2: what happened, without a word of judgement. Level 3: praise and complaint in one review, of which a
contrast or a denial lets one win. Every level of every template has six favorable and six unfavorable reviews.
"""

from __future__ import annotations

import random

from qdocs.tasks.make.common import Item
from qdocs.tasks.make.sentiment_data import REVIEWS

SEED = 20240612

OPEN = ("{0}.", "{0}, and {1}.")
VEILED = ("{0}.", "{0}. What is more, {1}.")
PRAISE_WINS = (
    "I expected the worst, but {good}.",
    "It is true that {bad}, yet {veiled}, and that mattered more.",
    "Not as bad as people say: {good}.",
    "People told me that {bad}, but they were wrong: {veiled}.",
    "I cannot say that {bad}. On the contrary, {good}.",
    "{bad}, I admit, but {veiled}, and I would choose the same again.",
)
COMPLAINT_WINS = (
    "I expected the best, but {bad}.",
    "It is true that {good}, yet {veiled}, and that mattered more.",
    "Not as good as people say: {bad}.",
    "People told me that {good}, but they were wrong: {veiled}.",
    "I cannot say that {good}. On the contrary, {bad}.",
    "{good}, I admit, but {veiled}, and I would never choose the same again.",
)
REFUTING = (3, 4)  # places of the frames in which one clause denies the other, so that both speak of the same aspect

TEMPLATES: dict[str, tuple[str, tuple[str, str]]] = {
    "film": (
        "Review: The music was great.\nSentiment: positive\nReview: What a bore.\nSentiment: negative\n"
        "Review: {text}\nSentiment:",
        ("positive", "negative"),
    ),
    "hotel": ("Our stay at the hotel: {text} All in all, our stay was", ("good", "bad")),
    "phone": ("About my new phone: {text} All in all, it leaves me quite", ("satisfied", "disappointed")),
    "restaurant": (
        "{text} That is what I tell people about this restaurant. My evening there was",
        ("great", "terrible"),
    ),
    "novel": (
        'A reader wrote about a novel: "{text}" So for this reader, the novel was simply',
        ("superb", "horrible"),
    ),
    "shoes": ("{text} Whenever I think of these shoes, I feel", ("good", "bad")),
    "teacher": (
        "Years later, we still talk about our teacher. {text} All in all, as a teacher she was",
        ("wonderful", "awful"),
    ),
    "concert": (
        "Last night we were at a concert. {text} Everybody agreed that the concert was",
        ("fantastic", "terrible"),
    ),
    "flight": (
        "Passenger report\nFlight: on time, all fine. Rating: good\nFlight: late and cold. Rating: bad\n"
        "Flight: {text} Rating:",
        ("good", "bad"),
    ),
    "app": ("{text} Summary of this opinion of the app in one word:", ("excellent", "poor")),
    "car": ("My friend asked about my car. {text} My friend said that the car must be really", ("wonderful", "awful")),
    "museum": (
        "Guest book of the museum.\nEntry: {text}\nThe tone of this entry, positive or negative, is",
        ("positive", "negative"),
    ),
    "dentist": ("About the dentist: {text} With this dentist I feel very", ("comfortable", "uncomfortable")),
    "vacuum cleaner": (
        "Test report. Object: vacuum cleaner. Remarks: {text} Result: to clean a home with it is",
        ("perfect", "horrible"),
    ),
    "coffee": ("The tester tried a new coffee and noted: {text} To sum up, this coffee is", ("lovely", "horrible")),
    "game": (
        "What does a player say about the game? {text} After an hour of playing, the player was really",
        ("excited", "frustrated"),
    ),
    "neighbor": (
        "Let me tell you about my neighbor. {text} All in all, to live next door to him is",
        ("pleasant", "unpleasant"),
    ),
    "course": ("I took the course. {text} It made me feel very", ("happy", "unhappy")),
    "jacket": ("Notes of a buyer of jackets: {text} Wearing this jacket made the buyer feel", ("good", "bad")),
    "garden tour": ("A letter about the garden tour: {text} The writer is clearly", ("delighted", "annoyed")),
    "bakery": ("How is the new bakery? my aunt asked. {text} Oh, said my aunt, that sounds", ("wonderful", "awful")),
    "train": ("{text} With these words she described her journey by train, which was", ("great", "horrible")),
    "plumber": ("We called a plumber. {text} His visit made us feel", ("grateful", "upset")),
    "doctor": ("A patient speaks about a doctor: {text} All in all, to be treated by her was", ("wonderful", "awful")),
    "blender": (
        "About the blender in my kitchen: {text} If you ask me, the blender is absolutely",
        ("fantastic", "terrible"),
    ),
    "podcast": (
        "Caller: I want to talk about a podcast. {text} Host: All in all, the podcast was",
        ("fantastic", "terrible"),
    ),
    "landlord": ("This is what my landlord is like. {text} It makes me feel very", ("pleased", "angry")),
    "zoo": ("Dear diary, today we went to the zoo. {text} In the end, our day was", ("wonderful", "terrible")),
    "mattress": ("About the mattress: {text} Final words: this is a mattress to", ("love", "hate")),
    "team": ("Sports news about the team: {text} The season of the team was", ("superb", "horrible")),
}


def items() -> list[Item]:
    """All items of the sentiment task, in the order of the templates."""
    draw = random.Random(SEED)
    made = []
    for thing, (template, labels) in TEMPLATES.items():
        praise, complaints, good, bad = (tuple(clauses.split("/")) for clauses in REVIEWS[thing])
        reviews = (
            _reviews(praise, complaints, good, PRAISE_WINS, draw),
            _reviews(complaints, praise, bad, COMPLAINT_WINS, draw),
        )
        for label, by_level in zip(labels, reviews, strict=True):
            made += [
                Item(thing.replace(" ", "-"), level, template.format(text=text), labels, label)
                for level, texts in by_level
                for text in texts
            ]
    return made


def _reviews(
    said: tuple[str, ...], denied: tuple[str, ...], shown: tuple[str, ...], wins: tuple[str, ...], draw: random.Random
) -> list[tuple[int, list[str]]]:
    """Six reviews a level that speak for what is `said` openly and `shown` between the lines, against what is `denied`."""
    mixed = []
    for number, frame in enumerate(wins):
        at = draw.randrange(len(said))
        turn = 0 if number in REFUTING else 1 + number % 2  # to admit the same aspect would contradict what wins
        against = denied[(at + turn) % len(denied)]
        clauses = {"veiled": shown[at], "good": said[at], "bad": against}
        if frame in COMPLAINT_WINS:
            clauses |= {"good": against, "bad": said[at]}
        mixed.append(_sentences(frame.format(**clauses)))
    return [(1, _alone(said, OPEN)), (2, _alone(shown, VEILED)), (3, mixed)]


def _alone(clauses: tuple[str, ...], frames: tuple[str, ...]) -> list[str]:
    pairs = [(clauses[at], clauses[at - 1]) for at in range(len(clauses))]
    return [_sentences(frame.format(*pair)) for frame in frames for pair in pairs]


def _sentences(text: str) -> str:
    return text[0].upper() + text[1:]
