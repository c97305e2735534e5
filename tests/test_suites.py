"""In which order are cells measured?"""

from __future__ import annotations

from itertools import groupby

from qdocs.plan import plan
from qdocs.record import AccuracySpec, AnySpec, LatencySpec, MemorySpec
from qdocs.suites import SUITES, find_suite
from qdocs.tasks.asked import KINDS
from tests.factory import encoder_info, model_info, task_info

SCHEMES = ["fp32", "bf16", "int8wo"]


def asked(items: dict[str, int]) -> list[tuple[str, str]]:
    """Task and scheme of the accuracy cells, in order."""
    tasks = [task_info("facts", many).model_copy(update={"name": name}) for name, many in items.items()]
    specs = plan(find_suite("quick"), model_info(), SCHEMES, ["eager"], "cpu", 1, tasks)
    return [(spec.workload.task, spec.scheme) for spec in specs if isinstance(spec, AccuracySpec)]


def test_every_scheme_answers_a_large_task_before_any_goes_on() -> None:
    found = asked({"facts": 2000, "grammar": 2000})
    assert found == [(task, scheme) for task in ("facts", "grammar") for scheme in SCHEMES]


def test_small_tasks_share_a_scheme_s_process() -> None:
    found = asked({"facts": 60, "grammar": 60, "recall": 15})
    assert [scheme for scheme, _ in groupby(found, key=lambda pair: pair[1])] == SCHEMES
    assert len(found) == 9


def test_speed_is_measured_in_rotated_order() -> None:
    specs = plan(find_suite("quick"), model_info(), SCHEMES, ["eager"], "cpu", 3, [])
    order = [[s.scheme for s in specs if s.kind == "latency" and s.repeat == turn] for turn in (1, 2, 3)]
    assert order == [SCHEMES, ["bf16", "int8wo", "fp32"], ["int8wo", "fp32", "bf16"]]


def test_a_sweep_measures_a_setting_by_every_scheme_before_the_next_and_the_extremes_first() -> None:
    schemes = ["bf16", "int8wo"]
    specs = plan(find_suite("sweep"), model_info(), schemes, ["eager", "compiled"], "cpu", 1, [])
    assert {spec.kind for spec in specs} == {"latency"}
    settings = [(s.workload.batch, s.workload.prompt_tokens) for s in specs if isinstance(s, LatencySpec)]
    in_order = [setting for setting, _ in groupby(settings)]
    assert len(in_order) == len(set(in_order)) == 9
    assert {(1, 128), (16, 128), (1, 512)} <= set(in_order[:4])
    assert len(specs) == 9 * 2 * 2


def test_the_noise_floor_comes_along_only_where_something_is_compared_with_it() -> None:
    wants = {
        name: [suite.compares_answers(purpose) for purpose in ("generate", "embed")] for name, suite in SUITES.items()
    }
    assert find_suite("gpu").of("smollm2-135m").compares_answers("generate")
    assert wants == {
        "quick": [True, True],
        "standard": [True, True],
        "closeness": [True, True],
        "gpu": [False, True],
        "sweep": [False, False],
        "lessons": [True, False],
    }


def test_closeness_times_nothing() -> None:
    specs = plan(find_suite("closeness"), model_info(), SCHEMES, ["eager"], "cpu", 1, [])
    assert {spec.kind for spec in specs} == {"memory", "fidelity", "layer_error"}


def test_the_lessons_weigh_caches_of_growing_contexts_and_count_tokens_once() -> None:
    specs = plan(find_suite("lessons"), model_info(), SCHEMES, ["eager"], "cpu", 1, [])
    contexts = [(s.workload.context_tokens, s.scheme) for s in specs if isinstance(s, MemorySpec)]
    assert contexts == [(tokens, scheme) for tokens in (512, 2048, 4096, 8192) for scheme in SCHEMES]
    assert [s.scheme for s in specs if s.kind == "tokenization"] == ["bf16"]
    encoder = plan(find_suite("lessons"), encoder_info(), ["bf16", "int8wo"], ["eager"], "cpu", 1, [])
    assert [(s.kind, s.scheme) for s in encoder] == [("tokenization", "bf16")]


def cells_on_gpu(name: str) -> list[AnySpec]:
    suite = find_suite("gpu").of(name)
    model = model_info().model_copy(update={"id": name})
    return plan(suite, model, list(suite.schemes), list(suite.modes), "cuda", suite.rounds, [])


def test_on_a_gpu_the_headline_comes_first_then_memory_then_the_other_regime() -> None:
    cells = cells_on_gpu("shape:llama-3.1-8b")
    timed = [c for c in cells if isinstance(c, LatencySpec)]
    headline, memory = cells[:14], cells[14:21]
    assert {(c.mode, c.workload.batch, c.workload.new_tokens) for c in headline if isinstance(c, LatencySpec)} == {
        ("compiled", 1, 200)
    }
    assert [c.workload.prompt_tokens for c in headline if isinstance(c, LatencySpec)] == [128] * 7 + [16] * 7
    assert [c.kind for c in memory] == ["memory"] * 7
    every = {c.scheme for c in headline}
    assert every == {
        "bf16",
        *(f"{name}{end}" for name in ("int8wo", "int4wo-g64", "int4wo-g128") for end in ("", "-head")),
    }
    few = {"bf16", "int8wo", "int4wo-g128"}
    for batch in (16, 64, 128):
        assert {c.scheme for c in timed if c.workload.batch == batch} == few
    long = [c for c in timed if c.workload.prompt_tokens == 2048]
    assert {(c.workload.batch, c.mode, c.scheme) for c in long} == {(b, "eager", s) for b in (1, 8) for s in few}
    assert {c.scheme for c in timed if c.mode == "eager" and c.workload.prompt_tokens == 128} == every


def test_on_a_gpu_each_model_is_measured_for_what_it_can_show() -> None:
    small = cells_on_gpu("shape:qwen3-0.6b")
    assert {(c.workload.batch, c.scheme) for c in small if isinstance(c, LatencySpec)} == {
        (batch, scheme) for batch in (1, 64) for scheme in ("bf16", "int8wo", "int4wo-g128")
    }
    assert {c.kind for c in cells_on_gpu("smollm2-135m")} == {"memory", "fidelity"}  # no task is described here
    assert set(find_suite("gpu").of("smollm2-135m").generating.tasks) == set(KINDS)
    middle = cells_on_gpu("shape:qwen3-4b")
    assert [c.id.split("/", 1)[1] for c in middle] == [
        c.id.split("/", 1)[1] for c in cells_on_gpu("shape:llama-3.1-8b")[:21]
    ]
