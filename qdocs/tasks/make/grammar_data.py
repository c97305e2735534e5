"""Which minimal pairs does the grammar task ask about, in agreement (from its own file) and beyond it?"""

from __future__ import annotations

from qdocs.tasks.make.grammar_agreement_data import AGREEMENT, Pattern

PATTERNS = [
    *AGREEMENT,
    Pattern(
        "reflexive-gender",
        "himself/herself",
        (
            ("the {male} {hurt}", "the {male} next to the {male2} {hurt}", "the {male} next to the {female} {hurt}"),
            (
                "the {female} {hurt}",
                "the {female} next to the {female2} {hurt}",
                "the {female} next to the {male} {hurt}",
            ),
        ),
    ),
    Pattern(
        "reflexive-number",
        "himself/themselves",
        (
            (
                "the {regular_male} {hurt}",
                "the {regular_male} near the {regular_male2} {hurt}",
                "the {regular_male} near the {person}s {hurt}",
            ),
            (
                "the {regular_male}s {hurt}",
                "the {regular_male}s near the {person}s {hurt}",
                "the {regular_male}s near the {regular_male2} {hurt}",
            ),
        ),
    ),
    Pattern(
        "reflexive-person",
        "myself/ourselves",
        (
            ("I {hurt}", "in the {place} I, like the {person}, {hurt}", "I, unlike most of the {person}s, {hurt}"),
            (
                "we {hurt}",
                "in the {place} we, like the {person}s, {hurt}",
                "we, unlike the {person} from the {place}, {hurt}",
            ),
        ),
    ),
    Pattern(
        "case-he",
        "he/him",
        (
            (
                "we left the {place} {because}",
                "the {person} knows for certain that",
                "{name} {helped} the {person} {because}",
            ),
            ("{name} {helped}", "the {person} stood {behind}", "{name} {helped} the {person} and then {helped2}"),
        ),
    ),
    Pattern(
        "case-I",
        "I/me",
        (
            (
                "{name} cried {because}",
                "{name} asked the {person} whether",
                "{name} gave the {thing} to the {person} {because}",
            ),
            (
                "{name} gave the {thing} to",
                "{name} and the {person} sat {behind}",
                "{name} divided the {thing}s between the {person} and",
            ),
        ),
    ),
    Pattern(
        "case-they",
        "they/them",
        (
            ("{name} came back {because}", "the {person} does not know whether", "the {person} {helped} us {because}"),
            ("the {person} {helped}", "{name} sold the {thing} to", "the {person} that we {helped} lives {behind}"),
        ),
    ),
    Pattern(
        "case-we",
        "we/us",
        (
            ("{name} slept {because}", "the {person} from the {place} asked whether", "{name} {helped} them {because}"),
            (
                "the {person} often {helped}",
                "the {person} from the {place} lives {behind}",
                "{name}, who thinks that we lied, never {helped}",
            ),
        ),
    ),
    Pattern(
        "tag-gender",
        "he/she",
        (
            (
                "the {male} is tired, isn't",
                "the {male} near the {female} is tired, isn't",
                "the {male} that the {female} and the {female2} met is tired, isn't",
            ),
            (
                "the {female} is tired, isn't",
                "the {female} near the {male} is tired, isn't",
                "the {female} that the {male} and the {male2} met is tired, isn't",
            ),
        ),
    ),
    Pattern(
        "tag-number",
        "it/they",
        (
            (
                "the {thing} was old, wasn't",
                "the {thing} near the {place}s was old, wasn't",
                "the {thing} with the {thing2}s for the {person}s was old, wasn't",
            ),
            (
                "the {thing}s were old, weren't",
                "the {thing}s near the {place} were old, weren't",
                "the {thing}s with the {thing2} for the {person} were old, weren't",
            ),
        ),
    ),
    Pattern(
        "relative-who",
        "who/which",
        (
            (
                "{name} met the {person}",
                "in the {place} {name} met the {adj} {person}",
                "{name} sold the {thing} to a {person}",
            ),
            (
                "{name} lost the {thing}",
                "in the {place} {name} lost the small wooden {thing}",
                "the {person} gave {name} a {thing}",
            ),
        ),
    ),
    Pattern(
        "modal-base",
        "base",
        (
            ("the {person} {can}", "the {adj} {person} from the {place} {can}", "{name} {can}, as everyone says,"),
            (
                "the {person} {often}",
                "the {adj} {person} from the {place} {often}",
                "{name}, as everyone can see, {often}",
            ),
        ),
    ),
    Pattern(
        "perfect-participle",
        "past_participle",
        (
            ("{last_week} {name}", "{last_week} {name} also", "{last_week} {name}, who has a {thing},"),
            ("this week {name} has", "this week {name} has also", "{name}, who sold the {thing}, has"),
        ),
    ),
    Pattern(
        "did-base",
        "past_base",
        (
            ("{last_week} {name}", "{last_week} {name} suddenly", "{last_week} {name}, who did not call us,"),
            (
                "{last_week} {name} did not",
                "{last_week} {name} did not even",
                "{last_week} {name}, who called us, did not",
            ),
        ),
    ),
    Pattern(
        "tense-will",
        "will/did",
        (
            (
                "tomorrow the {person}",
                "tomorrow the {person} from the {place}",
                "tomorrow the {person} who came yesterday",
            ),
            (
                "yesterday the {person}",
                "yesterday the {person} from the {place}",
                "yesterday the {person} who comes tomorrow",
            ),
        ),
    ),
    Pattern(
        "tense-is",
        "is/was",
        (
            ("{now} the {person}", "{now} the {person} from the {place}", "{now} the {person} who was here before"),
            ("{ago} the {person}", "{ago} the {person} from the {place}", "{ago} the {person} who is here now"),
        ),
    ),
    Pattern(
        "tense-nowadays",
        "present_past",
        (
            (
                "{these_days} {name}",
                "{these_days} the {person} {often}",
                "{these_days} the {person} who once lived here",
            ),
            ("{ago} {name}", "in those days the {person} {often}", "{ago} the {person} who now lives here"),
        ),
    ),
    Pattern(
        "article-noun",
        "vowel_noun",
        (
            (
                "{name} drew an",
                "{name} drew a {thing} and an",
                "{name} drew a {thing}, a {place} and, after a pause, an",
            ),
            (
                "{name} drew a",
                "{name} drew an old {thing} and a",
                "{name} drew an old {thing}, an old {place} and, after an hour, a",
            ),
        ),
    ),
    Pattern(
        "article-adjective",
        "vowel_adj",
        (
            (
                "{name} came to an",
                "{name} told an interesting story about an",
                "{name} found a {thing} and a {thing2} in an",
            ),
            ("{name} came to a", "{name} told a long story about a", "{name} found an orange {thing} and an egg in a"),
        ),
    ),
    Pattern(
        "superlative",
        "er_est",
        (
            ("{name} is a lot", "the {person} from the {place} is a lot", "of the two {person}s, the first is a lot"),
            (
                "of all the {person}s {name} is the",
                "of all the {person}s in the {place} {name} is the",
                "of all the {person}s that are taller than {name}, the first is the",
            ),
        ),
    ),
    Pattern(
        "comparative-more",
        "more_er",
        (
            ("{name} is more", "the {person} in the {place} is even more", "{name} is much kinder and more"),
            ("{name} is much", "the {person} in the {place} is so much", "{name} is more polite and much"),
        ),
    ),
    Pattern(
        "too-either",
        "too/either",
        (
            (
                "{name} likes {food} and {name2} does",
                "the {person} wants {food} and the {person2} does",
                "{name} does not like {food}, but {name2} does and the {person} does",
            ),
            (
                "{name} does not like {food} and {name2} does not",
                "the {person} does not want {food} and the {person2} does not",
                "{name} likes {food}, but {name2} does not and the {person} does not",
            ),
        ),
    ),
    Pattern(
        "or-nor",
        "or/nor",
        (
            (
                "{name} wants either {food}",
                "either the {person} from the {place}",
                "{name}, who eats neither {food} nor {food2}, wants either {drink}",
            ),
            (
                "{name} wants neither {food}",
                "neither the {person} from the {place}",
                "{name}, who eats either {food} or {food2}, wants neither {drink}",
            ),
        ),
    ),
    Pattern(
        "no-any",
        "no/any",
        (
            (
                "in the {place} there was",
                "in the {place} behind the {place2} there was",
                "the {person} who did not help {name} has",
            ),
            (
                "in the {place} there was not",
                "in the {place} behind the {place2} there was not",
                "the {person} who helped {name} does not have",
            ),
        ),
    ),
    Pattern(
        "preposition-on",
        "on/of",
        (
            ("{name} {depends}", "the {person} {depends} very much", "the {person}, who {fond} of {name}, {depends}"),
            ("{name} {fond}", "the {person} {fond} not only", "the {person}, who {depends} on {name}, {fond}"),
        ),
    ),
    Pattern(
        "time-in",
        "month_day",
        (
            ("{name} came home in", "the {person} left the {place} in", "{name} came on {day} and leaves in"),
            ("{name} came home on", "the {person} left the {place} on", "{name} came in {month} and leaves on"),
        ),
    ),
    Pattern(
        "time-since",
        "since_for",
        (
            (
                "{name} has been here since",
                "the {person} has worked in the {place} since",
                "{name} has been here for a short time, and {name2} since",
            ),
            (
                "{name} has been here for",
                "the {person} has worked in the {place} for",
                "{name} has been here since last year, but {name2} for only",
            ),
        ),
    ),
]
