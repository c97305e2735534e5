"""Which files does git list here, and how does another folder get them?"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent


def copy_listed(folder: Path, which: str) -> None:
    """Copy what `git ls-files` lists here with this option, with its times; what is ignored never."""
    command = ["git", "ls-files", which, "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
