"""Which schemes do the examples define, and what on this machine cannot run them?"""

from __future__ import annotations

import importlib.util
import re
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qdocs.errors import WrongUse
from qdocs.record import BASELINE, NOISE_FLOOR
from qdocs.wheels import file_sha256

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")
_DEFINES_SCHEMES = re.compile(r"^SCHEMES\b", re.MULTILINE)
_PARAM_TYPES = (str, int, float, bool, type(None))


@dataclass(frozen=True)
class SchemeDefinition:
    """One scheme of one example: what the runner calls is what the page shows."""

    name: str
    example: Path
    params: dict[str, Any]
    quantize: Callable[..., Any]
    unsupported: Callable[[str], str | None]

    @property
    def example_sha256(self) -> str:
        """Digest of the file that defines it."""
        return file_sha256(self.example)


def load_example(path: Path) -> list[SchemeDefinition]:
    """Import an example and read its schemes.

    An example defines `SCHEMES`, a dict from a scheme's name to the keyword arguments of `quantize(model, **params)`,
    which changes the model's weights and returns the model. It may define `unsupported(device)`, which returns a
    reason or `None`.

    Args:
        path: The example's file.

    Raises:
        WrongUse: If it cannot be imported or does not define what it should; the message names file and line.
    """
    if not path.is_file():
        raise WrongUse(f"example {path}: no such file")
    spec = importlib.util.spec_from_file_location(f"qdocs_example_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise WrongUse(f"example {path}: expected a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise WrongUse(f"example {where(path, error)}: {type(error).__name__}: {error}") from None
    schemes = getattr(module, "SCHEMES", None)
    if not isinstance(schemes, dict) or not schemes:
        raise WrongUse(f'example {path}: expected SCHEMES, such as SCHEMES = {{"my-scheme": {{"group_size": 32}}}}')
    quantize = getattr(module, "quantize", None)
    if not callable(quantize):
        raise WrongUse(f"example {path}: expected a function quantize(model, **params) that returns the model")
    unsupported = getattr(module, "unsupported", lambda device: None)
    for name, params in schemes.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise WrongUse(f"example {path}: SCHEMES: {name!r} is no scheme name: letters, digits, dots, dashes")
        if not isinstance(params, dict) or not all(
            isinstance(k, str) and isinstance(v, _PARAM_TYPES) for k, v in params.items()
        ):
            raise WrongUse(f"example {path}: SCHEMES[{name!r}]: expected a dict of names to numbers, texts or None")
    return [SchemeDefinition(name, path, params, quantize, unsupported) for name, params in schemes.items()]


def where(path: Path, error: BaseException) -> str:
    """The example's file with the line at which an error left it."""
    if isinstance(error, SyntaxError) and error.lineno:
        return f"{path}, line {error.lineno}"
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)]
    return f"{path}, line {lines[-1]}" if lines else str(path)


def find_schemes(extra: Path | None = None) -> dict[str, SchemeDefinition]:
    """All schemes of the repository's examples, and those of one more file.

    An example without `SCHEMES` shows something else than a scheme, such as how a model is saved.

    Raises:
        WrongUse: If the examples are not there, one is broken, or two define the same scheme.
    """
    files = [
        file for file in sorted(EXAMPLES.glob("*.py")) if _DEFINES_SCHEMES.search(file.read_text(encoding="utf-8"))
    ]
    if not files:
        raise WrongUse(f"no examples in {EXAMPLES}: run qdocs from a clone of its repository (`pip install -e .`)")
    if extra is not None and extra.resolve() not in files:
        files.append(extra)
    found: dict[str, SchemeDefinition] = {}
    for file in files:
        for scheme in load_example(file):
            if scheme.name in found:
                raise WrongUse(f"scheme {scheme.name!r} is in both {found[scheme.name].example} and {file}; rename one")
            found[scheme.name] = scheme
    if missing := {BASELINE, NOISE_FLOOR} - found.keys():
        raise WrongUse(f"the examples in {EXAMPLES} do not define {', '.join(sorted(missing))}")
    return found
