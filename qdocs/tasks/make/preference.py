"""How do the preference pairs become items?

Each is a message in the chat template of SmolLM2-Instruct with two answers, written by hand in three files. Chosen and
rejected are alike in length, so that the sum of log-probabilities does not prefer the shorter one.
"""

from __future__ import annotations

from qdocs.tasks.make.common import Item
from qdocs.tasks.make.preference_content import CONTENT
from qdocs.tasks.make.preference_manner import MANNER
from qdocs.tasks.make.preference_safety import SAFETY

SEED = 20261128
TEMPLATE = (
    "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n"
    "<|im_start|>user\n{message}<|im_end|>\n<|im_start|>assistant\n"
)


def items() -> list[Item]:
    """All pairs, theme by theme."""
    return [
        Item(theme, level, TEMPLATE.format(message=message), (chosen, rejected), chosen)
        for theme, pairs in (CONTENT | MANNER | SAFETY).items()
        for level, message, chosen, rejected in pairs
    ]
