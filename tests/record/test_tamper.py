"""Is every change to a finished record noticed, except in what cannot be known from the record alone?"""

from __future__ import annotations

import copy
import gzip
import hashlib
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qdocs import record as r
from tests.record.small import NAME, Place, get, leaves, load, objects, place, replaced, save, small_run
from tests.record.strategies import thorough

# What stands in a record on the word of the machine that made it: where, when and from what. Nothing else in the record
# says it again, so a change that keeps type and range goes unnoticed. A place that gets a rule must leave this list.
UNKNOWABLE = {
    # the run
    "command.*",
    "commit",
    "dirty",
    "fingerprint",
    "qdocs_version",
    "seed",
    "started_at",
    "suite",
    # the machine
    "environment.architecture",
    "environment.bandwidth_probes_gb_per_s.*",
    "environment.compiler",
    "environment.device.cores",
    "environment.device.memory_bytes",
    "environment.device.name",
    "environment.device.reasons.compute_capability",
    "environment.device.reasons.driver",
    "environment.host_memory_bytes",
    "environment.processor",
    "environment.python",
    "environment.system",
    "environment.torch_threads",
    "environment.versions.*",
    # the model and the example: what the digests are of is not in the record
    "models.*.caveat",
    "models.*.permutation_seed",
    "models.*.reasons.weights_seed",
    "models.*.setup_sha256",
    "models.*.source",
    "models.*.source_sha256",
    "models.*.weights_sha256",
    "schemes.*.configs.*",
    "schemes.*.example",
    "schemes.*.example_sha256",
    "schemes.*.params.*",
    "schemes.*.layers.*.pattern",
    "schemes.*.layers.*.skipped_because",
    "schemes.*.layers.*.tensor_class",
    # cells: clocks, and words
    "fidelity.duration_s",
    "fidelity.started_at",
    "fidelity.outcome.result.corpus_source",
    "latency.duration_s",
    "latency.started_at",
    "latency.outcome.error",
    "latency.outcome.reason",
    "memory.duration_s",
    "memory.started_at",
    # cells: read off the machine once, without samples
    "latency.outcome.result.compile_s",
    "latency.outcome.result.warmup_iterations",
    "latency.outcome.result.warmup_s",
    "latency.outcome.result.reasons.compile_s",
    "latency.outcome.result.disturbance.attempts",
    "latency.outcome.result.disturbance.reasons.device_state",
    # below the limit that makes a cell disturbed; beyond it the mark no longer fits
    "latency.outcome.result.disturbance.others_cpu_share",
    "latency.outcome.result.disturbance.probe_after_gb_per_s",
    "latency.outcome.result.disturbance.probe_before_gb_per_s",
    "latency.outcome.result.disturbance.probe_reference_gb_per_s",
    "latency.outcome.result.disturbance.steal_share",
    "memory.outcome.result.head_tied",
    "memory.outcome.result.kv_cache_bytes",
    "memory.outcome.result.padding_bytes",
    "memory.outcome.result.peak_rss_increase_bytes",
    "memory.outcome.result.reasons.bits_per_quantized_weight",
    "memory.outcome.result.reasons.peak_allocated_bytes",
    "memory.outcome.result.reasons.peak_reserved_bytes",
}
# Objects with names of one's own choosing.
FREE_NAMES = {"environment.versions", "schemes.*.params"}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a record that each test leaves as it was."""
    folder = small_run(tmp_path_factory.mktemp("record"))
    raw = load(folder)
    for scheme in raw["schemes"].values():
        scheme["params"] = {"group_size": 32, "note": "x", "share": 0.5}
    save(folder, raw)
    return folder


@pytest.fixture(scope="module")
def raw(shared: Path) -> dict[str, Any]:
    return load(shared)


def problems(folder: Path, raw: dict[str, Any], changed: Any) -> list[str]:
    """What `check` says of a changed `run.json`; the file is put back."""
    save(folder, changed)
    try:
        return r.check(folder)
    finally:
        save(folder, raw)


def others(value: Any) -> list[Any]:
    """Other values of the same type, near and far; for null, two that are not null."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, 2 * value + 1]
    if isinstance(value, float):
        return [value * 1.001 + 1e-6, 2 * value + 1]
    if value is None:
        return [1, "x"]
    return [("1" if value[0] != "1" else "2") + value[1:]]


