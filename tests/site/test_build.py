from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
import yaml

from qdocs.publish.site import publish
from qdocs.record import SCHEMA_VERSION
from tests.site.conftest import (
    ACCURACY_PAGE,
    ENCODER,
    HOSTILE,
    MINE,
    PUBLISHED,
    ROOT,
    SPEED_PAGE,
    TASKS,
    Site,
    build,
    copy_of_the_repository,
)

pytestmark = pytest.mark.xdist_group("site")


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids.add(found.get("id") or "")
        for name in ("href", "src", "srcset", "data-figure", "data-plotly"):
            if found.get(name) and found.get("rel") != "canonical":
                self.targets.append(found[name] or "")
        self.inline += [name for name in found if name.startswith("on")]


def test_tests_of_the_site_share_a_worker(request: pytest.FixtureRequest) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith("@site"), "else every worker builds the site for itself"


def pages(site: Site) -> list[Path]:
    return sorted(site.folder.rglob("*.html"))


def test_every_link_within_the_site_leads_somewhere(site: Site) -> None:
    known = {path: Links(path.read_text(encoding="utf-8")) for path in pages(site)}
    broken = []
    for path, links in known.items():
        here = "http://site/" + path.relative_to(site.folder).as_posix()
        if path.name == "404.html":
            continue  # served from any depth, so its links start at the configured address
        for target in links.targets:
            full, anchor = urldefrag(urljoin(here, target))
            parts = urlsplit(full)
            if parts.netloc != "site":
                continue
            file = site.folder / unquote(parts.path).lstrip("/")
            file = file / "index.html" if file.is_dir() else file
            if not file.is_file() or (anchor and file in known and anchor not in known[file].ids):
                broken.append((path.name, target))
    assert broken == []


def test_the_page_for_what_is_not_found_leads_on(site: Site) -> None:
    article = (site.folder / "404.html").read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
    targets = Links(article).targets
    assert targets == ["/", "/results/", "/schemes/"], "from the root: it is served from any depth"
    assert "or search" in article
    for target in targets:
        assert (site.folder / target.lstrip("/") / "index.html").is_file(), target


def test_the_record_and_its_files_are_served(site: Site) -> None:
    assert (site.folder / f"data/runs/{PUBLISHED}/run.json").is_file()
    assert (site.folder / f"generated/runs/{MINE}/run.json").is_file()
    assert (site.folder / f"data/schema/run-{SCHEMA_VERSION}.json").is_file()
    assert not (site.folder / "generated/fragments").exists()


def test_pages_carry_no_handlers_of_their_own(site: Site) -> None:
    for path in pages(site):
        text = path.read_text(encoding="utf-8")
        assert Links(text).inline == []
        assert "window.hacked" not in "".join(re.findall(r"<script[^>]*>(.*?)</script>", text, re.S))


def test_nothing_is_fetched_from_another_host(site: Site) -> None:
    for path in pages(site):
        text = path.read_text(encoding="utf-8")
        fetched = re.findall(r"<(?:script|img|source|link|iframe)[^>]+(?:src|srcset|href)=\"(https?://[^\"]+)", text)
        assert [url for url in fetched if not url.startswith("http://127.0.0.1:8000/")] == []


def test_stills_are_drawn_in_both_palettes_and_widths(site: Site) -> None:
    for run, charts in ((PUBLISHED, 6), (MINE, 6), (HOSTILE, 6), (TASKS, 2), (ENCODER, 2)):
        stills = list((site.folder / f"generated/runs/{run}").glob("*.svg"))
        assert len(stills) == 4 * charts
        for still in stills:
            text = still.read_text(encoding="utf-8")
            assert text.startswith("<svg")
            assert "<script" not in text
            assert 'href="http' not in text


def test_stills_come_when_they_are_needed_and_keep_their_place(site: Site) -> None:
    texts = [(site.folder / page / "index.html").read_text(encoding="utf-8") for page in (SPEED_PAGE, ACCURACY_PAGE)]
    stills = [still for text in texts for still in re.findall(r"<img [^>]*\.svg\"[^>]*>", text)]
    assert len(stills) == 20 * 2
    assert all('loading="lazy"' in still and "alt=" in still for still in stills)
    assert sum(len(re.findall(r'style="--q-wide:\d+px;--q-narrow:\d+px"', text)) for text in texts) == 20


def test_the_first_page_has_the_headline_with_its_scope(site: Site) -> None:
    text = (site.folder / "index.html").read_text(encoding="utf-8")
    assert "0.77×, slower" in text
    assert "erives from 4-bit weights" in text
    assert "Test processor" in text
    assert "batch 1" in text


def test_every_page_says_below_its_heading_how_long_it_takes_and_at_its_end_where_to_go_on(site: Site) -> None:
    for path in pages(site):
        if path.name == "404.html":
            continue
        text = path.read_text(encoding="utf-8")
        lead = r'</h1>\s*<p class="q-lead">About (a minute|\d+ minutes) to read\. Afterwards you can [^<]+[^<.]\.</p>'
        assert len(re.findall(lead, text)) == 1, path
        onward = re.findall(r'<nav class="q-onward" aria-label="Read on">(.*?)</nav>\s*</article>', text, re.S)
        assert len(onward) == 1, path
        assert re.search(r'<a href="[^"]+">[A-Z][^<]+</a>', onward[0]), path


