"""What is a minimal pair, and which of them ask whether a verb agrees with its subject?"""

from __future__ import annotations

from dataclasses import dataclass

Levels = tuple[str, str, str]


@dataclass(frozen=True)
class Pattern:
    """`forms` is a pair such as `is/are` or the name of a list of pairs; `sides` has the beginnings of each by level."""

    group: str
    forms: str
    sides: tuple[Levels, Levels]


AGREEMENT = [
    Pattern(
        "agree-is",
        "is/are",
        (
            (
                "the {thing} near the {place}",
                "the {thing} near the {place}s",
                "the {thing} that the {person}s near the {place}s liked",
            ),
            (
                "the {thing}s near the {place}s",
                "the {thing}s near the {place}",
                "the {thing}s that the {person} near the {place} liked",
            ),
        ),
    ),
    Pattern(
        "agree-was",
        "was/were",
        (
            ("yesterday the {person}", "the {person} that the {person2} knew", "the {person} that the {person2}s knew"),
            (
                "yesterday the {person}s",
                "the {person}s that the {person2}s knew",
                "the {person}s that the {person2} knew",
            ),
        ),
    ),
    Pattern(
        "agree-has",
        "has/have",
        (
            (
                "the {thing} in the {place}",
                "the {thing} that the {person}s lost",
                "the {thing} that the {person}s who met the {person2}s lost",
            ),
            (
                "the {thing}s in the {place}s",
                "the {thing}s that the {person} lost",
                "the {thing}s that the {person} who met the {person2} lost",
            ),
        ),
    ),
    Pattern(
        "agree-verb",
        "third",
        (
            (
                "every day the {person}",
                "every day the {person} with the {thing}",
                "every day the {person} with the {thing}s",
            ),
            (
                "every day the {person}s",
                "every day the {person}s with the {thing}s",
                "every day the {person}s with the {thing}",
            ),
        ),
    ),
    Pattern(
        "agree-do",
        "does/do",
        (
            ("today the {person}", "the {person} behind the {person2}", "the {person} behind the {person2}s"),
            ("today the {person}s", "the {person}s behind the {person2}s", "the {person}s behind the {person2}"),
        ),
    ),
    Pattern(
        "agree-relative",
        "third",
        (
            (
                "{name} met a {person} who",
                "{name} met a {person} who {often}",
                "{name} met a {person} with two {thing}s who {often}",
            ),
            (
                "{name} met some {person}s who",
                "{name} met some {person}s who {often}",
                "{name} met some {person}s with a {thing} who {often}",
            ),
        ),
    ),
    Pattern(
        "agree-each",
        "is/are",
        (
            ("each of the {person}s", "each of the {adj} {person}s", "each of the {person}s with the {thing}s"),
            ("both of the {person}s", "both of the {adj} {person}s", "both of the {person}s with the {thing}"),
        ),
    ),
    Pattern(
        "agree-invariant",
        "was/were",
        (
            ("this {invariant}", "that {invariant} near the {place}", "that {invariant} near the {place}s"),
            ("these {invariant}", "those {invariant} near the {place}s", "those {invariant} near the {place}"),
        ),
    ),
    Pattern(
        "agree-and",
        "is/are",
        (
            (
                "the {person} in the {place}",
                "the {person} from the {place} near the {place2}",
                "the {person} that the {person2} and the {person3} met",
            ),
            (
                "the {person} and the {person2}",
                "the {person} and the {person2} from the {place}",
                "the {person} that {name} met and the {adj} {person2}",
            ),
        ),
    ),
    Pattern(
        "agree-gerund",
        "was/were",
        (
            (
                "{cleaning} the {thing}",
                "{cleaning} the {adj} {person}'s {thing}",
                "{cleaning} the {thing}s in the {place}s",
            ),
            (
                "the {thing}s for {name}",
                "the {thing}s that {name} was {cleaning}",
                "the {thing}s for {cleaning} the {place}",
            ),
        ),
    ),
    Pattern(
        "agree-pronoun",
        "third",
        (
            ("on {day}s {he}", "on Sundays in the {place} {he} {often}", "on Sundays {he}, like all the {person}s,"),
            ("on {day}s {they}", "on Sundays in the {place} {they} {often}", "on Sundays {they}, like every {person},"),
        ),
    ),
]
