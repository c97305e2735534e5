"""In which order are cells measured?"""

from __future__ import annotations

from itertools import groupby

from qdocs.record import AccuracySpec
from qdocs.suites import find_suite, plan
from tests.factory import task_info

SCHEMES = ["fp32", "bf16", "int8wo"]


def asked(items: dict[str, int]) -> list[tuple[str, str]]:
    """Task and scheme of the accuracy cells, in order."""
    tasks = [task_info("facts", many).model_copy(update={"name": name}) for name, many in items.items()]
    specs = plan(find_suite("quick"), "smollm2-135m", "generate", SCHEMES, ["eager"], "cpu", 1, tasks)
    return [(spec.workload.task, spec.scheme) for spec in specs if isinstance(spec, AccuracySpec)]


def test_every_scheme_answers_a_large_task_before_any_goes_on() -> None:
    found = asked({"facts": 1107, "grammar": 1110})
    assert found == [(task, scheme) for task in ("facts", "grammar") for scheme in SCHEMES]


def test_small_tasks_share_a_scheme_s_process() -> None:
    found = asked({"facts": 60, "grammar": 60, "recall": 15})
    assert [scheme for scheme, _ in groupby(found, key=lambda pair: pair[1])] == SCHEMES
    assert len(found) == 9


def test_speed_is_measured_in_rotated_order() -> None:
    specs = plan(find_suite("quick"), "smollm2-135m", "generate", SCHEMES, ["eager"], "cpu", 3, [])
    order = [[s.scheme for s in specs if s.kind == "latency" and s.repeat == turn] for turn in (1, 2, 3)]
    assert order == [SCHEMES, ["bf16", "int8wo", "fp32"], ["int8wo", "fp32", "bf16"]]