def test_the_changelog_is_the_repository_s(site: Site) -> None:
    source = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    page = (site.folder / "changelog/index.html").read_text(encoding="utf-8")
    article = page.partition("<article")[2].partition("q-onward")[0]
    for tag, mark in (("<h1 ", "# "), ("<h2 ", "## "), ("<h3 ", "### "), ("<li", "- ")):
        assert article.count(tag) == len([line for line in source.splitlines() if line.startswith(mark)]) > 0


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the repository without a run, published."""
    copy_of_the_repository(tmp_path)
    publish(tmp_path, with_stills=False)
    return tmp_path


def test_without_a_run_the_site_builds_and_says_so(small: Path) -> None:
    done = build(small)
    assert done.returncode == 0, done.stdout + done.stderr
    for page in ("index.html", "results/index.html", "results-accuracy/index.html", "tasks/index.html"):
        assert "o run is published yet" in (small / "site" / page).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{{ chart("speed") }}', "docs/index.md: no chart is called 'speed'; nearest: speed-size"),
        ('{{ task("fact") }}', "docs/index.md: no task is called 'fact'; nearest: facts"),
        ('{{ table("latencies") }}', "docs/index.md: no table is called 'latencies'; nearest: latency"),
        ("{{ charts() }}", "'charts' is undefined"),
    ],
)
def test_an_unknown_name_stops_the_build_and_names_page_and_nearest(small: Path, line: str, told: str) -> None:
    with (small / "docs/index.md").open("a") as page:
        page.write(f"\n{line}\n")
    done = build(small)
    assert done.returncode != 0
    assert told in done.stdout + done.stderr
    assert "index.md" in done.stdout + done.stderr


def test_an_unknown_value_stops_the_build(small: Path) -> None:
    from tests.publish import cases

    cases.later(cases.folder(small, PUBLISHED), 0)
    publish(small, with_stills=False)
    with (small / "docs/index.md").open("a") as page:
        page.write('\n{{ value("int8wo.eager.sped") }}\n')
    done = build(small)
    assert done.returncode != 0
    assert "docs/index.md: no value is called 'int8wo.eager.sped'; nearest: int8wo.eager.speed" in done.stderr


def test_without_publishing_first_the_build_says_what_to_do(small: Path) -> None:
    import shutil

    shutil.rmtree(small / "docs/generated")
    done = build(small)
    assert done.returncode != 0
    assert "docs/generated is missing: give `qdocs publish` first" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_repository_is_linked_plainly_where_it_is_known(small: Path) -> None:
    linked = '<a href="https://example.org/who/guide">Repository</a>'
    for environment, shown in (({}, False), ({"QDOCS_REPO_URL": "https://example.org/who/guide"}, True)):
        assert build(small, **environment).returncode == 0
        text = (small / "site/index.html").read_text(encoding="utf-8")
        assert (linked in text) == shown
        assert "md-source" not in text, "the theme's own link asks another host"


@pytest.mark.parametrize("line", ["[x](no-such-page.md)", "[x](results.md#no-such-part)", '--8<-- "no-such-file.py"'])
def test_a_broken_link_or_snippet_stops_the_build(small: Path, line: str) -> None:
    with (small / "docs/index.md").open("a") as page:
        page.write(f"\n{line}\n")
    assert build(small).returncode != 0


def test_a_snippet_s_marked_region_can_be_taken_in(small: Path) -> None:
    (small / "a_script.py").write_text("secret = 1\n# --8<-- [start:snippet]\nshown = 2\n# --8<-- [end:snippet]\n")
    with (small / "docs/index.md").open("a") as page:
        page.write('\n```python\n--8<-- "a_script.py:snippet"\n```\n')
    assert build(small).returncode == 0
    text = re.sub(r"<[^>]+>", "", (small / "site/index.html").read_text(encoding="utf-8"))
    assert "shown = 2" in text
    assert "secret = 1" not in text


def test_configuration_keeps_what_the_design_asks() -> None:
    class Loose(yaml.SafeLoader):
        pass

    Loose.add_multi_constructor("!", lambda loader, suffix, node: (suffix, getattr(node, "value", None)))
    config = yaml.load((ROOT / "mkdocs.yml").read_text(), Loose)
    assert set(config["validation"]["links"].values()) == set(config["validation"]["nav"].values()) == {"warn"}
    assert config["validation"]["links"].keys() == {"not_found", "anchors", "absolute_links", "unrecognized_links"}
    assert config["theme"]["font"] is False
    assert not any("instant" in feature for feature in config["theme"]["features"])
    assert config["site_url"][0] == config["extra"]["repository"][0] == "ENV"
    assert "repo_url" not in config
