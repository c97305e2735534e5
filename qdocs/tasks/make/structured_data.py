"""Which records, words and kinds of value fill the templates of the structured task?"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

WORDS = {
    "name": """Anna Ben Clara David Emma Frank Grace Henry Jack Karen Leo Maria Oscar Paul Rosa Sam Tom Victor Alice
        Daniel Helen James Kate Laura Peter Ruth Simon Lucy Adam Julia Lisa Martin""",
    "city": "Paris London Rome Berlin Madrid Vienna Lisbon Dublin Oslo Athens Cairo Delhi Tokyo Boston Chicago Toronto",
    "job": "doctor teacher nurse farmer baker painter driver writer lawyer pilot singer cook sailor dentist",
    "pet": "dog cat horse cow goat sheep pig duck rabbit mouse bird fox",
    "color": "red blue green yellow black white brown orange purple pink gray silver",
    "fruit": "apple pear plum lemon peach cherry banana mango",
    "item": "hammer rope lamp key map ring basket ladder bucket mirror clock camera bottle blanket wallet candle",
    "room": "kitchen garden library garage attic basement barn tower studio hall chapel",
    "day": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "month": "January February March April May June July August September October November December",
    "metal": "iron copper gold tin zinc lead",
    "sport": "tennis football golf chess hockey cricket rugby basketball baseball",
    "size": "small large huge tiny medium",
    "status": "open closed paused broken ready",
    "tree": "pine maple willow cedar birch palm spruce",
    "subject": "history music art science geography biology chemistry",
}
POOLS = {kind: words.split() for kind, words in WORDS.items()}


@dataclass(frozen=True)
class Theme:
    """Records about one thing: the first field is the key; each clause says a field's value in a sentence."""

    title: str
    clauses: dict[str, str]

    @property
    def fields(self) -> list[str]:
        """The names of the fields, the key first."""
        return list(self.clauses)


THEMES = (
    Theme(
        "people",
        {
            "name": "{}",
            "city": "lives in {}",
            "job": "works as a {}",
            "pet": "keeps a {}",
            "color": "wears {}",
        },
    ),
    Theme(
        "things",
        {
            "item": "the {}",
            "color": "is painted {}",
            "room": "stands in the {}",
            "metal": "has parts of {}",
            "status": "is now {}",
        },
    ),
    Theme(
        "courses",
        {
            "subject": "{}",
            "day": "is taught on {}",
            "room": "meets in the {}",
            "name": "is led by {}",
            "month": "starts in {}",
        },
    ),
    Theme(
        "trips",
        {
            "city": "{}",
            "month": "is visited in {}",
            "name": "is loved by {}",
            "sport": "is known for {}",
            "tree": "is famous for the {}",
        },
    ),
)

Record = dict[str, str]
# A prompt, its four choices, and the right one; and what makes them from a draw and a level.
Drawn = tuple[str, list[str], str]
Template = Callable[[random.Random, int], Drawn]


def records(theme: Theme, count: int, draw: random.Random) -> list[Record]:
    """`count` records of a theme; no two share a value in any field."""
    columns = {field: draw.sample(POOLS[field], count) for field in theme.fields}
    return [{field: column[row] for field, column in columns.items()} for row in range(count)]
