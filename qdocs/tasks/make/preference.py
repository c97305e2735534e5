"""How do the preference pairs become items?

Each is a message in the chat template of SmolLM2-Instruct with two answers, written by hand, a file for each way in
which the two differ. Chosen and rejected have about as many tokens, so that the sum of log-probabilities does not
prefer the shorter one, and repeat about as many words of the message, since what has just been said is likelier.
"""

from __future__ import annotations

from qdocs.tasks.make.common import Item
from qdocs.tasks.make.preference_answer import ANSWER
from qdocs.tasks.make.preference_candour import CANDOUR
from qdocs.tasks.make.preference_form import FORM
from qdocs.tasks.make.preference_harm import HARM
from qdocs.tasks.make.preference_tone import TONE

SEED = 20261128
TEMPLATE = (
    "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n"
    "<|im_start|>user\n{message}<|im_end|>\n<|im_start|>assistant\n"
)


def items() -> list[Item]:
    """All pairs, theme by theme."""
    return [
        Item(theme, level, TEMPLATE.format(message=message), (chosen, rejected), chosen)
        for theme, pairs in (ANSWER | CANDOUR | FORM | TONE | HARM).items()
        for level, message, chosen, rejected in pairs
    ]
