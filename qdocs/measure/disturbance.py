"""Was the machine quiet while a cell was measured?"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING, Any

import psutil
import torch

from qdocs.record import Disturbance

if TYPE_CHECKING:
    from qdocs.measure.sensors import Sensors

PROBE_BYTES = 128 * 2**20
PROBE_COPIES = 7


def bandwidth_gb_per_s(device: str) -> float:
    """Speed of copying a large buffer on a device, in GB/s, bytes read and written; median of a few copies."""
    source = torch.ones(PROBE_BYTES, dtype=torch.uint8, device=device)
    target = torch.empty_like(source)
    target.copy_(source)
    seconds = []
    for _ in range(PROBE_COPIES):
        if device == "cuda":
            torch.cuda.synchronize()
        start = time.perf_counter()
        target.copy_(source)
        if device == "cuda":
            torch.cuda.synchronize()
        seconds.append(time.perf_counter() - start)
    return round(2 * PROBE_BYTES / statistics.median(seconds) / 1e9, 3)


def _sensors(device: str) -> Sensors | None:
    if device != "cuda":
        return None
    from qdocs.measure.sensors import Sensors, first_device

    return Sensors(first_device())


class Watch:
    """Watches others' use of the processor, memory bandwidth and a CUDA device's sensors from its creation to `finish`.

    Args:
        device: Whose bandwidth to probe.
        probes: Probes of this run so far, in GB/s; this watch appends its own two.
    """

    def __init__(self, device: str, probes: list[float]) -> None:
        self._device = device
        self._probes = probes
        self._before = bandwidth_gb_per_s(device)
        self._sensors = _sensors(device)
        self._start = self._cpu()

    def finish(self, attempts: int) -> Disturbance:
        """Stop watching and judge."""
        seconds, own, busy, steal = (b - a for a, b in zip(self._start, self._cpu(), strict=True))
        state = self._sensors.finish() if self._sensors else None
        after = bandwidth_gb_per_s(self._device)
        self._probes += [self._before, after]
        capacity = max(seconds, 1e-9) * (psutil.cpu_count() or 1)
        reasons = {} if self._sensors else {"device_state": "a processor has no sensors that NVML reads"}
        if not self._has_steal():
            reasons["steal_share"] = "this system does not count stolen time"
        values: dict[str, Any] = {
            "probe_before_gb_per_s": self._before,
            "probe_after_gb_per_s": after,
            "probe_reference_gb_per_s": round(statistics.median(self._probes), 3),
            "others_cpu_share": round(min(1.0, max(0.0, (busy - own) / capacity)), 4),
            "steal_share": round(min(1.0, max(0.0, steal / capacity)), 4) if self._has_steal() else None,
            "device_state": state,
            "attempts": attempts,
            "reasons": reasons,
        }
        quiet = Disturbance.model_construct(disturbed=False, **values)
        return Disturbance(disturbed=bool(quiet.signs()), **values)

    @staticmethod
    def _has_steal() -> bool:
        return hasattr(psutil.cpu_times(), "steal")

    @staticmethod
    def _cpu() -> tuple[float, float, float, float]:
        """Now, own processor seconds, everybody's busy seconds, stolen seconds."""
        own = psutil.Process().cpu_times()
        times = psutil.cpu_times()._asdict()
        busy = sum(times.get(name, 0.0) for name in ("user", "nice", "system", "irq", "softirq"))
        return time.perf_counter(), own.user + own.system, busy, times.get("steal", 0.0)
