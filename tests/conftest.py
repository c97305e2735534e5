"""What do all tests share?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# Two test processes share the cores: with one thread each they do not wait for each other's.
os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny real model."""
    from tests.tiny import make_tiny

    return make_tiny(tmp_path_factory.mktemp("model") / "tiny")
