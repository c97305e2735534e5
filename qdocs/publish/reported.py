"""Which figures were reported elsewhere, by whom, and how are they marked so that nobody takes them for ours?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, TypeAdapter

from qdocs.errors import WrongUse
from qdocs.publish import handwritten, safe, words

FILE = "data/reported.yml"


# The model that torchao's table and this guide's GPU suite share.
DECODED = "shape:llama-3.1-8b"


class Decode(BaseModel):
    """A decode speed of `DECODED` at batch 1, compiled, as a number: with which of our schemes, on which device."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    scheme: Annotated[str, Field(min_length=1)]
    device: Annotated[str, Field(min_length=1)]
    tokens_per_s: Annotated[float, Field(gt=0)]
    peak_gb: Annotated[float, Field(gt=0)]


class Reported(BaseModel):
    """A figure that others reported.

    `text` is the figure as it stands in prose, `setup` what it was measured on as far as the source says; the source
    has a version, a commit or a date, so that it can be found again as it was. `decode` has the number for the chart
    that sets it beside ours.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Annotated[str, Field(min_length=1)]
    setup: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    url: HttpUrl
    decode: Decode | None = None


FIGURES = TypeAdapter(dict[str, Reported])


def load(path: Path) -> dict[str, Reported]:
    """Read the file of reported figures.

    Raises:
        WrongUse: If it is not as expected, with file and key.
    """
    return handwritten.load(path, FIGURES)


def beside(figure: Reported, baseline: Reported) -> Reported:
    """A decode speed as a multiple of another one from the same source.

    Raises:
        WrongUse: If one of them has no number, or they are not of one source.
    """
    if figure.decode is None or baseline.decode is None or figure.url != baseline.url:
        raise WrongUse(f"{figure.text} and {baseline.text} are no two decode speeds of one source")
    text = words.ratio(figure.decode.tokens_per_s / baseline.decode.tokens_per_s)
    return figure.model_copy(update={"text": text, "setup": f"{figure.setup}: {figure.text} against {baseline.text}"})


def html(figure: Reported) -> str:
    """The figure with a mark that leads to its source; what it was measured on is the mark's title."""
    told = f"Reported, not measured here. {figure.setup}. {figure.source}."
    return (
        f'<span class="q-reported">{safe.text(figure.text)}</span> '
        f'(<a href="{safe.text(figure.url)}" title="{safe.text(told)}">reported</a>)'
    )
