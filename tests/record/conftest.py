from __future__ import annotations

from pathlib import Path

import pytest

from tests.record.small import small_run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a small valid record, a fresh one for each test."""
    return small_run(tmp_path)
