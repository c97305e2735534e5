"""What do all tests share?"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny real model."""
    from tiny import make_tiny

    return make_tiny(tmp_path_factory.mktemp("model") / "tiny")
