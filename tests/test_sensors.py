"""Are a device's sensors read as NVML gives them, and is one that it does not have named?

There is no NVIDIA device here: the functions of NVML that are called are compiled from a few lines of C, and its
Python bindings load them as they load the driver's own.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pynvml
import pytest

from qdocs.measure import sensors
from qdocs.record import DeviceState, Quantiles

NVML = r"""
#include <string.h>
static int readings = 0, broken = 0;
void breaks(int what) { broken = what; readings = 0; }
int nvmlInitWithFlags(unsigned flags) { return 0; }
const char *nvmlErrorString(int code) { return code == 3 ? "Not Supported" : "Not Found"; }
int nvmlDeviceGetHandleByUUID(const char *uuid, void **device) {
  *device = (void *)7;
  return strcmp(uuid, "GPU-here") ? 6 : 0;
}
int nvmlDeviceGetClockInfo(void *device, unsigned type, unsigned *mhz) {
  *mhz = type == 1 ? 1500 + 10 * readings++ : 2619;
  return device == (void *)7 ? 0 : 2;
}
int nvmlDeviceGetTemperature(void *device, unsigned sensor, unsigned *celsius) { *celsius = 41; return sensor; }
int nvmlDeviceGetPowerUsage(void *device, unsigned *milliwatts) { *milliwatts = 432100; return broken ? 3 : 0; }
int nvmlDeviceGetEnforcedPowerLimit(void *device, unsigned *milliwatts) { *milliwatts = 700000; return 0; }
int nvmlDeviceGetCurrentClocksEventReasons(void *device, unsigned long long *bits) {
  *bits = readings == 1 ? 0x1 | 0x4 : 0x4 | 0x20;
  return 0;
}
"""


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ctypes.CDLL]:
    compiler = shutil.which("cc") or shutil.which("g++")
    assert compiler is not None, "no C compiler: install g++"
    library = tmp_path_factory.mktemp("driver") / "libnvidia-ml.so.1"
    source = library.with_name("nvml.c")
    source.write_text(NVML, encoding="utf-8")
    subprocess.run([compiler, "-x", "c", "-shared", "-fPIC", "-o", str(library), str(source)], check=True)
    made = ctypes.CDLL(str(library))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pynvml, "nvmlLib", made)
        patch.setattr(pynvml, "_nvmlGetFunctionPointer_cache", {})
        yield made


def finished(device: str) -> DeviceState:
    return sensors.Sensors(device).finish()


def always(value: float) -> Quantiles:
    return Quantiles(median=value, p10=value, p90=value)


def test_a_short_cell_has_one_reading(driver: ctypes.CDLL) -> None:
    driver.breaks(0)
    state = finished("GPU-here")
    assert state == DeviceState(
        readings=1,
        sm_clock_mhz=always(1500),
        memory_clock_mhz=always(2619),
        temperature_c=always(41),
        power_w=always(432.1),
        power_limit_w=700.0,
        slowed_by={"sw_power_cap": 1.0},
    )


def test_a_long_cell_is_read_all_along(driver: ctypes.CDLL, monkeypatch: pytest.MonkeyPatch) -> None:
    driver.breaks(0)
    monkeypatch.setattr(sensors, "INTERVAL_S", 0.01)
    watched = sensors.Sensors("GPU-here")
    time.sleep(0.3)
    state = watched.finish()
    assert state.readings > 5
    assert state.sm_clock_mhz is not None
    assert state.sm_clock_mhz.median == 1500 + 5 * (state.readings - 1)
    assert state.slowed_by is not None
    assert state.slowed_by["sw_power_cap"] == 1.0
    assert state.slowed_by["sw_thermal_slowdown"] == pytest.approx(1 - 1 / state.readings, abs=1e-4)


def test_a_sensor_that_the_device_lacks_is_null_with_its_reason(driver: ctypes.CDLL) -> None:
    driver.breaks(1)
    state = finished("GPU-here")
    assert state.power_w is None
    assert state.reasons == {"power_w": "NVML: Not Supported"}
    assert state.temperature_c == always(41)


def test_a_device_that_nvml_does_not_know(driver: ctypes.CDLL) -> None:
    state = finished("GPU-elsewhere")
    assert state.readings == 0
    assert set(state.reasons) == set(sensors.SENSORS)
    assert state.reasons["power_w"] == "NVML: Not Found"


def test_where_there_is_no_driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pynvml, "nvmlLib", None)
    monkeypatch.setattr(pynvml, "_nvmlGetFunctionPointer_cache", {})

    def absent(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr(pynvml, "CDLL", absent)
    state = finished("GPU-here")
    assert state.readings == 0
    assert state.reasons["sm_clock_mhz"].startswith("NVML: ")
