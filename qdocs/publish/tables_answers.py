"""How do answers, texts and sentence vectors become tables?"""

from __future__ import annotations

import pandas as pd

from qdocs.publish import chart_embedding, safe, words
from qdocs.publish.frames import Row, records
from qdocs.publish.frames_answers import SCORES
from qdocs.publish.tables import INTERVAL, Column, Render, code, form, html
from qdocs.record import BASELINE

AT_CHANCE = "not judged, baseline at chance"
_TITLE = Column("kind of task", lambda r: safe.text(r["title"]), numeric=False)
_SCHEME = Column("scheme", code("scheme"), numeric=False)
_mean_margin = form("margin_mean_nats", lambda value: words.signed(value, 2))
_COVERAGE = Column("coverage", form("coverage", words.coverage))


def accuracy(rows: pd.DataFrame) -> str:
    """Accuracy by kind and scheme: change, flips, corrected p, what would have been seen, verdict."""
    columns = [
        _TITLE,
        _SCHEME,
        _VERDICT,
        Column("items, templates", lambda r: f"{r['items']:,}, {r['templates']:,}"),
        Column("chance", lambda r: "no choices" if words.missing(r["chance"]) else words.percent(r["chance"])),
        Column(f"accuracy of {BASELINE}", form("accuracy_baseline", words.percent)),
        Column("accuracy", form("accuracy", words.percent)),
        Column(f"change in points, {INTERVAL}", _accuracy_change),
        Column("became wrong", _compared("lost")),
        Column("became right", _compared("gained")),
        Column("p, Holm", _p),
        Column("a drop that would have been seen", _drop),
        Column("ties", lambda r: f"{r['ties']:,}"),
        _COVERAGE,
    ]
    if rows["exact_accuracy"].notna().any():
        columns.insert(7, Column("letter by letter", form("exact_accuracy", words.percent)))
    return html(records(rows), columns, "Accuracy by kind of task")


def margin(rows: pd.DataFrame) -> str:
    """Mean margin by kind and scheme, its change and the smallest fall that would have been seen."""
    drawn = rows[rows["margin_mean_nats"].notna()]
    unit = drawn["margin_unit"].iloc[0]
    columns = [
        _TITLE,
        _SCHEME,
        _VERDICT,
        Column(f"mean margin, {unit}", _mean_margin),
        Column(f"change, {INTERVAL}", _margin_change),
        Column("a fall that would have been seen", _fall),
        Column("baseline at chance", lambda r: "yes" if r["at_chance"] else "no", numeric=False),
        _COVERAGE,
    ]
    return html(records(drawn), columns, "Margin by kind of task")


def preference(rows: pd.DataFrame) -> str:
    """Preference pairs by scheme: mean margin, its change, what would have been seen, pairs turned each way."""
    columns = [
        _SCHEME,
        Column("pairs, themes", lambda r: f"{r['items']:,}, {r['templates']:,}"),
        Column("chosen answer likelier", form("accuracy", words.percent)),
        Column(f"mean margin, {rows['margin_unit'].iloc[0]}", _mean_margin),
        Column(f"change, {INTERVAL}", _margin_change),
        Column("a fall that would have been seen", _fall),
        Column("turned to rejected", _compared("lost")),
        Column("turned to chosen", _compared("gained")),
        _COVERAGE,
    ]
    return html(records(rows), columns, "Preference pairs")


def texts(rows: pd.DataFrame) -> str:
    """Perplexity and divergence on a reader's own texts."""
    columns = [
        Column("texts", lambda r: safe.text(r["title"]), numeric=False),
        _SCHEME,
        Column("how many", lambda r: f"{r['items']:,}"),
        Column("positions", lambda r: f"{r['positions']:,}"),
        Column("perplexity", form("perplexity", words.number)),
        Column(f"× {BASELINE}, {INTERVAL}", _perplexity),
        Column("mean KL, nats", form("kl_mean_nats", words.nats)),
        Column("p99", form("kl_p99_nats", words.nats)),
        Column("top-1 agreement", form("top1_agreement", words.percent)),
        _COVERAGE,
    ]
    return html(records(rows), columns, "Own texts")


