"""Is it said after how many tokens compiling pays, and where it was not seen to?"""

from __future__ import annotations

from pathlib import Path

import pytest

from qdocs.publish import compiling, frames
from qdocs.publish.runs import FoundRun
from tests import factory
from tests.publish import cases


def test_compiling_pays_after_the_steps_that_save_as_much(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    # 20 ms a step become 10 ms: 12.5 s of compiling are 1,250 steps. With int8wo nothing is gained, and what int4wo-g32
    # gains is less than its steps differ among themselves.
    cells = [
        cases.timed_cell(where, scheme, mode, 1, steps)
        for scheme, modes in {
            "bf16": ([20.0] * 3, [10.0] * 3),
            "int8wo": ([10.0] * 3, [12.0] * 3),
            "int4wo-g32": ([9.0, 10.0, 11.0], [8.9, 9.9, 10.9]),
        }.items()
        for mode, steps in zip(("eager", "compiled"), modes, strict=True)
    ]
    found = FoundRun(
        factory.write(where, [factory.spec("latency", c.scheme, c.mode, new_tokens=3) for c in cells], cells),
        where,
        yours=False,
    )
    rows = {row["scheme"]: row for row in frames.records(compiling.compiling(found))}
    assert rows["bf16"]["steps_until_paid"] == pytest.approx(1250)
    assert rows["int8wo"]["steps_until_paid"] is rows["int4wo-g32"]["steps_until_paid"] is None
    told = compiling.say(compiling.compiling(found), found)
    assert "<strong>Not seen to pay</strong>, since compiled steps are not clearly shorter: <code>int8wo</code>" in told
    assert "Batch 1, prompt 128; pays, soonest first: <code>bf16</code> after 1,250 steps." in told
    assert "compare only bars with similar times to compile" in told
    assert ">not seen<" in compiling.table(compiling.compiling(found))


def test_over_several_settings_each_scheme_is_said_once(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    cells = [
        cases.timed_cell(where, scheme, mode, 1, steps, size={"batch": batch})
        for batch, scheme, mode, steps in (
            (1, "bf16", "eager", [20.0] * 3),
            (1, "bf16", "compiled", [10.0] * 3),
            (4, "bf16", "eager", [20.0] * 3),
            (4, "bf16", "compiled", [15.0] * 3),
            (1, "int8wo", "eager", [20.0] * 3),
            (1, "int8wo", "compiled", [10.0] * 3),
            (4, "int8wo", "eager", [10.0] * 3),
            (4, "int8wo", "compiled", [12.0] * 3),
        )
    ]
    plan = [factory.spec("latency", c.scheme, c.mode, new_tokens=3, batch=c.workload.batch) for c in cells]
    found = FoundRun(factory.write(where, plan, cells), where, yours=False)
    told = compiling.say(compiling.compiling(found), found)
    assert "<code>bf16</code> pays in 2 of 2 settings, after 1,250 (batch 1, prompt 128) to 2,500 (batch 4" in told
    assert "<code>int8wo</code> pays in 1 of 2 settings, after 1,250 (batch 1, prompt 128) steps, and was " in told


def test_a_scheme_that_was_timed_in_one_mode_is_left_out(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    found = FoundRun(factory.make_run(where, rounds=1), where, yours=False)
    assert "fp32" not in set(compiling.compiling(found)["scheme"])
