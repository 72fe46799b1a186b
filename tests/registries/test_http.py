"""The client: pace, waiting, proxies, and who it says it is."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from registries.errors import CutShortError, ElsewhereError, NotFoundError, RefusedError, UnavailableError
from registries.http import Client
from registries.manners import FileHeaders, Manners, proxy_for, public_addresses
from tests.registries import twin
from tests.registries.twin import Site

HASTE = Manners(connect=2, read=2, tries=3, first_wait=0.01, longest_wait=2, pace=0)


@pytest.fixture
def site() -> Iterator[Site]:
    with twin.running() as site:
        site.pages["/page"] = lambda query: f"asked for {query}"
        yield site


def test_says_who_asks(site: Site) -> None:
    with Client(HASTE) as client:
        client.text(f"{site.address}/page")
    assert site.asked[0][2]["User-Agent"].startswith("riskcheck (")


def certificate(folder: Path, host: str = "localhost") -> Path:
    """A certificate for this machine, also by a name, and its key, in one file, that no public authority has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "council proxy")])
    now, hosts = datetime.now(UTC), [x509.IPAddress(ip_address("127.0.0.1")), x509.DNSName(host)]
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = folder / "council.pem"
    path.write_bytes(plain + made.public_bytes(Encoding.PEM))
    return path


def test_certificates_of_the_council_are_trusted_and_others_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = certificate(tmp_path)
    encrypted = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    encrypted.load_cert_chain(path)
    with twin.running(encrypted) as site:
        site.pages["/page"] = lambda _: "welcome"
        with Client(HASTE) as client, pytest.raises(UnavailableError, match="proxy and certificates"):
            client.text(f"{site.address}/page")
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        with Client(HASTE) as client:
            assert client.text(f"{site.address}/page") == "welcome"


@pytest.mark.parametrize(
    ("at", "to", "error"),
    [
        pytest.param("example.org", "https://www.example.org/s", None, id="to www"),
        pytest.param("www.example.org", "https://example.org/s", None, id="from www"),
        pytest.param("example.org", "https://other.example/s", ElsewhereError, id="to another site"),
        pytest.param("example.org", "https://www.example.org.evil.example/", ElsewhereError, id="a like name"),
        pytest.param("example.org", "https://[::1", UnavailableError, id="to a damaged link"),
    ],
)
def test_a_site_may_send_us_on_to_its_own_www(at: str, to: str, error: type[Exception] | None) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/":
            return httpx.Response(301, headers={"Location": to})
        return httpx.Response(200, text=f"{request.headers['Host']} {request.headers.get('Authorization')}")

    with Client(HASTE, transport=httpx.MockTransport(answer)) as client:
        if error is None:
            assert client.text(f"https://{at}/", headers={"Authorization": "key"}) == f"{to.split('/')[2]} None"
            return
        with pytest.raises(error):
            client.content(f"https://{at}/")


