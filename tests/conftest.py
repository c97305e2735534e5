"""What do all tests share?"""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny real model."""
    from tests.tiny import make_tiny

    return make_tiny(tmp_path_factory.mktemp("model") / "tiny")
