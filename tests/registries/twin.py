"""A twin of the registry's site on this machine: the same addresses and markup, and any fault on demand."""

from __future__ import annotations

import base64
import hashlib
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Fault = Callable[["Handler", bytes], None]
"""Answers a request in the place of the right answer; it is given the right body."""


@dataclass
class Site:
    """What the twin serves and what it was asked. `faults` holds, by path, the faults of the next requests."""

    files: dict[str, bytes] = field(default_factory=dict)
    pages: dict[str, Callable[[dict[str, list[str]]], str]] = field(default_factory=dict)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    tags: bool = True
    heads: bool = True
    address: str = ""

    def requests(self, method: str = "GET") -> list[str]:
        """Paths with queries of all requests of a method so far."""
        return [path for asked, path, _ in self.asked if asked == method]


class Handler(BaseHTTPRequestHandler):
    """Serves `server.site`; quiet."""

    server: Any
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        """Headers of a file, or what the fault says."""
        self._answer()

    def do_GET(self) -> None:
        """A file, a page, or what the fault says."""
        self._answer()

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""

    def _answer(self) -> None:
        site: Site = self.server.site
        parts = urlsplit(self.path)
        site.asked.append((self.command, self.path, dict(self.headers)))
        if self.command == "HEAD" and not site.heads:
            self.send(405, b"")
            return
        body = site.files.get(parts.path)
        if body is None and parts.path in site.pages:
            body = site.pages[parts.path](parse_qs(parts.query)).encode()
        faults = site.faults.get(parts.path, [])
        if faults and self.command == "GET":
            faults.pop(0)(self, body or b"")
        elif body is None:
            self.send(404, b"not found")
        else:
            self._right(body, tagged=site.tags and parts.path in site.files)

    def _right(self, body: bytes, *, tagged: bool) -> None:
        digest = hashlib.md5(body, usedforsecurity=False)
        tags = {"ETag": f'"{digest.hexdigest()}"', "Content-MD5": base64.b64encode(digest.digest()).decode()}
        wanted = self.headers.get("Range", "")
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        if tagged and start and self.headers.get("If-Range", tags["ETag"]) == tags["ETag"]:
            about = {**tags, "Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
            self.send(206, body[start:], about)
        else:
            self.send(200, body, tags if tagged else {})

    def send(self, code: int, body: bytes, headers: dict[str, str] | None = None, length: int | None = None) -> None:
        """Send an answer; `length` announces another length than that of the body."""
        self.send_response(code)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


# ---- faults ---------------------------------------------------------------------------------------------------------


def answer(code: int, **headers: str) -> Fault:
    """An answer with this code and headers (underscores stand for hyphens) and no body."""
    return lambda handler, _: handler.send(code, b"", {name.replace("_", "-"): text for name, text in headers.items()})


def other(body: bytes) -> Fault:
    """Another body than the right one, under its own headers."""
    return lambda handler, _: handler.send(200, body)


def cut(share: float) -> Fault:
    """The connection is cut after a share of the body, of which the whole length was announced."""

    def fault(handler: Handler, body: bytes) -> None:
        digest = hashlib.md5(body, usedforsecurity=False)
        handler.send(200, body[: int(len(body) * share)], {"ETag": f'"{digest.hexdigest()}"'}, len(body))
        handler.close_connection = True

    return fault


def damaged(handler: Handler, body: bytes) -> None:
    """The right length, another content, and the MD5 of the right one."""
    tag = base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()
    handler.send(200, body[:-1] + b"x", {"Content-MD5": tag})


def shortened(handler: Handler, body: bytes) -> None:
    """A length announced that is smaller than before, and only so much sent."""
    handler.send(200, body[:-200])


def drip(seconds: float) -> Fault:
    """One byte now and then, for so long."""

    def fault(handler: Handler, body: bytes) -> None:
        handler.send(200, b"", {}, len(body))
        until = time.monotonic() + seconds
        for at in range(len(body)):
            if time.monotonic() > until:
                break
            try:
                handler.wfile.write(body[at : at + 1])
            except OSError:
                break
            time.sleep(0.02)
        handler.close_connection = True

    return fault


def silence(seconds: float) -> Fault:
    """No answer for so long."""

    def fault(handler: Handler, _: bytes) -> None:
        time.sleep(seconds)
        handler.close_connection = True

    return fault


class _Server(ThreadingHTTPServer):
    """Does not print when a client hangs up, which is what faults make it do."""

    daemon_threads = True
    site: Site

    def handle_error(self, *_: object) -> None:
        """Nothing is printed."""


@contextmanager
def running(encrypted: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site on a free port of this machine, over HTTPS where it is given a certificate, stopped afterwards."""
    server = _Server(("127.0.0.1", 0), Handler)
    if encrypted:
        server.socket = encrypted.wrap_socket(server.socket, server_side=True)
    scheme = "https" if encrypted else "http"
    site = server.site = Site(address=f"{scheme}://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
