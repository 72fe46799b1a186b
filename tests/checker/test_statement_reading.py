"""Statements are read in a guarded child process: what it hands back, and that no PDF takes the parent down."""

from __future__ import annotations

import io
import socket
import zlib
from functools import partial
from pathlib import Path

import httpx
import pypdf
import pytest
from click.testing import CliRunner

from checker import statement_reading, statement_text
from checker.cli import riskcheck
from registries.errors import NotFoundError, RefusedError, RegisterFileError
from registries.http import Client
from riskengine import policy as policies
from tests.registries import twin
from tests.registries.test_statement_document import WEB_PAGE, pdf

SAID = "We trained all our staff on modern slavery this year."


def kept(folder: Path, content: bytes, name: str = "statement.pdf") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def swollen(size: int) -> bytes:
    """A small PDF whose one page unpacks to `size` bytes of drawing."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("x")))
    page = writer.pages[0]
    stream = pypdf.generic.StreamObject()
    stream[pypdf.generic.NameObject("/Filter")] = pypdf.generic.NameObject("/FlateDecode")
    stream._data = zlib.compress(b"BT (a) Tj ET\n" * (size // 13), 9)
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pages_come_back_as_they_are_read(tmp_path: Path) -> None:
    assert statement_text.pages(kept(tmp_path, pdf("One.", "Two."))) == ("One.", "Two.")
    assert "We train our staff." in statement_text.pages(kept(tmp_path, WEB_PAGE.encode(), "page.html"))[0]


def test_a_statement_is_quoted_with_its_page(tmp_path: Path) -> None:
    filler = "The rest of the page is about other matters. " * 20
    answers = {one.point: one for one in statement_reading.read(str(kept(tmp_path, pdf(filler, SAID))))}
    assert (answers["training"].answer, answers["training"].quote, answers["training"].page) == ("stated", SAID, 2)


def test_a_statement_is_read_by_a_councils_own_policy(tmp_path: Path) -> None:
    built_in = (policies.BUILT_IN / "statement_reader.toml").read_text("utf-8")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "statement_reader.toml").write_text(
        built_in.replace('value = 400\nwhy = "A st', 'value = 9000\nwhy = "A st'), "utf-8"
    )
    filler = "The rest of the page is about other matters. " * 20
    asked = ["statement", str(kept(tmp_path, pdf(filler, SAID)))]
    told = [CliRunner().invoke(riskcheck, [*asked, *own]) for own in ([], ["--policy", str(tmp_path / "own")])]
    assert [(SAID in one.stdout, "Unreadable: training" in one.stdout) for one in told] == [
        (True, False),
        (False, True),
    ]
    assert CliRunner().invoke(riskcheck, [*asked, "--policy", str(tmp_path / "none")]).exit_code == 2


def test_content_handed_in_is_read_under_its_name() -> None:
    with pytest.raises(RegisterFileError, match=r"^mine\.pdf: the PDF is damaged"):
        statement_reading.read_content("mine.pdf", b"%PDF-1.7 nothing")


def test_an_error_of_the_document_comes_back_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(RegisterFileError) as found:
        statement_text.pages(kept(tmp_path, pdf("Secret.", password="secret")))
    assert (found.value.file, found.value.wrong) == ("statement.pdf", "the PDF is protected by a password.")


def test_there_is_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(RegisterFileError, match="can't be opened"):
        statement_text.pages(tmp_path / "none.pdf")


def test_a_pdf_that_asks_for_too_much_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statement_text, "MEMORY", 200 * 1024**2)
    with pytest.raises(RegisterFileError, match="asked for more than 200 MB of memory, or broke off"):
        statement_text.pages(kept(tmp_path, swollen(8_000_000)))


def test_a_pdf_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statement_text, "SECONDS", 0.01)
    with pytest.raises(RegisterFileError, match=r"took longer than 0\.01 seconds"):
        statement_text.pages(kept(tmp_path, pdf("One.")))


def test_a_pdf_that_unpacks_to_too_much(tmp_path: Path) -> None:
    with pytest.raises(RegisterFileError, match="more than a statement can hold"):
        statement_text.pages(kept(tmp_path, swollen(100_000_000)))


@pytest.mark.parametrize("to", ["https://www.example.org/", "https://example.org/again"])
def test_a_public_site_may_not_send_the_app_into_its_own_network(monkeypatch: pytest.MonkeyPatch, to: str) -> None:
    """Be it by a name of its own network, or by an answer for the same name that is another one the next time."""
    answers, asked = iter(["93.184.216.34", "10.0.0.1"]), []

    def sent_on(request: httpx.Request) -> httpx.Response:
        asked.append((request.url.host, request.headers["Host"]))
        return httpx.Response(301, headers={"Location": to})

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (next(answers), 443))])
    monkeypatch.setattr(statement_reading, "Client", partial(Client, transport=httpx.MockTransport(sent_on)))
    with pytest.raises(RefusedError, match=r"example\.org.*not the address of a public site"):
        statement_reading.read_public_link("https://example.org/")
    assert asked == [("93.184.216.34", "example.org")]


def test_a_damaged_link_is_told_in_a_sentence() -> None:
    with pytest.raises(RefusedError, match="the link is damaged"):
        statement_reading.read_public_link("https://[::1")


def test_a_statement_is_fetched_by_its_link() -> None:
    with twin.running() as site:
        site.files["/statement.pdf"] = pdf(SAID, "The rest of the page is about other matters. " * 20)
        answers = {one.point: one.quote for one in statement_reading.read(f"{site.address}/statement.pdf?v=1")}
        assert answers["training"] == SAID
        with pytest.raises(NotFoundError):
            statement_reading.read(f"{site.address}/gone.pdf")