def test_a_site_is_asked_by_its_name_at_the_address_that_was_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing listens at the first address; the name itself leads nowhere, as one that was changed meanwhile would."""
    path = certificate(tmp_path, "statements.example")
    encrypted = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    encrypted.load_cert_chain(path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    looked_at: list[str] = []

    def resolve(address: str) -> tuple[str, ...]:
        looked_at.append(address)
        return ("127.0.0.2", "127.0.0.1")

    with twin.running(encrypted) as site, Client(HASTE, resolve=resolve) as client:
        site.pages["/page"] = lambda _: "welcome"
        port = site.address.rpartition(":")[2]
        address = f"https://statements.example:{port}/page"
        assert client.text(address) == "welcome"
        assert (looked_at, site.asked[0][2]["Host"]) == ([address], f"statements.example:{port}")
        with pytest.raises(UnavailableError, match="proxy and certificates"):
            client.text(f"https://other.example:{port}/page")


@pytest.mark.parametrize(
    ("resolved", "public"),
    [
        ("93.184.216.34", True),
        ("10.0.0.1", False),
        ("224.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("fe80::1%eth0", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:a00:1::", False),
    ],
)
def test_addresses_of_public_sites(monkeypatch: pytest.MonkeyPatch, resolved: str, public: bool) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (resolved, 443))])
    if public:
        assert public_addresses("https://site.example/") == (resolved,)
        return
    with pytest.raises(RefusedError, match="not the address of a public site"):
        public_addresses("https://site.example/")


def test_query_is_escaped(site: Site) -> None:
    with Client(HASTE) as client:
        assert client.text(f"{site.address}/page", {"Search": "A & B", "p": "2"}) == (
            "asked for {'Search': ['A & B'], 'p': ['2']}"
        )


def test_waits_as_long_as_retry_after_says(site: Site) -> None:
    site.faults["/page"] = [twin.answer(429, Retry_After="1")]
    began = time.monotonic()
    with Client(HASTE) as client:
        client.text(f"{site.address}/page")
    assert time.monotonic() - began >= 1


def test_leaves_the_pace_between_requests_and_retries(site: Site) -> None:
    site.faults["/page"] = [twin.answer(500)]
    began = time.monotonic()
    with Client(Manners(pace=0.2, first_wait=0.01)) as client:
        client.text(f"{site.address}/page")
        client.text(f"{site.address}/page")
    assert len(site.asked) == 3
    assert time.monotonic() - began >= 0.4


def test_address_of_an_error_has_no_query(site: Site) -> None:
    with Client(HASTE) as client, pytest.raises(NotFoundError) as raised:
        client.text(f"{site.address}/nothing", {"Search": "Wilhelmina Testerby"})
    assert str(raised.value).startswith(f"{site.address}/nothing: ")


@pytest.mark.parametrize(
    ("settings", "address", "proxy"),
    [
        pytest.param({}, "https://a.example", None, id="none"),
        pytest.param({"HTTPS_PROXY": "http://proxy:8080"}, "https://a.example", "http://proxy:8080", id="named"),
        pytest.param({"HTTP_PROXY": "http://proxy:8080"}, "https://a.example", None, id="for another scheme"),
        pytest.param({"ALL_PROXY": "http://proxy:8080"}, "https://a.example", "http://proxy:8080", id="for all"),
        pytest.param(
            {"HTTPS_PROXY": "http://proxy:8080", "NO_PROXY": "a.example"}, "https://a.example", None, id="excepted"
        ),
        pytest.param({"HTTP_PROXY": "http://proxy:8080"}, "http://127.0.0.1:80", None, id="this machine"),
    ],
)
def test_proxy_of_the_machine_is_respected(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], address: str, proxy: str | None
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name.lower(), value)
    assert proxy_for(address) == proxy


def test_proxy_is_really_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", site.address)
    site.pages["/page"] = lambda _: "through the proxy"
    with Client(HASTE) as client:
        assert client.text("http://registry.example/page") == "through the proxy"


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        pytest.param(FileHeaders("a", "x"), FileHeaders("b", "x"), True, id="the MD5 outlives a rewrite"),
        pytest.param(FileHeaders("a", "x"), FileHeaders("a", "y"), False, id="the MD5 decides"),
        pytest.param(FileHeaders("a"), FileHeaders("a", "y"), True, id="else the tag"),
        pytest.param(FileHeaders(), FileHeaders(), False, id="nothing is known"),
    ],
)
def test_same_content(left: FileHeaders, right: FileHeaders, same: bool) -> None:
    assert left.same_as(right) == same


class _Broken(httpx.SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        yield b"six by"
        raise httpx.RemoteProtocolError("peer closed the connection")


@pytest.mark.parametrize(
    ("stream", "said"), [(_Broken(), "broke before all arrived"), (httpx.ByteStream(b"no gzip"), "broke before")]
)
def test_a_body_that_breaks_off_is_told_in_a_sentence(stream: httpx.SyncByteStream, said: str) -> None:
    packed = {"Content-Encoding": "gzip"} if isinstance(stream, httpx.ByteStream) else {}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, headers=packed, stream=stream))
    with Client(transport=transport) as client, pytest.raises(CutShortError, match=said):
        client.content("https://site.example/statement")


def test_a_page_that_is_packed_unasked_is_unpacked() -> None:
    content, packed = gzip.compress(b"Our statement"), {"Content-Encoding": "gzip"}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, headers=packed, content=content))
    with Client(transport=transport) as client:
        assert client.content("https://site.example/statement") == b"Our statement"
