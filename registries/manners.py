"""How the client behaves towards a site and a network, and what a site says of a file."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from registries.errors import CutShortError, RefusedError

LATER = "Try again later, or import the files by hand."
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 addresses as a network of IPv6 reaches them (RFC 6052)."""


@dataclass(frozen=True)
class Manners:
    """How the client behaves. Times in seconds.

    `tries` counts the first one. Between tries it waits twice as long each time, up to `longest_wait`, and as long as
    Retry-After says. `pace` lies between two requests to a host. A body slower than `slowest` bytes a second over
    `patience` is given up. Source: our judgement; the registry's own limit is 30 requests in 2 seconds.
    """

    user_agent: str = "riskcheck (modern slavery supply-chain check of UK councils)"
    connect: float = 10
    read: float = 30
    tries: int = 4
    first_wait: float = 1
    longest_wait: float = 60
    pace: float = 1
    patience: float = 30
    slowest: float = 1_000
    largest: int = 500_000_000


@dataclass(frozen=True)
class FileHeaders:
    """What a site says of a file before sending it: entity tag, MD5 in base64 and length, where it says so."""

    etag: str | None = None
    md5: str | None = None
    length: int | None = None

    def same_as(self, other: FileHeaders) -> bool:
        """Whether both name the same content. The MD5 decides where both have one: it outlives a nightly rewrite."""
        if self.md5 and other.md5:
            return self.md5 == other.md5
        return self.etag is not None and self.etag == other.etag


def check(address: str, path: Path, told: FileHeaders) -> None:
    """Compare what arrived with what was announced. Raises CutShortError and removes the file."""
    size = path.stat().st_size
    if told.length is not None and size != told.length:
        path.unlink()
        raise CutShortError(address, f"{size:,} bytes arrived, {told.length:,} were announced.", LATER)
    digest = base64.b64encode(hashlib.md5(path.read_bytes(), usedforsecurity=False).digest()).decode()
    if told.md5 is not None and told.md5 != digest:
        path.unlink()
        raise CutShortError(address, "what arrived has another checksum than announced.", LATER)


def proxy_for(address: str) -> str | None:
    """The proxy that the machine's settings name for an address, or None to go there directly, as to this machine."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if host in ("localhost", "127.0.0.1", "::1") or proxy_bypass(host):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")


def public_addresses(address: str) -> tuple[str, ...]:
    """The network addresses of the site of a page. Raises RefusedError where one is not public.

    For links that people type into a server: it must not look at its own network for them.
    """
    advice = "Save the page or PDF yourself and hand in the file."
    try:
        parts = urlsplit(address)
        found = socket.getaddrinfo(parts.hostname or "", parts.port or 443, proto=socket.IPPROTO_TCP)
    except (OSError, ValueError):
        raise RefusedError(address, "no such site was found.", advice) from None
    resolved = tuple(dict.fromkeys(str(one[4][0]) for one in found))
    if not all(map(_public, resolved)):
        raise RefusedError(address, "this is not the address of a public site.", advice)
    return resolved


def _public(resolved: str) -> bool:
    """IPv6 addresses that stand for an IPv4 one are judged by that one."""
    ip = ipaddress.ip_address(resolved.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        ip = ip.sixtofour or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else ip)
    return ip.is_global and not ip.is_multicast
