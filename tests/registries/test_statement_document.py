"""The text of a published statement, from a PDF, a web page or a text."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest

from registries import statement_document
from registries.errors import RegisterFileError


def pdf(*texts: str, password: str = "") -> bytes:
    """A PDF with one line of text a page."""
    writer = pypdf.PdfWriter()
    for text in texts:
        page = writer.add_blank_page(595, 842)
        font = pypdf.generic.DictionaryObject(
            {
                pypdf.generic.NameObject("/Type"): pypdf.generic.NameObject("/Font"),
                pypdf.generic.NameObject("/Subtype"): pypdf.generic.NameObject("/Type1"),
                pypdf.generic.NameObject("/BaseFont"): pypdf.generic.NameObject("/Helvetica"),
            }
        )
        fonts = pypdf.generic.DictionaryObject({pypdf.generic.NameObject("/F1"): writer._add_object(font)})
        page[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject(
            {pypdf.generic.NameObject("/Font"): fonts}
        )
        stream = pypdf.generic.DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1"))
        page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


WEB_PAGE = """<html><head><title>x</title><style>p {}</style></head><body><nav>Home</nav>
<h1>Modern slavery statement</h1><p>We train our <b>staff</b>.</p><ul><li>One</li><li>Two</li></ul>
<script>var a = "no";</script><footer>Cookies</footer></body></html>"""


def test_pages_of_a_pdf_are_kept_apart() -> None:
    assert statement_document.pages("a.pdf", pdf("First page.", "Second page.")) == ("First page.", "Second page.")


def test_web_page_without_what_surrounds_it() -> None:
    (text,) = statement_document.pages("a.html", WEB_PAGE.encode())
    assert [line.strip() for line in text.splitlines() if line.strip()] == [
        "Modern slavery statement",
        "We train our staff.",
        "One",
        "Two",
    ]


def test_plain_text_is_one_page() -> None:
    assert statement_document.pages("a.txt", "\ufeffOur statement: 3 < 4.".encode()) == ("Our statement: 3 < 4.",)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(pdf("Secret.", password="secret"), "protected by a password", id="password"),
        pytest.param(b"%PDF-1.7 nothing", "the PDF is damaged", id="damaged PDF"),
        pytest.param(pdf("Cut.")[:300], "the PDF is damaged", id="cut PDF"),
        pytest.param(b"PK\x03\x04\0\0\0", "neither a PDF nor a web page", id="a zip"),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_unusable_document_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    with pytest.raises(RegisterFileError, match=words):
        statement_document.read(tmp_path / "a.pdf")


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterFileError, match="can't be opened"):
        statement_document.read(tmp_path / "a.pdf")
