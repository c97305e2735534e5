"""How does a page put in what was prepared for it, without computing anything?

Macros for Markdown: `chart("speed-size")` of all runs, `chart("fidelity", "MODEL")` of a model's newest,
`table("latency")`, `task("facts")`, `calculator("memory")`, `rounding()`, `runs()`, `headline()`, `explorer()`,
`records()`, `history()`, `quiz("fundamentals")`, `quizzes()`, `tutor()`, `gallery()`, `case("SLUG", "PART")`,
`others_found()`,
`snippet("int4_weight_only", "select", "cpu", of="on a CPU")`, `printed("attention", "mask")`,
`downloads("int4_weight_only")`, `beside("int4_weight_only")`, `value("int8wo.eager.speed")`,
`has("int8wo.eager.speed")`, `scope("int8wo.eager.speed")`,
`claim("int8wo.eager.speed-high < 1", "a sentence")`, `reported("torchao-h100-int8wo")`, as a multiple of another
`reported("torchao-h100-int8wo", beside="torchao-h100-bf16")`, `terms()`, `term("flips",
"flip")`, `constant("record/latency.py", "PROBE_TOLERANCE", percent=True)`, and the variable `published`. An unknown
name, or a sentence that the records contradict, stops the build.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qdocs import notebooks
from qdocs.errors import QdocsError, WrongUse
from qdocs.publish import claims, constants, safe
from qdocs.publish import reported as figures
from qdocs.publish import terms as key_terms
from qdocs.publish.names import BASE, FRAGMENTS, GENERATED, NONE_YET, VALUES, look_up, of_model


def define_env(env: Any) -> None:
    """Give pages their macros; called by mkdocs-macros."""
    generated = Path(env.conf["docs_dir"]) / GENERATED.name
    try:
        prepared = json.loads((generated / VALUES).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SystemExit("docs/generated is missing: give `qdocs publish` first, then build the site") from None
    known = figures.load(Path(env.conf["docs_dir"]) / figures.FILE)
    vocabulary = key_terms.load(Path(env.conf["docs_dir"]) / key_terms.FILE)
    env.variables["published"] = prepared["published"]

    def stop(problem: QdocsError) -> SystemExit:
        return SystemExit(f"docs/{env.page.file.src_path}: {problem}")

    def fragment(kind: str, name: str) -> str:
        there = {path.stem: path for path in (generated / FRAGMENTS / kind).glob("*.html")}
        try:
            html = str(look_up(name, there, kind).read_text(encoding="utf-8"))
        except QdocsError as problem:
            raise stop(problem) from None
        return html.replace(BASE, _to_root(env.page.url))

    def named(name: str) -> dict[str, str]:
        if not prepared["published"]:
            return {"text": NONE_YET, "scope": NONE_YET}
        try:
            found: dict[str, str] = look_up(name, prepared["values"], "value")
        except WrongUse as problem:
            raise stop(problem) from None
        return found

    def chart(name: str, model: str = "") -> str:
        if model and not prepared["published"]:
            return NONE_YET
        return fragment("chart", of_model(name, model) if model else name)

    def table(name: str) -> str:
        return fragment("table", name)

    def task(name: str) -> str:
        return fragment("task", name)

    def calculator(name: str) -> str:
        return fragment("calculator", name)

    def rounding() -> str:
        return fragment("page", "rounding")

    def runs() -> str:
        return fragment("runs", Path(env.page.file.src_path).stem)

    def headline() -> str:
        return fragment("page", "headline")

    def explorer() -> str:
        return fragment("page", "explorer")

    def records() -> str:
        return fragment("page", "records")

    def history() -> str:
        return fragment("page", "history")

    def quiz(lesson: str) -> str:
        return fragment("quiz", lesson)

    def quizzes() -> str:
        return fragment("page", "quizzes")

    def tutor() -> str:
        return fragment("page", "tutor")

    def gallery() -> str:
        return fragment("page", "gallery")

    def case(slug: str, part: str) -> str:
        return fragment(f"case/{slug}", part)

    def others_found() -> str:
        found = fragment("found", Path(env.page.file.src_path).stem)
        # The address is what it was before: links and the tutor's questions lead there.
        return f"## Case studies {{ #what-others-found }}\n\n{found}" if found else ""

    def snippet(example: str, *regions: str, of: str = "") -> str:
        lesson = notebooks.LESSONS / f"{example}.py"
        file = (lesson if (generated.parent.parent / lesson).is_file() else notebooks.EXAMPLES / lesson.name).as_posix()
        code = "\n".join(f'--8<-- "{file}:{region}"' for region in regions)
        title = f"{file}, {of}" if of else file
        return f'```python title="{title}"\n{code}\n```\n\n{fragment("snippet", example)}'

    def printed(example: str, region: str = "") -> str:
        return fragment("printed", f"{example}-{region}" if region else example)

    def downloads(example: str) -> str:
        return fragment("downloads", example)

    def beside(example: str) -> str:
        return fragment("beside", example)

    def value(name: str) -> str:
        found = named(name)
        return f'<span class="q-value" title="{safe.text(found["scope"])}">{safe.text(found["text"])}</span>'

    def has(name: str) -> bool:
        return name in prepared["values"]

    def scope(name: str) -> str:
        return safe.text(named(name)["scope"])

    def claim(what: str, sentence: str) -> str:
        if prepared["published"]:
            try:
                claims.check(what, sentence, prepared["values"])
            except QdocsError as problem:
                raise stop(problem) from None
        return sentence

    def terms() -> str:
        try:
            return key_terms.page(vocabulary, prepared["values"], prepared["published"])
        except QdocsError as problem:
            raise stop(problem) from None

    def term(shown: str, name: str = "") -> str:
        try:
            return key_terms.inline(shown, name or shown, vocabulary)
        except QdocsError as problem:
            raise stop(problem) from None

    def reported(name: str, beside: str = "") -> str:
        try:
            figure = look_up(name, known, "reported figure")
            if beside:
                figure = figures.beside(figure, look_up(beside, known, "reported figure"))
            return figures.html(figure)
        except QdocsError as problem:
            raise stop(problem) from None

    def constant(file: str, name: str, percent: bool = False) -> str:
        try:
            return constants.text(constants.constant(file, name), percent)
        except QdocsError as problem:
            raise stop(problem) from None

    for macro in (
        chart,
        table,
        task,
        calculator,
        rounding,
        runs,
        headline,
        explorer,
        records,
        history,
        quiz,
        quizzes,
        tutor,
        gallery,
        case,
        others_found,
        snippet,
        printed,
        downloads,
        beside,
        value,
        has,
        scope,
        claim,
        reported,
        terms,
        term,
        constant,
    ):
        env.macro(macro)


def on_pre_page_macros(env: Any) -> None:
    """Give a walkthrough's page its front matter, which its notebook carries; called by mkdocs-macros for each page."""
    if env.page.file.src_uri.endswith(".ipynb"):
        env.page.meta |= json.loads(json.loads(env.markdown)["metadata"]["page"])


def _to_root(url: str) -> str:
    steps = [part for part in url.split("/")[:-1] if part not in ("", ".")]
    return "../" * len(steps) or "./"
