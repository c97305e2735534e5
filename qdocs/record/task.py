"""Which questions were asked, and how are they scored?"""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from qdocs.record.base import Explained, Name, Positive, Sha256, Share, Text

Format = Literal["choices", "answer", "text"]
Scoring = Literal["sum", "characters"]


class Task(Explained):
    """One kind of question: its items are fixed by digest, its scoring before anything is quantized.

    `choices`: one of several continuations is right, and log-probability decides, summed over the tokens of a choice or
    divided by its characters. `answer`: generated text is right or wrong. `text`: texts to predict, nothing to answer.
    `chance` is the accuracy of guessing. `groups` counts the templates (or other clusters) that items share.
    """

    name: Name
    title: Text
    source: Literal["bundled", "own", "lm-eval"]
    format: Format
    scoring: Scoring | None
    chance: Share | None
    items: Positive
    groups: Positive
    items_sha256: Sha256

    @model_validator(mode="after")
    def _choices_have_scoring(self) -> Task:
        if (self.format == "choices") != (self.scoring is not None and self.chance is not None):
            raise ValueError(f"task {self.name}: scoring and chance go with choices, and only with them")
        if self.groups > self.items:
            raise ValueError(f"task {self.name}: {self.groups} groups, only {self.items} items")
        return self
