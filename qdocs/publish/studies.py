"""What do case studies come to: a page each, a gallery to filter, and a mention on each lesson that they bear on?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from qdocs.cases import LESSONS, UNDECIDED, Case
from qdocs.cases.story import HEADINGS, STORY
from qdocs.errors import WrongUse
from qdocs.publish import blocks, pages, run_tables, safe, story, values, words
from qdocs.publish.names import BASE
from qdocs.publish.runs import FoundRun
from qdocs.record import BASELINE, NOISE_FLOOR

FOLDER = "case-studies"
NONE = (
    "There is no case study yet. Yours could be the first: <code>qdocs case new NAME</code> begins one, and the lines "
    "below say how it goes on."
)
TABLES = {
    "latency": "Latency in full",
    "slower": "Where quantized was slower",
    "costs": "Cost by batch and prompt",
    "texts": "Texts",
    "encoding": "Encoding speed",
    "quantizing": "Time to quantize",
    "coverage": "Coverage and skipped layers",
    "states": "Cells not measured",
    "environment": "Environment",
}
GROUPS = ("model", "device", "scheme", "decision")
OURS = "qdocs"
ALL_OURS = "<p>All are the guide&#39;s own so far. Yours would be the first by a reader.</p>"


def by_case(runs: list[FoundRun]) -> dict[str, list[FoundRun]]:
    """The runs of each case study by its name, the newest case first."""
    made: dict[str, list[FoundRun]] = {}
    for found in runs:
        if found.case:
            made.setdefault(found.case.slug, []).append(found)
    return dict(sorted(made.items(), key=lambda item: (_case(item[1]).about.date, item[0]), reverse=True))


def fragments(runs: list[FoundRun], made: list[blocks.Drawn], folder: Path) -> dict[str, str]:
    """The pieces of the gallery, of the lessons and of each case's page.

    Args:
        runs: Those of cases.
        made: All charts of all runs.
        folder: The folder of everything generated.

    Raises:
        WrongUse: If a story names a value that no record of its case has.
    """
    studies = by_case(runs)
    pieces = {"page/gallery": _gallery(studies)}
    for lesson in LESSONS:
        mentions = "".join(_mention(own) for own in studies.values() if lesson in _case(own).about.lessons)
        pieces[f"found/{lesson}"] = f"<ul>{mentions}</ul>" if mentions else ""
    for slug, own in studies.items():
        pieces[f"case/{slug}/title"] = f"<h1>{safe.text(_case(own).about.title)}</h1>"
        pieces[f"case/{slug}/about"] = _about(own)
        pieces |= {f"case/{slug}/{part(heading)}": html for heading, html in _story(own).items()}
        for index, found in enumerate(own, 1):
            pieces[f"case/{slug}/run-{index}"] = _measured(found, made, folder)
    return pieces


def markdown(runs: list[FoundRun]) -> dict[str, str]:
    """The page of each case by its place in the site, as Markdown that only names pieces."""
    return {f"{FOLDER}/{slug}.md": _page(slug, own) for slug, own in by_case(runs).items()}


def part(heading: str) -> str:
    """The name of the piece under a heading of the story."""
    return re.sub(r"[^a-z]+", "-", heading.lower())


def _case(own: list[FoundRun]) -> Case:
    found = own[0].case
    assert found is not None
    return found


def _page(slug: str, own: list[FoundRun]) -> str:
    about = _case(own).about
    # JSON is YAML, and leaves nothing in a text that could end it.
    front = {
        "title": about.title,
        "description": about.question,
        "after": "say what was measured for this decision, and what would change it",
        "next": {f"{FOLDER}/index.md": "All case studies", "evaluation.md": "Design an evaluation of your own"},
        "render_macros": True,
    }
    lines = ["---", *(f"{name}: {json.dumps(value)}" for name, value in front.items()), "---"]
    lines += [_piece(slug, "title"), _piece(slug, "about")]
    for heading in HEADINGS:
        lines += [f"## {heading}", _piece(slug, part(heading))]
    lines.append("## What was measured")
    for index, found in enumerate(own, 1):
        day = f"{found.run.started_at.day} {found.run.started_at:%B %Y}"
        lines += [f"### Run {index}, {day}", _piece(slug, f"run-{index}")]
    head = lines.index("---", 1) + 1
    return "\n".join(lines[:head]) + "\n\n" + "\n\n".join(lines[head:]) + "\n"


def _piece(slug: str, name: str) -> str:
    return f'{{{{ case("{slug}", "{name}") }}}}'


def _about(own: list[FoundRun]) -> str:
    about = _case(own).about
    facts = {
        "Question": about.question,
        "By": f"{about.author}, story under {about.licence}",
        "Model": about.model,
        "Workload": about.workload,
        "Measured on": words.listed(_devices(own)),
        "Schemes": words.listed(_schemes(own)),
        "Decision": f"{_decided(about.decision)}, {about.date.day} {about.date:%B %Y}",
    }
    listed = "".join(f"<dt>{name}</dt><dd>{safe.text(told)}</dd>" for name, told in facts.items())
    return (
        f'<dl class="q-about">{listed}</dl><p class="q-from">The story is its author&#39;s. Charts, tables and marked '
        "values come from the records, which were recomputed from their samples. "
        f'<a href="{BASE}{FOLDER}/">All case studies</a></p>'
    )


def _story(own: list[FoundRun]) -> dict[str, str]:
    case = _case(own)
    named: dict[str, values.Value] = {}
    for found in own:
        for name, value in values.of_run(found).items():
            named.setdefault(name, value)
            named[f"{found.name}:{name}"] = value
    try:
        return story.html(case.story, named)
    except WrongUse as problem:
        raise WrongUse(f"{case.folder / STORY}: {problem}") from None


def _measured(found: FoundRun, made: list[blocks.Drawn], folder: Path) -> str:
    pieces = [*blocks.of_run(found, made, folder)]
    tables = run_tables.of_run(found)
    pieces += [(title, tables[name]) for name, title in TABLES.items() if name in tables]
    shown = "".join(f"<h4>{title}</h4>{html}" for title, html in pieces)
    return f'<div class="q-run"><p class="q-name">{pages.name(found)}</p>{shown}</div>'


def _gallery(studies: dict[str, list[FoundRun]]) -> str:
    if not studies:
        return f'<p class="q-none">{NONE}</p>'
    shown = {slug: _values(own) for slug, own in studies.items()}
    cards = "".join(_card(own, shown[slug]) for slug, own in studies.items())
    buttons = "".join(_filter(group, [v for each in shown.values() for v in each[group]]) for group in GROUPS)
    told = ALL_OURS if all(_case(own).about.author == OURS for own in studies.values()) else ""
    return (
        f'{told}<div class="q-gallery"><div class="q-filters">{buttons}<p class="q-picked" role="status"></p></div>'
        f'<ul class="q-cases">{cards}</ul>'
        '<p class="q-empty" hidden data-search-exclude>No case study is like that. Take a filter back.</p></div>'
    )


def _values(own: list[FoundRun]) -> dict[str, list[str]]:
    about = _case(own).about
    decision = [_decided(about.decision)]
    return {"model": [about.model], "device": _devices(own), "scheme": _schemes(own), "decision": decision}


def _filter(group: str, told: Iterable[str]) -> str:
    """Buttons for what cases differ in; nothing where they do not."""
    each = sorted(dict.fromkeys(told))
    if len(each) < 2:
        return ""
    buttons = "".join(
        f'<button type="button" class="q-button q-pick" data-group="{group}" data-token="{_token(one)}" '
        f'aria-pressed="false">{safe.text(one)}</button>'
        for one in each
    )
    return (
        f'<p class="q-picker-head" id="q-{group}">{group.capitalize()}</p>'
        f'<div class="q-picks" role="group" aria-labelledby="q-{group}">{buttons}</div>'
    )


def _card(own: list[FoundRun], shown: dict[str, list[str]]) -> str:
    about = _case(own).about
    tokens = " ".join(f'data-{group}="{" ".join(map(_token, told))}"' for group, told in shown.items())
    facts = " · ".join(safe.text(words.listed(shown[name])) for name in ("model", "device", "scheme"))
    return (
        f'<li class="q-case" {tokens}><h2>{_link(own)}</h2><p>{safe.text(about.question)}</p>'
        f'<p><strong class="q-mark">{safe.text(_decided(about.decision))}</strong></p>'
        f'<p class="q-from">{facts} · by {safe.text(about.author)}, {about.date.day} {about.date:%B %Y}</p></li>'
    )


def _mention(own: list[FoundRun]) -> str:
    about = _case(own).about
    where = f"{about.model} on {words.listed(_devices(own))}"
    told = f"{about.question} Decision: {about.decision} ({where}). By {about.author}."
    return f"<li>{_link(own)}: {safe.text(told)}</li>"


def _link(own: list[FoundRun]) -> str:
    case = _case(own)
    return f'<a href="{BASE}{FOLDER}/{case.slug}/">{safe.text(case.about.title)}</a>'


def _devices(own: list[FoundRun]) -> list[str]:
    return sorted({words.device(found) for found in own})


def _schemes(own: list[FoundRun]) -> list[str]:
    return list(dict.fromkeys(s for found in own for s in found.schemes if s not in (BASELINE, NOISE_FLOOR)))


def _decided(decision: str) -> str:
    return {UNDECIDED: UNDECIDED, BASELINE: f"kept {BASELINE}"}.get(decision, f"took {decision}")


def _token(told: str) -> str:
    """What a filter is called in the address."""
    return "-".join(re.findall(r"[a-z0-9.]+", told.lower())) or "other"
