"""Which characters may a stranger's text hold, and which YAML?

Text is refused, not repaired: what a reviewer sees in a diff must be what a reader sees on the page. YAML is only keys,
lists and plain values, a few levels deep: no anchors, no tags, no key twice.
"""

from __future__ import annotations

import unicodedata
from typing import Any

import yaml

# Invisible, direction-changing, private and unassigned characters, and line ends that only some programs see.
_REFUSED = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
MOST_DEPTH = 3


def odd_character(text: str) -> str:
    """The first character that is not plain, with its line and name; empty where there is none."""
    for number, line in enumerate(text.split("\n"), 1):
        for character in line.removesuffix("\r"):
            if character != "\t" and (unicodedata.category(character) in _REFUSED or _is_odd_space(character)):
                name = unicodedata.name(character, "no character of its own")
                return f"line {number} has U+{ord(character):04X} ({name})"
    return ""


def _is_odd_space(character: str) -> bool:
    return unicodedata.category(character) == "Zs" and character not in " \u00a0"


def read_yaml(text: str) -> Any:
    """Read YAML from a stranger.

    Raises:
        yaml.YAMLError: If it is none, or holds more than plain values; the message has line and column.
    """
    return yaml.load(text, _Plain)


class _Plain(yaml.SafeLoader):
    """Refuses before anything is built, so that neither depth nor references can grow."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.composer.ComposerError(None, None, "anchors and aliases are not taken", event.start_mark)
        if getattr(event, "tag", None):
            raise yaml.composer.ComposerError(None, None, "tags are not taken", event.start_mark)
        if self._depth >= MOST_DEPTH:
            raise yaml.composer.ComposerError(None, None, "nested too deeply", event.start_mark)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} is there twice", key.start_mark)
            seen.add(key.value if isinstance(key.value, str) else str(key.value))
        return super().construct_mapping(node, deep)
