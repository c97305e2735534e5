"""How does what `qdocs bundle` wrote become files again, on a machine with nothing but Python?

`qdocs bundle` copies this file into the bundle as `unpack.py`; it imports the standard library only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def problems(bundle: Path, manifest: dict[str, Any]) -> list[str]:
    """Which parts are missing or damaged, one line each."""
    found = []
    for part in (part for file in manifest["files"] for part in file["parts"]):
        path = bundle / part["path"]
        if not path.is_file():
            found.append(f"{part['path']} is missing")
        elif sha256(path) != part["sha256"]:
            found.append(f"{part['path']} is damaged: send it again")
    return found


def join(bundle: Path, file: dict[str, Any], target: Path) -> None:
    """Put a file's parts together; it has its name only once its digest is right."""
    path = target / file["to"]
    if path.is_file() and sha256(path) == file["sha256"]:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    with partial.open("wb") as whole:
        for part in file["parts"]:
            whole.write((bundle / part["path"]).read_bytes())
    if sha256(partial) != file["sha256"]:
        sys.exit(f"{file['to']} does not match its digest: make the bundle again")
    partial.replace(path)


def main() -> None:
    """Check all parts, join them, and say what to do next."""
    parser = argparse.ArgumentParser(description="Unpack a bundle of qdocs.")
    parser.add_argument("target", help="a folder for wheels, models and code")
    target = Path(parser.parse_args().target).resolve()
    bundle = Path(__file__).resolve().parent
    manifest = json.loads((bundle / MANIFEST).read_text(encoding="utf-8"))
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    if here != manifest["python"]:
        sys.exit(f"this is Python {here}, and the wheels are for {manifest['python']}: use that, or bundle for {here}")
    if wrong := problems(bundle, manifest):
        sys.exit("\n".join(wrong))
    for file in manifest["files"]:
        join(bundle, file, target)
    print(f"{len(manifest['files'])} files are in {target}. Then:")
    for command in manifest["next"]:
        print("  " + command.replace("TARGET", str(target)))


if __name__ == "__main__":
    main()
