"""Which warnings on import are harmless, and dropped?"""

from __future__ import annotations

import logging


class _Known(logging.Filter):
    def __init__(self, *phrases: str) -> None:
        super().__init__()
        self._phrases = phrases

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        return not all(phrase in text for phrase in self._phrases)


def silence_known_warnings() -> None:
    """Drop what torchao says of compiled libraries for other machines, and torch of torchao's enums; nothing else.

    To be called before torchao is imported.
    """
    logging.getLogger("torchao").addFilter(_Known("Failed to load ", "_C"))
    logging.getLogger("torch.utils._pytree").addFilter(_Known("is an Enum subclass", "register_constant"))
