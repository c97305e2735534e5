"""What does a record say of the machine while a cell was timed: was it quiet, and was the device slowed?"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from qdocs.record.base import Count, Explained, Positive, Quantiles, Share

PROBE_TOLERANCE = 0.15
OTHERS_TOLERANCE = 0.10
SLOWED_TOLERANCE = 0.10

# NVML's reasons for a clock below the highest, idling left out.
Slowing = Literal[
    "applications_clocks_setting",
    "sw_power_cap",
    "hw_slowdown",
    "sync_boost",
    "sw_thermal_slowdown",
    "hw_thermal_slowdown",
    "hw_power_brake_slowdown",
]
# Of these, what a device does not do at every large batch: heat, or a supply that failed to give what it should.
UNUSUAL: dict[Slowing, str] = {
    "hw_slowdown": "its hardware",
    "sw_thermal_slowdown": "heat",
    "hw_thermal_slowdown": "heat, by its hardware",
    "hw_power_brake_slowdown": "its power supply",
}


class DeviceState(Explained):
    """What a CUDA device's own sensors said, through NVML; of a model on several devices, those of the first.

    Clocks in MHz, power in W, temperature in °C, over the readings; there are none where NVML does not know the device.
    `slowed_by` is the share of readings at which NVML gave a reason for a clock below the highest; there may be several
    at once.
    """

    readings: Count
    sm_clock_mhz: Quantiles | None
    memory_clock_mhz: Quantiles | None
    temperature_c: Quantiles | None
    power_w: Quantiles | None
    power_limit_w: Annotated[float, Field(gt=0)] | None
    slowed_by: dict[Slowing, Share] | None


class Disturbance(Explained):
    """Whether something slowed the machine while the cell was measured.

    Probes are the speed of a large copy in memory, in GB/s read and written; the reference is the run's median so far.
    """

    probe_before_gb_per_s: Annotated[float, Field(gt=0)]
    probe_after_gb_per_s: Annotated[float, Field(gt=0)]
    probe_reference_gb_per_s: Annotated[float, Field(gt=0)]
    others_cpu_share: Share | None
    steal_share: Share | None
    device_state: DeviceState | None
    attempts: Positive
    disturbed: bool

    @model_validator(mode="after")
    def _marked_rightly(self) -> Disturbance:
        if self.disturbed != bool(self.signs()):
            raise ValueError(f"disturbed is {self.disturbed}, but the signs are: {self.signs() or 'none'}")
        return self

    def signs(self) -> list[str]:
        """What speaks for a disturbance, in words; empty for a quiet cell."""
        found = []
        for when, probe in (("before", self.probe_before_gb_per_s), ("after", self.probe_after_gb_per_s)):
            change = probe / self.probe_reference_gb_per_s - 1
            if abs(change) > PROBE_TOLERANCE:
                found.append(f"memory bandwidth {when} the cell {change:+.0%} from the median of the probes until then")
        others = (self.others_cpu_share or 0.0) + (self.steal_share or 0.0)
        if others > OTHERS_TOLERANCE:
            found.append(f"others took {others:.0%} of the processor")
        slowed = (self.device_state and self.device_state.slowed_by) or {}
        for reason, share in slowed.items():
            if reason in UNUSUAL and share > SLOWED_TOLERANCE:
                found.append(f"the device was slowed by {UNUSUAL[reason]} in {share:.0%} of readings")
        return found
