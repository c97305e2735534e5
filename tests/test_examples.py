"""Do example files say what they should, and are mistakes in them named with file and line?"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from qdocs.errors import WrongUse
from qdocs.schemes import EXAMPLES, find_schemes, load_example

FILES = sorted(EXAMPLES.glob("*.py"))
ALLOWED = {"torch", "torchao", "transformers", "safetensors", "accelerate", "pathlib"}
REGION = re.compile(r"# --8<-- \[start:(\w+)\]\n(.*?)# --8<-- \[end:\1\]", re.S)


def test_the_examples_define_the_schemes_of_the_design() -> None:
    assert {name: s.example.name for name, s in find_schemes().items()} == {
        "bf16": "bf16_baseline.py",
        "fp32": "bf16_baseline.py",
        "int8wo": "int8_weight_only.py",
        "int4wo-g32": "int4_weight_only.py",
        "int4wo-g64": "int4_weight_only.py",
        "int4wo-g128": "int4_weight_only.py",
        "int4wo-g32-hqq": "int4_hqq.py",
        "int4wo-g32-int8head": "int4_with_int8_head.py",
        "int8wo-head": "quantized_head.py",
        "int4wo-g64-head": "quantized_head.py",
        "int4wo-g128-head": "quantized_head.py",
    }


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_marked_regions_need_only_torch_torchao_transformers_and_what_comes_with_them(file: Path) -> None:
    regions = REGION.findall(file.read_text(encoding="utf-8"))
    assert regions, "no marked region"
    for _, code in regions:
        for node in ast.walk(ast.parse(code)):
            modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert {m.split(".")[0] for m in modules} <= ALLOWED


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_scripts_are_percent_format_with_prose_first(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# %% [markdown]"
    assert lines[1].startswith("# # ")
    assert sum(line.startswith("# %%") for line in lines) >= 4


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("x = 1\n", "expected SCHEMES"),
        ("SCHEMES = {}\n", "expected SCHEMES"),
        ("SCHEMES = ['a']\n", "expected SCHEMES"),
        ("SCHEMES = {'a': {}}\n", "expected a function quantize"),
        ("SCHEMES = {'a': {}}\nquantize = 3\n", "expected a function quantize"),
        ("def quantize(m): return m\nSCHEMES = {'a b': {}}\n", "is no scheme name"),
        ("def quantize(m): return m\nSCHEMES = {3: {}}\n", "is no scheme name"),
        ("def quantize(m): return m\nSCHEMES = {'a': [1]}\n", "expected a dict of names to numbers"),
        ("def quantize(m): return m\nSCHEMES = {'a': {'f': print}}\n", "expected a dict of names to numbers"),
        ("\n\nraise RuntimeError('no luck')\n", "line 3: RuntimeError: no luck"),
        ("import torch\nx = (\n", "line 2: SyntaxError"),
        ("\nimport no_such_package_here\n", "line 2: ModuleNotFoundError"),
    ],
)
def test_a_wrong_example_is_named(tmp_path: Path, code: str, said: str) -> None:
    file = tmp_path / "mine.py"
    file.write_text(code, encoding="utf-8")
    with pytest.raises(WrongUse) as caught:
        load_example(file)
    assert said in str(caught.value)
    assert str(file) in str(caught.value)


def test_a_missing_example_and_a_name_taken_twice_are_named(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="no such file"):
        load_example(tmp_path / "none.py")
    file = tmp_path / "mine.py"
    file.write_text("def quantize(m): return m\nSCHEMES = {'int8wo': {}}\n", encoding="utf-8")
    with pytest.raises(WrongUse, match=r"int8wo.*rename one"):
        find_schemes(file)
