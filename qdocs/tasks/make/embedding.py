"""How do topics and scenes become passages, queries and graded pairs?"""

from __future__ import annotations

import random
from collections.abc import Sequence

from qdocs.tasks.make.common import lines
from qdocs.tasks.make.embedding_indoors import TOPICS as INDOORS
from qdocs.tasks.make.embedding_outdoors import TOPICS as OUTDOORS
from qdocs.tasks.make.embedding_scenes import SCENES
from qdocs.tasks.make.embedding_town import TOPICS as TOWN

SEED = 20261123
TOPICS = OUTDOORS | TOWN | INDOORS
# Every third statement of a topic is asked for, three of each subject and three of each kind. One of the three words
# the subject in another way, too.
STEP = 3
GRADES = range(6)

VALUES = {
    "time": "half past six|a quarter to seven|eight in the morning|twenty past nine|ten o'clock sharp|a quarter past "
    "eleven|noon|half past one|ten to three|four in the afternoon|five past five|nine in the evening",
    "day": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
    "month": "January|February|March|April|May|June|July|August|September|October|November|December",
    "year": "1868|1891|1904|1912|1923|1931|1947|1956|1964|1978|1989|2003",
    "price": "3 euros|5 euros|8 euros|11 euros|14 euros|19 euros|22 euros|27 euros|35 euros|48 euros|60 euros|75 euros",
    "person": "Ilse Brandt|Tomás Vidal|Ruth Okafor|Henrik Lund|Mei Tanaka|Paolo Ferri|Nadia Haddad|Owen Pryce|"
    "Katja Novak|Samuel Oyelaran|Lucie Moreau|Arvid Strand",
    "town": "Altmoor|Brackwater|Castel Verro|Dunholm|Eskerry|Fallbrook|Grauheim|Hollin Bay|Ivenstad|Kelby Cross|"
    "Lindal|Morvane",
    "colour": "red|blue|green|yellow|white|black|golden|purple|grey|brown|pink|turquoise",
    "material": "oak|steel|bamboo|glass|leather|granite|copper|wool|birch|rubber|brass|slate",
    "minutes": "12 minutes|20 minutes|25 minutes|35 minutes|40 minutes|50 minutes|an hour|70 minutes|an hour and a half|"
    "two hours|two and a half hours|three hours",
    "seconds": "two seconds|three seconds|four seconds|five seconds|six seconds|eight seconds|nine seconds|ten seconds|"
    "twelve seconds|fifteen seconds",
    "metres": "15 metres|30 metres|45 metres|60 metres|80 metres|110 metres|150 metres|240 metres|320 metres|400 metres",
    "weight": "2 kilos|4 kilos|5 kilos|7 kilos|9 kilos|12 kilos|16 kilos|21 kilos|30 kilos|55 kilos",
    "count": "4|6|8|9|12|16|18|24|30|36|48|64",
    "dish": "porridge|smoked fish|pancakes|fried eggs|fruit salad|toast with jam|bean stew|cold ham|yoghurt|rice soup",
}


def files() -> dict[str, str]:
    """JSON lines by file name, the same on every machine."""
    passages, queries = _passages_and_queries(random.Random(SEED))
    named = {"passages": passages, "queries": queries, "pairs": _pairs(random.Random(SEED + 1))}
    return {f"embedding/{name}.jsonl": lines(rows) for name, rows in named.items()}


def _passages_and_queries(draw: random.Random) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """A passage for every statement of every subject, and queries for a third of them, in interleaved order."""
    texts: list[tuple[str, str, str | None]] = []
    for topic, block in TOPICS.items():
        subjects, statements = _blocks(block)
        rows = draw.sample(range(len(subjects)), len(subjects))
        columns = draw.sample(range(len(statements)), len(statements))
        for j, (statement, question) in enumerate(statements):
            values = _values(statement, len(subjects), draw)
            for i, (name, other_name) in enumerate(subjects):
                said = statement.format(S=name[0].upper() + name[1:], s=name, **values[i])
                turn = (rows[i] - columns[j]) % len(statements)
                asked = question.format(s=name if turn else other_name) if turn % STEP == 0 else None
                texts.append((topic, said, asked))
    draw.shuffle(texts)
    passages: list[dict[str, object]] = []
    found: dict[str, list[dict[str, object]]] = {}
    for number, (topic, said, asked) in enumerate(texts, 1):
        name = f"passage-{number:04d}"
        passages.append({"id": name, "text": said})
        if asked is not None:
            found.setdefault(topic, []).append({"group": topic, "text": asked, "passage": name})
    turns = zip(*(found[topic] for topic in draw.sample(sorted(found), len(found))), strict=True)
    queries = [query for turn in turns for query in turn]
    return passages, [{"id": f"query-{number:04d}", **query} for number, query in enumerate(queries, 1)]


def _pairs(draw: random.Random) -> list[dict[str, object]]:
    """For every cast of every scene one pair a grade; each beginning of the file has all scenes and grades alike."""
    scenes = {name: _scene(block) for name, block in SCENES.items()}
    names = draw.sample(sorted(scenes), len(scenes))
    made: list[dict[str, object]] = []
    for turn in range(len(scenes[names[0]]) * len(GRADES)):
        for position, name in enumerate(names):
            grade = (turn + position) % len(GRADES)
            cast = turn // len(GRADES)
            first, *others = scenes[name][cast]
            if grade:
                second = others[GRADES[-1] - grade]
            else:
                # Another scene each time: unrelated sentences are as many kinds as there are.
                elsewhere = names[(position + 1 + cast) % len(names)]
                second = draw.choice(scenes[elsewhere])[draw.randrange(len(GRADES))]
            number = len(made) + 1
            row: dict[str, object] = {"id": f"pair-{number:04d}", "group": name}
            made.append(row | {"first": first, "second": second, "grade": float(grade)})
    return made


def _scene(block: str) -> list[list[str]]:
    """Sentences by cast: the first, then from grade 5 to 1."""
    sentences, casts = (part.splitlines() for part in block.strip().split("\n\n"))
    roles = ("who", "whom", "what", "that", "else")
    filled = [dict(zip(roles, cast.split(" | "), strict=True)) for cast in casts]
    return [[sentence.format(**cast) for sentence in sentences] for cast in filled]


def _blocks(block: str) -> list[list[tuple[str, str]]]:
    """Subjects and statements of a topic, each in the wording of passages and that of queries."""
    found = []
    for part in block.strip().split("\n\n"):
        rows = [line.split(" | ") for line in part.splitlines()]
        found.append([(left, right) for left, right in rows])
    return found


def _values(statement: str, count: int, draw: random.Random) -> list[dict[str, str]]:
    """Values for the names in braces, another for each subject as long as there are enough."""
    names = [name for name in VALUES if f"{{{name}}}" in statement]
    columns = {name: _drawn(VALUES[name].split("|"), count, draw) for name in names}
    return [{name: column[index] for name, column in columns.items()} for index in range(count)]


def _drawn(values: Sequence[str], count: int, draw: random.Random) -> list[str]:
    taken: list[str] = []
    while len(taken) < count:
        taken += draw.sample(values, min(len(values), count - len(taken)))
    return taken
