"""Which texts does the recall task hide its facts in?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """Four facts among the sentences of a setting; the question is the beginning of one of them, up to its value."""

    name: str
    opening: str
    setting: str
    values: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """A list of lines of one form; `ask` is the beginning of a sentence that only one line can end."""

    name: str
    opening: str
    line: str
    ask: str
    values: str


STORIES = (
    Story(
        "gate words",
        "Remember the secret words in this letter from the farm.",
        "farm",
        "code",
        (
            "The secret word for the north gate is {value}.",
            "The secret word for the south gate is {value}.",
            "The secret word for the cattle shed is {value}.",
            "The secret word for the wine cellar is {value}.",
        ),
    ),
    Story(
        "farm hands",
        "My grandmother told this story of one summer on the farm, and she never forgot a name.",
        "farm",
        "name",
        (
            "The child who milked the cows was called {value}.",
            "The visitor who fell into the well was called {value}.",
            "The dealer who sold us the plow was called {value}.",
            "The neighbor who baked for the village was called {value}.",
        ),
    ),
    Story(
        "hidden things",
        "Before the family left the farm, four things were hidden.",
        "farm",
        "item",
        (
            "Under the apple tree they buried the {value}.",
            "Inside the stove they put the {value}.",
            "Below the stairs they hid the {value}.",
            "In the dog's house they left the {value}.",
        ),
    ),
    Story(
        "captain's log",
        "Log of a sailing ship, with the cities of the journey.",
        "ship",
        "city",
        (
            "We took the cargo of coal to {value}.",
            "We took the cargo of wool to {value}.",
            "We took the cargo of glass to {value}.",
            "We took the cargo of paper to {value}.",
        ),
    ),
    Story(
        "ship's animals",
        "There were more animals than sailors on that ship, and each had its place.",
        "ship",
        "animal",
        (
            "In the captain's bed slept the {value}.",
            "On top of the mast sat the {value}.",
            "In the ship's kitchen lived the {value}.",
            "Behind the wheel stood the {value}.",
        ),
    ),
    Story(
        "radio signals",
        "The radio officer wrote down every call sign that the ship heard.",
        "ship",
        "code",
        (
            "The lighthouse answers to the call sign {value}.",
            "The rescue boat answers to the call sign {value}.",
            "The weather station answers to the call sign {value}.",
            "The customs office answers to the call sign {value}.",
        ),
    ),
    Story(
        "flags",
        "Every sailor must know what the flags in this report mean.",
        "ship",
        "color",
        (
            "The flag for sickness on board is {value}.",
            "The flag for a lost anchor is {value}.",
            "The flag for dangerous cargo is {value}.",
            "The flag for a friendly visit is {value}.",
        ),
    ),
    Story(
        "deadlines",
        "Memo to all staff. Four dates in it matter.",
        "office",
        "month",
        (
            "The tax papers are due in {value}.",
            "The new software arrives in {value}.",
            "The kitchen will be closed in {value}.",
            "The prize will be awarded in {value}.",
        ),
    ),
    Story(
        "who does what",
        "Please read the whole memo: it says whom to ask for help.",
        "office",
        "name",
        (
            "For a lost badge, see {value}.",
            "For a broken printer, see {value}.",
            "For travel money, see {value}.",
            "For a day off, see {value}.",
        ),
    ),
    Story(
        "office move",
        "The company is moving, and this is how the morning went.",
        "office",
        "room",
        (
            "The sales team will from now on sit in the {value}.",
            "The lawyers will from now on sit in the {value}.",
            "The designers will from now on sit in the {value}.",
            "The archive will from now on be in the {value}.",
        ),
    ),
    Story(
        "souvenirs",
        "On this journey I bought one present for each of my favorite people.",
        "journey",
        "item",
        (
            "For my mother I bought a {value}.",
            "For my brother I bought a {value}.",
            "For my teacher I bought a {value}.",
            "For my neighbor I bought a {value}.",
        ),
    ),
    Story(
        "fellow travelers",
        "A bus full of strangers: by the end I knew what each of them did.",
        "journey",
        "job",
        (
            "The lady with the big hat worked as a {value}.",
            "The man who snored worked as a {value}.",
            "The tall twin worked as a {value}.",
            "The woman with the bird cage worked as a {value}.",
        ),
    ),
    Story(
        "meals on the way",
        "We had something different at every stop, and I wrote it down.",
        "journey",
        "food",
        (
            "At the monastery we were given {value}.",
            "At the railway station we were given {value}.",
            "At the shepherd's hut we were given {value}.",
            "At the castle we were given {value}.",
        ),
    ),
    Story(
        "school clubs",
        "The school paper tells what happened in one term, and when the clubs meet.",
        "school",
        "day",
        (
            "The chess club meets every {value}.",
            "The film club meets every {value}.",
            "The garden club meets every {value}.",
            "The robot club meets every {value}.",
        ),
    ),
    Story(
        "class mascots",
        "Each class of the school has an animal as its sign.",
        "school",
        "animal",
        (
            "The sign of the first class is a {value}.",
            "The sign of the second class is a {value}.",
            "The sign of the third class is a {value}.",
            "The sign of the fourth class is a {value}.",
        ),
    ),
)

LISTINGS = (
    Listing("boxes", "What is in the boxes?", "Box {number}: {value}, left by {name}", "Box {number}:", "item"),
    Listing(
        "desks", "Who sits where?", "{name} {surname} sits in the {value}.", "{name} {surname} sits in the", "room"
    ),
    Listing("code book", "Code book", "{code} {color} = {value}", "{code} {color} =", "city"),
    Listing("stock", "Stock of the shop", "shelf {number}: {value} for {surname}", "shelf {number}:", "food"),
    Listing(
        "night watch",
        "Notes of the zoo keeper for today:",
        "At {clock} the {value} woke up.",
        "The animal that woke up at {clock} was the",
        "animal",
    ),
    Listing(
        "records",
        "records in the database:",
        "id: {number}, owner: {surname}, pet: {value}",
        "id: {number}, owner: {surname}, pet:",
        "animal",
    ),
    Listing(
        "street",
        "The houses of our street",
        "The {surname} house, number {number}, is painted {value}.",
        "The {surname} house, number {number}, is painted",
        "color",
    ),
    Listing("departures", "Departures", "{clock} platform {digit} to {value}", "{clock} platform {digit} to", "city"),
    Listing(
        "pupils",
        "What did the pupils choose?",
        "{surname}, {name}: {value}",
        "{surname}, {name}:",
        "sport",
    ),
    Listing(
        "helpers",
        "Helpers at the town festival",
        "The {code} tent on {day} is run by {value}.",
        "The {code} tent on {day} is run by",
        "name",
    ),
)
