"""How is the built site served as a host would serve it, text compressed?"""

from __future__ import annotations

import functools
import gzip
import http.server
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SITE = Path("site")
COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".csv", ".ipynb", ".py", ".txt"}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files of the site, gzipped where a client takes that; says nothing."""

    def log_message(self, *args: Any) -> None:
        """Stay quiet."""

    def send_head(self) -> Any:
        """Answer with the compressed file where that can be done, else as the standard library does."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.split("?")[0].endswith("/") else path
        takes = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (takes and path.is_file() and path.suffix in COMPRESSED):
            return super().send_head()
        body = compressed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)


@functools.cache
def compressed(path: Path) -> bytes:
    """A file as it travels."""
    return gzip.compress(path.read_bytes(), 6)


@contextmanager
def served(folder: Path = SITE) -> Iterator[str]:
    """Serve a folder on a free port of this machine; gives the address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
