"""Do prose and an executed notebook become one page, and is what is wrong with the prose named with its file?"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from qdocs import notebooks
from qdocs.errors import WrongUse
from qdocs.publish import safe, snippets, walkthroughs
from qdocs.publish.names import BASE
from qdocs.publish.site import publish
from tests import factory
from tests.publish import cases

ROOT = Path(__file__).parents[2]
PAGE = Path("docs/int8-weight-only.ipynb")
FRONT = "---\ntitle: int8\nexample: int8_weight_only\nafter: go on\nnext:\n  terms.md: B\n  index.md: A\n---\n"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the examples and a run, published, and no walkthrough yet."""
    root = tmp_path_factory.mktemp("repo")
    for name in ("examples", "constraints.txt"):
        (root / name).symlink_to(ROOT / name)
    cases.copy_docs(root, "*.ipynb", "*-only.md")
    shutil.copytree(ROOT / notebooks.EXECUTED, root / notebooks.EXECUTED, dirs_exist_ok=True)
    (root / walkthroughs.PROSE).mkdir(exist_ok=True)
    factory.make_run(cases.folder(root), rounds=2)
    publish(root, with_stills=False)
    return root


@pytest.fixture
def root(published: Path) -> Iterator[Path]:
    """The same for each test, whatever others did to it."""
    yield published
    shutil.copytree(ROOT / notebooks.EXECUTED, published / notebooks.EXECUTED, dirs_exist_ok=True)


def write(root: Path, prose: str) -> nbformat.NotebookNode:
    """The page that comes of this prose."""
    (root / walkthroughs.PROSE / "int8-weight-only.md").write_text(f"{FRONT}\n{prose}\n", encoding="utf-8")
    return nbformat.reads(walkthroughs.pages(root)[PAGE], as_version=4)


def test_prose_and_cells_stand_in_order_with_what_was_printed(root: Path) -> None:
    page = write(root, '# int8\n\nFirst.\n\n{{ cell("snippet") }}\n\nThen.\n\n{{ cell("compare") }}\n\nLast.')
    assert [cell.cell_type for cell in page.cells] == ["markdown", "code", "markdown", "code", "markdown"]
    ran = nbformat.read(ROOT / notebooks.EXECUTED / "int8_weight_only.ipynb", as_version=4)
    sources = {cell.metadata["name"]: cell for cell in ran.cells if "name" in cell.metadata}
    assert page.cells[1].source == sources["snippet"].source
    assert page.cells[3].source == sources["compare"].source
    assert page.cells[3].outputs[0].text == sources["compare"].outputs[0].text
    assert "Then." in page.cells[2].source
    assert json.loads(page.metadata.page) == {
        "example": "int8_weight_only",
        "title": "int8",
        "after": "go on",
        "next": {"terms.md": "B", "index.md": "A"},
    }
    assert list(json.loads(page.metadata.page)["next"]) == ["terms.md", "index.md"]


def test_values_claims_and_tables_come_from_the_record(root: Path) -> None:
    prose = '{{ claim("int8wo.eager.speed-high < 1", "It is slower") }}: {{ value("int8wo.eager.speed") }}.\n\n'
    text = write(root, prose + '{{ beside("int8_weight_only") }}').cells[0].source
    assert "It is slower: <span" in text
    assert "0.77×" in text
    assert '<th scope="row"><code>int8wo</code></th>' in text
    assert "int4wo" not in text
    assert "Test processor" in text
    assert BASE not in text


def test_links_to_pages_and_terms_become_addresses(root: Path) -> None:
    text = write(root, '[a `b`](schemes.md#int8wo), [home](index.md), {{ term("scale") }}, [x](https://x.org)')
    source = text.cells[0].source
    assert '<a href="../schemes/#int8wo">a `b`</a>' in source
    assert '<a href="../">home</a>' in source
    assert '<a href="../terms/#scale" title="' in source
    assert 'class="q-term">scale</a>' in source
    assert "[x](https://x.org)" in source


@pytest.mark.parametrize(
    ("prose", "said"),
    [
        ('{{ cell("snipet") }}', "no cell of int8_weight_only is called 'snipet'; nearest: snippet"),
        ("[x](scheme.md)", "no page is called 'scheme'; nearest: schemes"),
        ('{{ value("int8wo.eager.sped") }}', "no value is called 'int8wo.eager.sped'; nearest: int8wo.eager.speed"),
        (
            '{{ claim("int8wo.eager.speed-low > 1", "It is faster") }}',
            "the records contradict the sentence 'It is faster'",
        ),
        ("{{ valeu() }}", "'valeu' is undefined"),
        ("{{ value( }}", "unexpected '}'"),
    ],
)
def test_what_is_wrong_stops_with_the_name_of_the_file(root: Path, prose: str, said: str) -> None:
    with pytest.raises(WrongUse) as caught:
        write(root, prose)
    assert str(caught.value).startswith("docs/walkthroughs/int8-weight-only.md: ")
    assert said in str(caught.value)


def test_front_matter_without_an_example_is_named(root: Path) -> None:
    (root / walkthroughs.PROSE / "int8-weight-only.md").write_text("---\ntitle: x\n---\n\nx\n", encoding="utf-8")
    with pytest.raises(
        WrongUse, match=r"^docs/walkthroughs/int8-weight-only.md: no key of the front matter .* 'example'"
    ):
        walkthroughs.pages(root)


def test_an_example_that_never_ran_is_named_with_the_remedy(root: Path) -> None:
    (root / notebooks.EXECUTED / "int4_hqq.ipynb").unlink()
    with pytest.raises(WrongUse, match=r"walkthroughs/int4_hqq.ipynb is missing: give `make walkthroughs`"):
        snippets.fragments(root)


def test_what_stands_below_code_is_escaped_and_names_both_downloads(root: Path) -> None:
    file = root / notebooks.EXECUTED / "int8_weight_only.ipynb"
    ran = json.loads(file.read_text(encoding="utf-8"))
    ran["metadata"]["qdocs"] |= {"device": cases.NASTY, "run_s": 61.4}
    ran["cells"][-1]["outputs"][0]["text"] = [cases.NASTY]
    file.write_text(json.dumps(ran), encoding="utf-8")
    made = snippets.fragments(root)["snippet/int8_weight_only"]
    assert made.count(safe.text(cases.NASTY)) == 2
    assert cases.HOSTILE not in made
    assert "Ran as a notebook in 61 s on " in made
    for ending in ("py", "ipynb"):
        assert f'href="{BASE}generated/downloads/int8_weight_only.{ending}" download' in made
    assert "\n" not in made


def test_downloads_are_the_script_and_its_notebook(root: Path) -> None:
    for example in notebooks.every(ROOT):
        there = root / "docs/generated/downloads" / example.name
        assert there.read_text(encoding="utf-8") == example.read_text(encoding="utf-8")
        assert there.with_suffix(".ipynb").read_text(encoding="utf-8") == notebooks.to_download(example)
