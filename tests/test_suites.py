"""In which order are cells measured?"""

from __future__ import annotations

from itertools import groupby

from qdocs.record import AccuracySpec, LatencySpec
from qdocs.suites import SUITES, find_suite, plan
from tests.factory import model_info, task_info

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
    assert wants == {
        "quick": [True, True],
        "standard": [True, True],
        "closeness": [True, True],
        "gpu": [True, True],
        "sweep": [False, False],
    }


def test_closeness_times_nothing() -> None:
    specs = plan(find_suite("closeness"), model_info(), SCHEMES, ["eager"], "cpu", 1, [])
    assert {spec.kind for spec in specs} == {"memory", "fidelity", "layer_error"}