def embedding(rows: pd.DataFrame) -> str:
    """Sentence vectors: closeness to the baseline's, retrieval and ranking with their change, verdict."""
    columns = [
        _SCHEME,
        _VERDICT,
        _COVERAGE,
        Column("cosine to baseline, mean", form("cosine_mean", _cosine)),
        Column("cosine, least", form("cosine_min", _cosine)),
        Column("overlap@10", form("overlap_at_10", words.percent)),
        Column("top-1 agreement", form("top1_agreement", words.percent)),
    ]
    for score, title in SCORES.items():
        columns += [
            Column(title, form(score, lambda v: f"{v:.3f}", f"{score}_note")),
            Column(f"change in points, {INTERVAL}", _score_change(score)),
        ]
    columns += [
        Column("became wrong", _compared("lost")),
        Column("became right", _compared("gained")),
        Column("p, Holm", _p),
        Column("a drop that would have been seen", _drop),
    ]
    return html(records(rows), columns, "Sentence embeddings")


def _compared(name: str) -> Render:
    return lambda row: _uncompared(row) if words.missing(row[name]) else f"{row[name]:,}"


def _uncompared(row: Row) -> str:
    return "the baseline" if row["scheme"] == BASELINE else "not compared"


def _verdict(row: Row) -> str:
    if row["scheme"] == BASELINE and row.get("at_chance"):
        return "the baseline, at chance"
    return safe.text(row["verdict"])


def _accuracy_change(row: Row) -> str:
    if words.missing(row["accuracy_change_points"]):
        return _uncompared(row)
    if row["at_chance"]:
        return AT_CHANCE
    ends = (row["accuracy_change_low_points"], row["accuracy_change_high_points"])
    return words.change(row["accuracy_change_points"], *ends, row["accuracy_basis"])


def _margin_change(row: Row) -> str:
    if words.missing(row["margin_change_nats"]):
        return _uncompared(row)
    ends = (row["margin_change_low_nats"], row["margin_change_high_nats"])
    return words.change(row["margin_change_nats"], *ends, row["margin_basis"], digits=2)


def _p(row: Row) -> str:
    if words.missing(row["p_mcnemar"]):
        return _uncompared(row)
    return AT_CHANCE if words.missing(row["p_holm"]) else words.p_value(row["p_holm"])


def _drop(row: Row) -> str:
    if words.missing(row["p_mcnemar"]):
        return _uncompared(row)
    if row.get("at_chance"):
        return AT_CHANCE
    drop = row["detectable_drop_points"]
    if words.missing(drop):
        return "none"
    return f"{words.up(drop, 1):.1f} points"


def _fall(row: Row) -> str:
    if words.missing(row["margin_change_nats"]):
        return _uncompared(row)
    fall = row["margin_detectable_fall_nats"]
    return "none" if words.missing(fall) else f"{words.up(fall, 2):.2f}"


def _perplexity(row: Row) -> str:
    if row["scheme"] == BASELINE:
        return "1, the baseline"
    if row["interval_basis"] == "none":
        return f"{row['perplexity_ratio']:.4f} (no interval)"
    ends = words.span(row["perplexity_ratio_low"], row["perplexity_ratio_high"], ".4f")
    return f"{row['perplexity_ratio']:.4f} ({ends})"


def _score_change(score: str) -> Render:
    return lambda r: _uncompared(r) if words.missing(r[f"{score}_change_points"]) else chart_embedding.told(r, score)


def _cosine(value: float) -> str:
    return f"{value:.4f}" if value < 0.99995 or value == 1 else "more than 0.9999"


_VERDICT = Column("verdict", _verdict, numeric=False, long=True)
