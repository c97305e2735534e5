"""A model hub on this machine, which speaks enough of the Hugging Face hub's protocol for its own client."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@contextmanager
def hub(repositories: dict[str, Path | str]) -> Iterator[str]:
    """Serve repositories; yields the address.

    Args:
        repositories: Each a folder, whose files it has at the revisions `main`, `v1` and `COMMIT`, or the hub's code
            for an error, such as `GatedRepo`.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(with_body=True)

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def log_message(self, format: str, *args: object) -> None:
            pass

        def _answer(self, with_body: bool) -> None:
            path = urlsplit(self.path).path.removeprefix("/").removeprefix("api/models/")
            name = "/".join(path.split("/")[:2])
            what, _, rest = path.removeprefix(name).removeprefix("/").partition("/")
            found = repositories.get(name)
            if found is None:
                return self._send(404, b"", with_body, {"X-Error-Code": "RepoNotFound"})
            if isinstance(found, str):
                return self._send(403, b"", with_body, {"X-Error-Code": found})
            revision, _, file = rest.partition("/")
            if revision not in ("main", "v1", COMMIT):
                return self._send(404, b"", with_body, {"X-Error-Code": "RevisionNotFound"})
            files = {path.relative_to(found).as_posix(): path for path in found.rglob("*") if path.is_file()}
            if what == "revision":
                listed = {"id": name, "sha": COMMIT, "siblings": [{"rfilename": file} for file in files]}
                return self._send(200, json.dumps(listed).encode(), with_body, {})
            if what == "tree":
                tree = [
                    {"type": "file", "path": name, "size": path.stat().st_size, "oid": _oid(path)}
                    for name, path in files.items()
                ]
                return self._send(200, json.dumps(tree).encode(), with_body, {})
            if what == "resolve" and file in files:
                headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{_oid(files[file])}"'}
                return self._send(200, files[file].read_bytes(), with_body, headers)
            return self._send(404, b"", with_body, {"X-Error-Code": "EntryNotFound"})

        def _send(self, code: int, body: bytes, with_body: bool, headers: dict[str, str]) -> None:
            self.send_response(code)
            for key, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(key, value)
            self.end_headers()
            if with_body:
                self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def _oid(path: Path) -> str:
    return hashlib.sha1(path.read_bytes()).hexdigest()
