"""What do a CUDA device's own sensors say while a cell is timed?

They are read through NVML, a few times a second, from a thread of their own; no setting of the device is changed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pynvml
import torch

from qdocs.record import DeviceState, Quantiles

INTERVAL_S = 0.4
SENSORS: dict[str, Callable[[Any], float]] = {
    "sm_clock_mhz": lambda handle: pynvml.nvmlDeviceGetClockInfo(handle, pynvml.NVML_CLOCK_SM),
    "memory_clock_mhz": lambda handle: pynvml.nvmlDeviceGetClockInfo(handle, pynvml.NVML_CLOCK_MEM),
    "temperature_c": lambda handle: pynvml.nvmlDeviceGetTemperature(handle, pynvml.NVML_TEMPERATURE_GPU),
    "power_w": lambda handle: pynvml.nvmlDeviceGetPowerUsage(handle) / 1000,
    "power_limit_w": lambda handle: pynvml.nvmlDeviceGetEnforcedPowerLimit(handle) / 1000,
    "slowed_by": lambda handle: pynvml.nvmlDeviceGetCurrentClocksEventReasons(handle),
}
# The bits of `slowed_by`, by the names that a record has for them.
SLOWING = {
    "applications_clocks_setting": pynvml.nvmlClocksEventReasonApplicationsClocksSetting,
    "sw_power_cap": pynvml.nvmlClocksEventReasonSwPowerCap,
    "hw_slowdown": pynvml.nvmlClocksEventReasonHwSlowdown,
    "sync_boost": pynvml.nvmlClocksEventReasonSyncBoost,
    "sw_thermal_slowdown": pynvml.nvmlClocksEventReasonSwThermalSlowdown,
    "hw_thermal_slowdown": pynvml.nvmlClocksEventReasonHwThermalSlowdown,
    "hw_power_brake_slowdown": pynvml.nvmlClocksEventReasonHwPowerBrakeSlowdown,
}


def first_device() -> str:
    """The identifier of the first CUDA device that torch sees, as NVML and `nvidia-smi -L` write it."""
    return f"GPU-{torch.cuda.get_device_properties(0).uuid}"


class Sensors:
    """Reads a device's sensors from its creation to `finish`.

    Args:
        device: As NVML and `nvidia-smi -L` write it.
    """

    def __init__(self, device: str) -> None:
        self._values: dict[str, list[float]] = {name: [] for name in SENSORS}
        self._reasons: dict[str, str] = {}
        self._finished = threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)
        try:
            pynvml.nvmlInit()
            self._handle = pynvml.nvmlDeviceGetHandleByUUID(device)
        except pynvml.NVMLError as error:
            self._reasons = dict.fromkeys(SENSORS, f"NVML: {error}")
        self._thread.start()

    def finish(self) -> DeviceState:
        """Read once more, so that a short cell has a reading, too, and summarise."""
        self._finished.set()
        self._thread.join()
        self._read()
        known = {name: values for name, values in self._values.items() if name not in self._reasons}
        state: dict[str, Any] = dict.fromkeys(self._reasons) | {n: Quantiles.of(v) for n, v in known.items()}
        if "power_limit_w" in known:
            state["power_limit_w"] = known["power_limit_w"][-1]
        if "slowed_by" in known:
            state["slowed_by"] = _shares([int(bits) for bits in known["slowed_by"]])
        return DeviceState(readings=max(map(len, known.values()), default=0), **state, reasons=self._reasons)

    def _go_on(self) -> None:
        while not self._finished.wait(INTERVAL_S):
            self._read()

    def _read(self) -> None:
        for name, ask in SENSORS.items():
            if name not in self._reasons:
                try:
                    self._values[name].append(ask(self._handle))
                except pynvml.NVMLError as error:
                    self._reasons[name] = f"NVML: {error}"


def _shares(readings: list[int]) -> dict[str, float]:
    """In which share of readings each reason stood; reasons that never did are left out."""
    shares = {name: sum(bool(bits & bit) for bits in readings) / len(readings) for name, bit in SLOWING.items()}
    return {name: round(share, 4) for name, share in shares.items() if share}