def test_the_record_is_valid_as_it_is(shared: Path, raw: dict[str, Any]) -> None:
    assert problems(shared, raw, raw) == []
    kinds = {(cell["kind"], cell["outcome"]["state"]) for cell in raw["cells"]}
    assert {kind for kind, _ in kinds} == {"latency", "memory", "fidelity"}
    assert {state for _, state in kinds} == {"measured", "unsupported", "failed"}


def test_each_changed_value_is_noticed_or_is_listed_as_unknowable(shared: Path, raw: dict[str, Any]) -> None:
    unnoticed = set()
    for at in leaves(raw):
        for value in others(get(raw, at)):
            found = problems(shared, raw, replaced(raw, at, value))
            if not found:
                unnoticed.add(place(raw, at))
            assert all(str(shared) in line for line in found)
    assert unnoticed == UNKNOWABLE


def test_each_removed_key_is_noticed(shared: Path, raw: dict[str, Any]) -> None:
    unnoticed = set()
    for at in objects(raw):
        for key in get(raw, at):
            changed = copy.deepcopy(raw)
            del get(changed, at)[key]
            if not problems(shared, raw, changed):
                where = place(raw, at) if at else ""
                unnoticed.add(where if where in FREE_NAMES else key)
    # An empty object of reasons may be left out.
    assert unnoticed == {"reasons"} | FREE_NAMES


def test_each_added_key_is_noticed(shared: Path, raw: dict[str, Any]) -> None:
    unnoticed = set()
    for at in objects(raw):
        changed = copy.deepcopy(raw)
        get(changed, at)["surplus"] = "x"
        if not problems(shared, raw, changed):
            unnoticed.add(place(raw, at))
    assert unnoticed == FREE_NAMES


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf], ids=str)
def test_no_number_may_be_nan_or_infinite(shared: Path, raw: dict[str, Any], value: float) -> None:
    for at in leaves(raw):
        if isinstance(get(raw, at), (int, float)):
            found = problems(shared, raw, replaced(raw, at, value))
            assert found, place(raw, at)
            if isinstance(get(raw, at), float) and "params" not in at:
                assert any(f".{at[-1]}: Input should be a finite number" in line for line in found), found


def test_numbers_are_not_negative_where_that_has_no_meaning(shared: Path, raw: dict[str, Any]) -> None:
    accepted = set()
    for at in leaves(raw):
        old = get(raw, at)
        number = isinstance(old, (int, float)) and not isinstance(old, bool)
        if number and not problems(shared, raw, replaced(raw, at, type(old)(-1))):
            accepted.add(place(raw, at))
    assert accepted == {"models.*.permutation_seed", "schemes.*.params.*"}


def test_types_are_not_coerced(shared: Path, raw: dict[str, Any]) -> None:
    for at in leaves(raw):
        old = get(raw, at)
        if "params" in at or old is None:
            continue
        wrong = 7 if isinstance(old, str) else str(old)
        assert problems(shared, raw, replaced(raw, at, wrong)), place(raw, at)
        if isinstance(old, int) and not isinstance(old, bool):
            assert problems(shared, raw, replaced(raw, at, old + 0.5)), place(raw, at)


@thorough
@given(data=st.data())
def test_a_summary_may_not_move_at_all(shared: Path, raw: dict[str, Any], data: st.DataObject) -> None:
    numbers = [
        at
        for at in leaves(raw["cells"], ("cells",))
        if "result" in at and isinstance(get(raw, at), float) and place(raw, at) not in UNKNOWABLE
    ]
    at = data.draw(st.sampled_from(numbers))
    old = get(raw, at)
    new = data.draw(st.one_of(st.floats(0, 1e12), st.floats(-1e-6, 1e-6).map(lambda x: old * (1 + x))))
    assume(abs(new - old) > 1e-12 + 2e-9 * max(abs(old), abs(new)))
    assert problems(shared, raw, replaced(raw, at, new)), (place(raw, at), old, new)


