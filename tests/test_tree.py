"""Is the house as the architecture page draws it?"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted(p for p in (ROOT / "qdocs").rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))
def test_each_file_says_which_question_it_answers(file: Path) -> None:
    docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    assert docstring
    first = docstring.splitlines()[0]
    assert first.endswith("?") or file.name == "__init__.py", first


def test_the_architecture_page_names_every_room() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = re.search(r"## The rooms\n(.*?)\n## ", page, re.S)
    assert rooms
    for file in (ROOT / "qdocs").glob("*.py"):
        if not file.name.startswith("__"):
            assert f"{file.name}`" in rooms[1], f"{file.name} is not on the page"
    for folder in (p.parent.name for p in (ROOT / "qdocs").glob("*/__init__.py")):
        assert f"qdocs/{folder}/`" in rooms[1]
    for named in re.findall(r"`(?:qdocs/)?(\w+\.py)`", rooms[1]):
        assert list((ROOT / "qdocs").rglob(named)), f"{named} is on the page and not in the tree"


def test_the_parent_process_never_imports_torch() -> None:
    code = "import sys, qdocs.cli, qdocs.runner, qdocs.terminal, qdocs.suites; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_import_contracts_hold() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
