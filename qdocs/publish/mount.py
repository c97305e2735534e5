"""Where in the site do made pages stand?

MkDocs asks this hook; the pages are there before it starts.
"""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from qdocs.publish.names import GENERATED, PAGES


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add each generated page under its own address, beside the hand-written ones."""
    folder = Path(config.docs_dir) / GENERATED.name / PAGES
    for page in sorted(folder.rglob("*.md")):
        address = page.relative_to(folder).as_posix()
        files.append(File.generated(config, address, abs_src_path=str(page), inclusion=InclusionLevel.NOT_IN_NAV))
    return files
