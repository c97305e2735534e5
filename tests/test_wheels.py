"""How are wheels fetched, where there is no pip, and where a process goes on to compile?"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from qdocs import wheels
from qdocs.errors import Stopped

NOTHING = wheels.Wheel("no-such-package==1", "no_such_package-1-py3-none-any.whl", "0" * 64)


def test_without_pip_the_error_says_how_to_get_it_and_how_to_do_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setenv("QDOCS_CACHE", str(tmp_path))
    monkeypatch.setattr(wheels, "version", absent)
    with pytest.raises(Stopped, match=r"pip is needed .* `python -m ensurepip`, or put no_such_package"):
        wheels.fetch(NOTHING)


def test_a_process_that_fetched_can_still_import_what_compiling_needs(tmp_path: Path) -> None:
    code = """
from qdocs import wheels
from qdocs.errors import Stopped
from tests.test_wheels import NOTHING
try:
    wheels.fetch(NOTHING)
except Stopped as error:
    print(error)
import setuptools
"""
    env = os.environ | {"QDOCS_CACHE": str(tmp_path), "PIP_NO_INDEX": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert "cannot fetch no-such-package==1" in done.stdout
    assert done.returncode == 0, done.stderr
