"""The one client for every public site: polite, patient within limits, and strict about what arrives.

httpx is imported here alone. Certificates come from the machine's own store and certifi, proxies from the
machine's settings, so that a council's network is respected.
"""

from __future__ import annotations

import hashlib
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import certifi
import httpx
from httpx_retries import Retry, RetryTransport

from registries.errors import (
    BusyError,
    CutShortError,
    ElsewhereError,
    NotFoundError,
    RefusedError,
    UnavailableError,
)
from registries.manners import LATER, FileHeaders, Manners, check, proxy_for

Progress = Callable[[str, int, int | None], None]
"""Called with an address, the bytes read of it and their number if known. It may raise CancelledError to stop."""


def silent(address: str, done: int, total: int | None) -> None:
    """The progress of a fetch that nobody watches."""


Resolve = Callable[[str], tuple[str, ...]]
"""The network addresses of the site of a page. It may raise RefusedError."""


class Client:
    """Reads pages and files. Raises the kinds of FetchError.

    A site may send us on within itself and between `example.org` and `www.example.org`. With `resolve`, each request
    goes to an address that it returned and to no other.
    """

    def __init__(
        self,
        manners: Manners | None = None,
        progress: Progress = silent,
        transport: httpx.BaseTransport | None = None,
        resolve: Resolve | None = None,
    ) -> None:
        self.manners = manners or Manners()
        self.progress = progress
        waits = self.manners
        retry = Retry(
            total=waits.tries - 1,
            backoff_factor=waits.first_wait / 2,
            backoff_jitter=0.5,
            max_backoff_wait=waits.longest_wait,
            total_timeout=waits.longest_wait * 2,
            status_forcelist=(429, 500, 502, 503, 504),
        )
        ways = transport or _Routed()
        paced = _Paced(_Pinned(ways, resolve) if resolve else ways, waits.pace)
        self._http = httpx.Client(
            transport=RetryTransport(paced, retry),
            timeout=httpx.Timeout(waits.read, connect=waits.connect),
            headers={"User-Agent": waits.user_agent, "Accept-Encoding": "identity"},
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def headers(self, address: str) -> FileHeaders:
        """What the site says of a file (HEAD); nothing where it does not answer that question."""
        try:
            with self._answer("HEAD", address) as answer:
                return _file_headers(answer)
        except UnavailableError as error:
            if isinstance(error.__cause__, _NotAnsweredError):
                return FileHeaders()
            raise

    def text(
        self, address: str, query: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> str:
        """A page as text."""
        whole = str(httpx.URL(address, params=dict(query))) if query else address
        with self._answer("GET", whole, headers) as answer:
            return self._whole(answer).decode(answer.encoding or "utf-8", errors="replace")

    def content(self, address: str) -> bytes:
        """A document as it is."""
        with self._answer("GET", address) as answer:
            return self._whole(answer)

    def file(self, address: str, into: Path, known: FileHeaders) -> FileHeaders:
        """Write a file to `into`, going on where a broken try stopped, and check its length and MD5.

        A part that an earlier call left beside `into` is used when `known` names the same content as it did then.
        """
        part = into.with_name(f"{into.name}.{hashlib.sha256(str(known).encode()).hexdigest()[:12]}.part")
        if known.etag is None and known.md5 is None:
            part.unlink(missing_ok=True)
        for attempt in range(self.manners.tries):
            try:
                told = self._append(address, part, known)
                break
            except (httpx.TransportError, httpx.StreamError) as error:
                if attempt + 1 == self.manners.tries:
                    raise CutShortError(address, "the connection broke again and again.", LATER) from error
        if known.etag is None or told.etag in (None, known.etag):
            check(address, part, known)
        check(address, part, told)
        part.replace(into)
        return FileHeaders(told.etag or known.etag, told.md5 or known.md5, told.length or known.length)

    def _append(self, address: str, part: Path, known: FileHeaders) -> FileHeaders:
        if known.length is not None and part.exists() and part.stat().st_size >= known.length:
            part.unlink()
        done = part.stat().st_size if part.exists() else 0
        wanted = {"Range": f"bytes={done}-", **({"If-Range": known.etag} if known.etag else {})} if done else {}
        with self._answer("GET", address, wanted) as answer:
            goes_on = answer.status_code == httpx.codes.PARTIAL_CONTENT and _starts_at(answer) == done
            with part.open("ab" if goes_on else "wb") as file:
                for chunk in self._body(answer, answer.iter_raw(), done if goes_on else 0):
                    file.write(chunk)
            told = _file_headers(answer)
            return known if answer.status_code == httpx.codes.PARTIAL_CONTENT else told

    @contextmanager
    def _answer(self, method: str, address: str, headers: Mapping[str, str] | None = None) -> Iterator[httpx.Response]:
        request = self._http.build_request(method, _url(address), headers=dict(headers or {}))
        for _ in range(5):
            with _sent(self._http, request, address) as answer:
                if not answer.is_redirect:
                    _accept(address, answer)
                    yield answer
                    return
                request = self._redirected(request, answer, address)
        raise ElsewhereError(address, "the site sends us round in circles.", LATER)

    def _redirected(self, request: httpx.Request, answer: httpx.Response, address: str) -> httpx.Request:
        """The same request at the new place, which must be on the same site. Another origin is told no password."""
        here, target = request.url, request.url.join(answer.headers.get("Location", ""))
        if target.host.removeprefix("www.") != here.host.removeprefix("www."):
            advice = "Give the address there if you know it; else look whether your network asks for a log-in."
            raise ElsewhereError(address, f"the site sends us on to {target.host}.", advice)
        same = (target.scheme, target.netloc) == (here.scheme, here.netloc)
        left = {"host"} if same else {"host", "authorization"}
        headers = {name: value for name, value in request.headers.items() if name not in left}
        return httpx.Request(request.method, target, headers=headers)

    def _whole(self, answer: httpx.Response) -> bytes:
        """The body at once, unpacked where the site packed it unasked. Raises CutShortError where it breaks off."""
        try:
            return b"".join(self._body(answer, answer.iter_bytes(), 0))
        except (httpx.TransportError, httpx.StreamError, httpx.DecodingError) as error:
            raise CutShortError(str(answer.request.url), "the connection broke before all arrived.", LATER) from error

    def _body(self, answer: httpx.Response, pieces: Iterator[bytes], done: int) -> Iterator[bytes]:
        """The body in pieces. Raises UnavailableError when it only drips, or grows beyond all measure."""
        address = str(answer.request.url)
        total = int(length) + done if (length := answer.headers.get("Content-Length", "")).isdigit() else None
        began, here = time.monotonic(), 0
        for chunk in pieces:
            here += len(chunk)
            self.progress(address, done + here, total)
            seconds = time.monotonic() - began
            if seconds > self.manners.patience and here < self.manners.slowest * seconds:
                raise UnavailableError(address, "the site sends its data too slowly.", LATER)
            if done + here > self.manners.largest:
                raise UnavailableError(address, "the site sends far more data than the file can hold.", LATER)
            yield chunk


class _NotAnsweredError(Exception):
    """A method that the site does not know."""


class _Paced(httpx.BaseTransport):
    """Leaves `pace` seconds between two requests to the same host, retries included."""

    def __init__(self, inner: httpx.BaseTransport, pace: float) -> None:
        self._inner, self._pace = inner, pace
        self._last: dict[str, float] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.netloc.decode()
        wait = self._last.get(host, -self._pace) + self._pace - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._last[host] = time.monotonic()
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


class _Pinned(httpx.BaseTransport):
    """Looks a host up once and connects there, so that a name can't lead elsewhere after its address was approved.

    The site is still asked for by its name, and its certificate must be for that name. A proxy looks names up itself:
    it is asked only for those that `resolve` approves.
    """

    def __init__(self, inner: httpx.BaseTransport, resolve: Resolve) -> None:
        self._inner, self._resolve = inner, resolve

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        addresses = self._resolve(str(request.url))
        if proxy_for(str(request.url)):
            return self._inner.handle_request(request)
        for address in addresses[:-1]:
            with suppress(httpx.ConnectError, httpx.ConnectTimeout):
                return self._inner.handle_request(_at(request, address))
        return self._inner.handle_request(_at(request, addresses[-1]))

    def close(self) -> None:
        self._inner.close()


def _at(request: httpx.Request, address: str) -> httpx.Request:
    """The same request, sent to a network address; its Host header stays, and TLS asks for the name."""
    extensions = {**request.extensions, "sni_hostname": request.url.raw_host.decode()}
    url = request.url.copy_with(host=address)
    return httpx.Request(request.method, url, headers=request.headers, stream=request.stream, extensions=extensions)


class _Routed(httpx.BaseTransport):
    """A connection of its own to each host, by its name, through the machine's proxy unless its settings except it."""

    def __init__(self) -> None:
        self._verify = ssl.create_default_context()
        self._verify.load_verify_locations(certifi.where())
        self._routes: dict[tuple[str, str], httpx.HTTPTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        address = f"{request.url.scheme}://{request.url.netloc.decode()}"
        route = (address, request.extensions.get("sni_hostname", ""))
        if route not in self._routes:
            self._routes[route] = httpx.HTTPTransport(verify=self._verify, proxy=proxy_for(address))
        return self._routes[route].handle_request(request)

    def close(self) -> None:
        for route in self._routes.values():
            route.close()


def _url(address: str) -> httpx.URL:
    try:
        return httpx.URL(address)
    except httpx.InvalidURL:
        raise RefusedError(address, "the link is damaged.", "Copy it again from the page where you found it.") from None


@contextmanager
def _sent(http: httpx.Client, request: httpx.Request, address: str) -> Iterator[httpx.Response]:
    try:
        answer = http.send(request, stream=True)
    except httpx.TimeoutException as error:
        raise UnavailableError(address, "the site did not answer in time.", LATER) from error
    except httpx.TransportError as error:
        wrong = "no connection could be made."
        advice = "Check the network, proxy and certificates, or import the files by hand."
        raise UnavailableError(address, wrong, advice) from error
    try:
        yield answer
    finally:
        answer.close()


def _accept(address: str, answer: httpx.Response) -> None:
    code = answer.status_code
    if answer.is_success:
        return
    if code in (404, 410):
        raise NotFoundError(address, "the site has no such page or file.", LATER)
    if code in (401, 403, 407, 451):
        raise RefusedError(address, f"the site does not let us in (answer {code}).", "Import the files by hand.")
    if code in (429, 503):
        raise BusyError(address, "the site asks to come back later.", LATER)
    cause = _NotAnsweredError() if answer.request.method == "HEAD" and code in (400, 405, 501) else None
    raise UnavailableError(address, f"the site answers with a fault ({code}).", LATER) from cause


def _file_headers(answer: httpx.Response) -> FileHeaders:
    length = answer.headers.get("Content-Length", "")
    return FileHeaders(
        etag=answer.headers.get("ETag"),
        md5=answer.headers.get("Content-MD5"),
        length=int(length) if length.isdigit() else None,
    )


def _starts_at(answer: httpx.Response) -> int:
    start = answer.headers.get("Content-Range", "").removeprefix("bytes ").split("-")[0]
    return int(start) if start.isdigit() else -1