def test_a_changed_summary_is_named_with_its_key_and_its_samples(folder: Path) -> None:
    raw = load(folder)
    at = ("cells", 4, "outcome", "result", "decode_tokens_per_s")
    sidecar = raw["cells"][4]["outcome"]["result"]["samples"]["path"]
    assert problems(folder, raw, replaced(raw, at, get(raw, at) * 1.01)) == [
        f"{folder / 'run.json'}: cells.4.outcome.result.decode_tokens_per_s: does not follow from {sidecar}"
    ]


# Sidecars


def sidecar_of(raw: dict[str, Any], index: int) -> dict[str, str]:
    found: dict[str, str] = raw["cells"][index]["outcome"]["result"]["samples"]
    return found


SAMPLED = [2, 3, 4, 5]


@thorough
@given(data=st.data())
def test_any_changed_byte_of_a_sidecar_is_noticed(shared: Path, raw: dict[str, Any], data: st.DataObject) -> None:
    path = shared / sidecar_of(raw, data.draw(st.sampled_from(SAMPLED)))["path"]
    content = path.read_bytes()
    at = data.draw(st.integers(0, len(content) - 1))
    changed = bytearray(content)
    changed[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(changed)
    try:
        found = r.check(shared)
    finally:
        path.write_bytes(content)
    assert len(found) == 1
    assert found[0].startswith(f"{path}: SHA-256 is ")
    assert "run.json says" in found[0]


@thorough
@given(data=st.data())
def test_any_cut_sidecar_is_noticed_even_with_a_new_digest(
    shared: Path, raw: dict[str, Any], data: st.DataObject
) -> None:
    index = data.draw(st.sampled_from(SAMPLED))
    path = shared / sidecar_of(raw, index)["path"]
    content = path.read_bytes()
    cut = content[: data.draw(st.integers(0, len(content) - 1))]
    for digest in (sidecar_of(raw, index)["sha256"], hashlib.sha256(cut).hexdigest()):
        path.write_bytes(cut)
        try:
            found = problems(
                shared, raw, replaced(raw, ("cells", index, "outcome", "result", "samples", "sha256"), digest)
            )
        finally:
            path.write_bytes(content)
        assert found
        assert str(path) in found[0]


def forge(folder: Path, index: int, packed: bytes) -> None:
    """Replace a sidecar and make `run.json` name the new digest."""
    raw = load(folder)
    sidecar = sidecar_of(raw, index)
    (folder / sidecar["path"]).write_bytes(packed)
    sidecar["sha256"] = hashlib.sha256(packed).hexdigest()
    save(folder, raw)


@thorough
@given(data=st.data())
def test_a_damaged_sidecar_with_a_new_digest_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = small_run(tmp_path_factory.mktemp("record"))
    index = data.draw(st.sampled_from(SAMPLED))
    content = (folder / sidecar_of(load(folder), index)["path"]).read_bytes()
    at = data.draw(st.integers(0, len(content) - 1))
    changed = bytearray(content)
    changed[at] ^= data.draw(st.integers(1, 255))
    forge(folder, index, bytes(changed))
    # Some bytes of a gzip header, its time for one, carry nothing; then the samples are as they were.
    if not r.check(folder):
        assert gzip.decompress(bytes(changed)) == gzip.decompress(content)


@thorough
@given(data=st.data())
def test_changed_samples_with_a_new_digest_must_give_the_same_summary(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = small_run(tmp_path_factory.mktemp("record"))
    run = r.read_run(folder)
    index = data.draw(st.sampled_from(SAMPLED))
    cell: Any = run.cells[index]
    samples = json.loads(gzip.decompress((folder / cell.outcome.result.samples.path).read_bytes()))
    at = data.draw(st.sampled_from([p for p in leaves(samples) if "tokens_sha256" not in p]))
    old = get(samples, at)
    new = not old if isinstance(old, bool) else old * data.draw(st.sampled_from([0.5, 0.99, 1.01, 2.0])) + 1e-3
    assume(isinstance(old, bool) or abs(new - old) > 1e-4)
    changed = replaced(samples, at, new)
    forge(folder, index, gzip.compress(json.dumps(changed).encode()))
    try:
        summary = cell.summarize(cell.samples_type.model_validate_json(json.dumps(changed)))
        same = all(getattr(cell.outcome.result, name) == value for name, value in summary.items())
    except ValueError:
        same = False
    assert (r.check(folder) == []) == same
    if not isinstance(old, bool) and cell.kind == "fidelity" and "kl_nats" in at:
        assert not same


BAD_SAMPLES: list[tuple[str, int, Place, Any, str]] = [
    ("NaN", 4, ("iterations", 1, "ttft_ms"), math.nan, "iterations.1.ttft_ms: Input should be a finite number"),
    ("infinite", 4, ("iterations", 1, "ttft_ms"), math.inf, "iterations.1.ttft_ms: Input should be a finite number"),
    (
        "negative",
        4,
        ("iterations", 0, "decode_ms", 2),
        -1.0,
        "iterations.0.decode_ms.2: Input should be greater than 0",
    ),
    ("zero", 4, ("iterations", 0, "end_to_end_ms"), 0.0, "iterations.0.end_to_end_ms: Input should be greater than 0"),
    ("null", 4, ("iterations", 0, "ttft_ms"), None, "iterations.0.ttft_ms: Input should be a valid number"),
    ("text", 4, ("iterations", 0, "ttft_ms"), "80", "iterations.0.ttft_ms: Input should be a valid number"),
    ("no iteration", 4, ("iterations",), [], "iterations: List should have at least 1 item"),
    ("a step missing", 4, ("iterations", 2, "decode_ms"), [1.0], "iteration 2 has 1 decode steps, expected 7"),
    ("no step", 4, ("iterations", 2, "decode_ms"), [], "iterations.2.decode_ms: List should have at least 1 item"),
    ("phases too long", 4, ("iterations", 2, "ttft_ms"), 1e4, "is not more than ttft_ms"),
    ("a step too long", 4, ("iterations", 2, "decode_ms", 0), 1e4, "more than the whole"),
    ("huge", 4, ("iterations", 2, "decode_ms", 0), 1e308, "more than the whole"),
    ("negative KL", 2, ("corpora", "code", "kl_nats", 5), -0.5, "corpora.code.kl_nats.5: Input should be greater"),
    ("negative nll", 2, ("corpora", "code", "nll_nats", 5), -0.5, "corpora.code.nll_nats.5: Input should be greater"),
    (
        "NaN KL",
        2,
        ("corpora", "english", "kl_nats", 0),
        math.nan,
        "corpora.english.kl_nats.0: Input should be a finite",
    ),
    ("one short", 2, ("corpora", "code", "kl_nats"), [0.1] * 499, "sample columns differ in length: [499, 500]"),
    (
        "not a truth",
        2,
        ("corpora", "code", "top1_agrees", 0),
        1,
        "corpora.code.top1_agrees.0: Input should be a valid b",
    ),
    ("no corpus", 2, ("corpora",), {}, "corpora: Dictionary should have at least 1 item"),
    ("no perplexity", 3, ("corpora", "code", "nll_nats", 0), 1e6, "cannot be summarized: math range error"),
    (
        "no mean",
        3,
        ("corpora", "code", "kl_nats"),
        [1.7e308] * 30,
        "kl_mean_nats: Input should be a finite number, got inf",
    ),
    ("no digest", 2, ("corpora", "code", "tokens_sha256"), "?", "corpora.code.tokens_sha256: String should match"),
]


@pytest.mark.filterwarnings("ignore:overflow encountered:RuntimeWarning")
@pytest.mark.parametrize(
    ("index", "at", "value", "says"), [b[1:] for b in BAD_SAMPLES], ids=[b[0] for b in BAD_SAMPLES]
)
def test_bad_samples_are_refused_by_key(folder: Path, index: int, at: Place, value: Any, says: str) -> None:
    path = folder / sidecar_of(load(folder), index)["path"]
    samples = json.loads(gzip.decompress(path.read_bytes()))
    forge(folder, index, gzip.compress(json.dumps(replaced(samples, at, value)).encode()))
    found = r.check(folder)
    assert found
    assert found[0].startswith(f"{path}: ")
    assert says in found[0]
    assert "\n" not in "".join(found)


def test_an_iteration_that_takes_no_longer_than_its_first_token_is_refused() -> None:
    # The phases may exceed the whole by a thousandth; that must not make the time per output token zero.
    with pytest.raises(ValueError, match=r"end_to_end_ms 10.0 is not more than ttft_ms 10.0"):
        r.LatencyIteration(ttft_ms=10.0, decode_ms=[0.001], end_to_end_ms=10.0)


def test_a_corpus_of_another_length_is_refused(folder: Path) -> None:
    path = folder / sidecar_of(load(folder), 3)["path"]
    samples = json.loads(gzip.decompress(path.read_bytes()))
    for name in ("kl_nats", "top1_agrees", "nll_baseline_nats", "nll_nats"):
        samples["corpora"]["code"][name].pop()
    forge(folder, 3, gzip.compress(json.dumps(samples).encode()))
    assert r.check(folder) == [f"{path}: cannot be summarized: corpus code has 29 positions, expected 30"]


def test_a_missing_corpus_is_noticed(folder: Path) -> None:
    path = folder / sidecar_of(load(folder), 3)["path"]
    samples = json.loads(gzip.decompress(path.read_bytes()))
    del samples["corpora"]["code"]
    forge(folder, 3, gzip.compress(json.dumps(samples).encode()))
    found = r.check(folder)
    assert any("cells.3.outcome.result.by_corpus: does not follow" in line for line in found)


def test_sidecars_may_not_be_exchanged(folder: Path) -> None:
    raw = load(folder)
    a, b = (raw["cells"][i]["outcome"]["result"] for i in (4, 5))
    a["samples"], b["samples"] = b["samples"], a["samples"]
    found = problems(folder, raw, raw)
    assert any("cells.4.outcome.result.ttft_ms: does not follow" in line for line in found)
    assert any("cells.5.outcome.result.ttft_ms: does not follow" in line for line in found)


def test_two_cells_may_not_share_samples(folder: Path) -> None:
    raw = load(folder)
    raw["cells"][5]["outcome"]["result"]["samples"] = sidecar_of(raw, 4)
    found = problems(folder, raw, raw)
    assert f"{folder / 'run.json'}: cells.5: shares {sidecar_of(raw, 4)['path']} with another cell" in found


def test_a_file_that_no_cell_names_is_noticed_once_the_run_has_ended(tmp_path: Path) -> None:
    for drop, expected in ((0, 1), (1, 0)):
        folder = small_run(tmp_path / str(drop), drop=drop)
        stray = folder / "samples" / "stray.json.gz"
        stray.write_bytes(b"")
        assert r.check(folder) == [f"{stray}: no cell names this file"] * expected


def test_a_folder_with_another_name_is_noticed(folder: Path) -> None:
    other = folder.rename(folder.with_name("other"))
    expected = [f"{other / 'run.json'}: name: is {NAME!r}, the folder is called 'other'"]
    assert r.check(other) == expected
    assert r.check(other / "run.json") == expected
    assert r.check(other.rename(other.with_name(NAME))) == []


def test_a_folder_is_known_by_its_own_name_from_within(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert r.check(Path()) == []
    assert r.check(Path("run.json")) == []
