"""How is a data file that people write read, and what is said when it is not as expected?"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from qdocs.errors import WrongUse

T = TypeVar("T")


def load(path: Path, expected: TypeAdapter[T]) -> T:
    """Read a YAML file.

    Raises:
        WrongUse: If it is not as expected, with file and key.
    """
    try:
        return expected.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError) as error:
        raise WrongUse(f"{path} cannot be read: {error}") from None
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise WrongUse(f"{path}: {told}") from None
