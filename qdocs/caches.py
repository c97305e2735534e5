"""Where do downloads, unpacked models and compiled kernels live, and can we write there?"""

from __future__ import annotations

import os
from pathlib import Path

from qdocs.errors import Stopped

VARIABLE = "QDOCS_CACHE"


def cache_dir() -> Path:
    """The cache folder: `$QDOCS_CACHE`, else the platform's own place for caches."""
    import platformdirs

    return Path(os.environ.get(VARIABLE) or platformdirs.user_cache_dir("qdocs", appauthor=False))


def writable(folder: Path) -> Path:
    """Make a folder below the cache.

    Raises:
        Stopped: If it cannot be made or written to, with the remedy.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(13, "Permission denied")
    except OSError as error:
        raise Stopped(
            f"the cache {folder} cannot be written ({error.strerror}): set {VARIABLE} to a folder that can be"
        ) from None
    return folder
