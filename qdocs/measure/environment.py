"""What machine is this, and what of qdocs can it not do?"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil
import torch

from qdocs.errors import WrongUse
from qdocs.measure import products
from qdocs.measure.disturbance import bandwidth_gb_per_s
from qdocs.record import Device, Environment

PACKAGES = (
    "torch",
    "torchao",
    "transformers",
    "tokenizers",
    "safetensors",
    "numpy",
    "triton",
    "lm-eval",
    "sentence-transformers",
)
BASELINE_PROBES = 5


def choose_device(asked: str) -> str:
    """Turn `auto`, `cpu` or `cuda` into a backend.

    Raises:
        WrongUse: If it is none of these, or CUDA is asked for and not there.
    """
    if asked not in ("auto", "cpu", "cuda"):
        raise WrongUse(f"unknown device {asked!r}: expected auto, cpu or cuda")
    if asked == "cuda" and not torch.cuda.is_available():
        raise WrongUse(
            f"no CUDA device: torch {torch.__version__} sees none. Use --device cpu, or install a CUDA build of torch "
            "and a driver"
        )
    return ("cuda" if torch.cuda.is_available() else "cpu") if asked == "auto" else asked


def find_compiler() -> str | None:
    """The C++ compiler that torch.compile will use on a CPU, with its version; None if there is none."""
    for name in (os.environ.get("CXX"), "g++", "clang++", "c++"):
        if name and shutil.which(name):
            said = subprocess.run([name, "--version"], capture_output=True, text=True, check=False).stdout
            return said.splitlines()[0].strip() if said else name
    return None


def why_not_compiled(device: str, spread: bool = False) -> str | None:
    """Why torch.compile cannot run here, with the remedy; None if it can."""
    if spread and device == "cuda" and _devices(spread) > 1:
        return "layers on several devices do not compile into one graph: take --mode eager, or one larger device"
    if find_compiler() is None:
        return "torch.compile needs a C++ compiler: install g++ (Debian and Ubuntu: apt-get install g++), or set CXX"
    if device == "cuda" and _version("triton") is None:
        return "torch.compile on CUDA needs triton, which comes with torch on Linux: reinstall torch"
    return None


def environment(device: str, spread: bool = False) -> Environment:
    """Describe the machine, all its devices if a model is spread, and probe memory bandwidth while it is idle."""
    compiler = find_compiler()
    reasons = {} if compiler else {"compiler": "no C++ compiler found"}
    versions = {name: found for name in PACKAGES if (found := _version(name)) is not None}
    if torch.version.cuda:
        versions["cuda"] = torch.version.cuda
    return Environment(
        device=_device(device, spread),
        system=f"{platform.system()} {platform.release()}",
        architecture=platform.machine(),
        processor=_processor(),
        host_memory_bytes=psutil.virtual_memory().total,
        torch_threads=torch.get_num_threads(),
        bf16_products=products.how(device),
        python=platform.python_version(),
        versions=versions,
        compiler=compiler,
        bandwidth_probes_gb_per_s=[bandwidth_gb_per_s(device) for _ in range(BASELINE_PROBES)],
        reasons=reasons,
    )


def available_bytes(device: str, spread: bool = False) -> int:
    """Memory that is free now, in bytes: on the first device, or on all that a model is spread over."""
    if device == "cpu":
        return int(psutil.virtual_memory().available)
    return sum(int(torch.cuda.mem_get_info(index)[0]) for index in range(_devices(spread)))


def _devices(spread: bool) -> int:
    """How many CUDA devices a model uses."""
    return torch.cuda.device_count() if spread else 1


def _device(device: str, spread: bool) -> Device:
    if device == "cpu":
        reason = "a processor, not a CUDA device"
        return Device(
            backend="cpu",
            # Two processors of one name can differ in this, and then hardly any time agrees.
            name=f"{_processor()}, {torch.backends.cpu.get_cpu_capability()}",
            cores=psutil.cpu_count(),
            memory_bytes=psutil.virtual_memory().total,
            compute_capability=None,
            driver=None,
            reasons={"compute_capability": reason, "driver": reason},
        )
    devices = [torch.cuda.get_device_properties(index) for index in range(_devices(spread))]
    properties, driver = devices[0], _driver()
    return Device(
        backend="cuda",
        name=" + ".join(one.name for one in devices),
        cores=sum(one.multi_processor_count for one in devices),
        memory_bytes=sum(one.total_memory for one in devices),
        compute_capability=f"{properties.major}.{properties.minor}",
        driver=driver,
        reasons={} if driver else {"driver": "nvidia-smi is not there to ask"},
    )


def _driver() -> str | None:
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return None
    command = [tool, "--query-gpu=driver_version", "--format=csv,noheader"]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
    return said[0] if said else None


def _processor() -> str:
    """The processor's model with its number of cores; its brand where the system tells it."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        models = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        name = models[0] if models else name
    elif sys.platform == "darwin":
        command = ["sysctl", "-n", "machdep.cpu.brand_string"]
        name = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() or name
    return f"{name}, {psutil.cpu_count()} cores"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
