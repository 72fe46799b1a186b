"""Downloads and uploads ask on the server who wants them: in full, with cookies as sign-in sets them."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import time
import warnings
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Route
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

import sample_contracts
from checker import access, apart, assessments, downloads, exports, gate, records, sign_in
from checker.assessments import Request, Source
from checker.records import RecordError, chain, retention
from checker.settings import Settings
from registries import sample
from riskengine import report

with warnings.catch_warnings():
    # Starlette asks for httpx2 here, a second copy of the client that the product already has.
    warnings.simplefilter("ignore", DeprecationWarning)
    warnings.filterwarnings("ignore", message="Using `httpx`")
    from starlette.testclient import TestClient

ORIGIN = "https://risk.example.gov.uk"
SETTINGS = {
    "RISKCHECK_PUBLIC_URL": ORIGIN,
    "RISKCHECK_OIDC_METADATA_URL": "https://login.example.org/.well-known/openid-configuration",
    "RISKCHECK_OIDC_CLIENT_ID": "riskcheck",
    "RISKCHECK_OIDC_CLIENT_SECRET": "secret",
    "RISKCHECK_COOKIE_SECRET": "0123456789abcdef0123456789abcdef",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the draft of an assessment of a list with persons."""
    folder = tmp_path_factory.mktemp("downloads")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RISKCHECK_DATA_DIR", str(folder))
        path = next(one.path for one in sample_contracts.samples() if one.path.name == "care_payments.csv")
        request = Request((Source(path, path.name),), sample_contracts.as_of(), registry=(sample.FOLDER,))
        records.save(assessments.run(request, lambda step, share: None).assessment)
    return folder


@pytest.fixture
def asked(data: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the workbook of the draft."""
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(data))
    access._TOLD.clear()
    return f"/download/workbook?assessment={records.recent()[0].id}"


@pytest.fixture
def server(asked: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The gate and the downloads of a server with sign-in, over stand-ins for Streamlit's own addresses."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    secrets = sign_in.secrets(Settings())
    monkeypatch.setattr(type(secrets_singleton), "load_if_toml_exists", lambda _: True)
    monkeypatch.setattr(type(secrets_singleton), "get", lambda _, name, default=None: secrets.get(name, default))
    yield client()
    downloads._SERVED.clear()


def client() -> TestClient:
    own = [
        Route("/_stcore/upload_file/{at:path}", lambda _: PlainTextResponse("kept"), methods=["PUT"]),
        Route("/oauth2callback", lambda _: RedirectResponse("/", 302)),
        Route("/supplier", lambda _: PlainTextResponse("a page")),
    ]
    app = Starlette(routes=[*downloads.routes(), *own], middleware=[Middleware(gate.Gate)])
    return TestClient(app, base_url=ORIGIN, follow_redirects=False)


def signed(*roles: str, origin: str = ORIGIN, **more: Any) -> dict[str, str]:
    """The header with the cookie that sign-in sets."""
    claims = {"is_logged_in": True, "iat": time.time(), "email": "alice@example.org", "roles": list(roles)}
    told = json.dumps({**claims, "origin": origin, **more})
    return {"Cookie": f"{USER_COOKIE_NAME}={create_signed_value(get_cookie_secret(), USER_COOKIE_NAME, told).decode()}"}


def names(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


@pytest.mark.parametrize("role", ["officer", "auditor"])
def test_those_who_may_get_the_workbook_with_names_withheld(server: TestClient, asked: str, role: str) -> None:
    answer = server.get(asked, headers=signed(role))
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    persons = records.load(records.recent()[0].id).suppliers.filter("personal")["name"]
    assert persons.len()
    assert not [name for name in persons if name in names(answer.content)]


def test_a_workbook_is_made_once_and_goes_with_its_assessment(
    asked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def make(_assessment: str, folder: Path, names: report.PersonalNames) -> None:
        made.append(names)
        (folder / "audit.xlsx").write_bytes(b"workbook")

    monkeypatch.setattr(exports, "workbook", make)
    shutil.copytree(Settings().data_dir, tmp_path / "data", ignore=lambda *_: ["ranked"])
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
    assert [client().get(asked).content for _ in range(2)] == [b"workbook"] * 2
    assert client().get(f"{asked}&names=shown&why=x").content == b"workbook"
    assert made == ["withheld", "shown"]
    downloads._SERVED.clear()
    retention.clear("A", chain.now() + timedelta(days=999))
    assert not [path for path in Settings().ranked_dir.iterdir() if path.suffix == ".xlsx"]


def test_files_of_a_large_assessment_are_made_in_another_process(
    asked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessment, here = asked.partition("=")[2], os.getpid()
    monkeypatch.setattr(apart, "LARGE", 1)
    page = ModuleType("__main__")
    page.__file__ = str(tmp_path / "page.py")
    Path(page.__file__).write_text("raise SystemExit('A page has no business in another process.')")
    monkeypatch.setitem(sys.modules, "__main__", page)
    apart.make(_tell, assessment, tmp_path / "process")
    assert int((tmp_path / "process").read_text()) != here
    with pytest.raises(RecordError, match="can't be read"):
        apart.make(_refuse, assessment)


def _tell(_assessment: str, path: Path) -> None:
    path.write_text(str(os.getpid()))


def _refuse(_assessment: str) -> None:
    raise RecordError("It can't be read.")


@pytest.mark.parametrize("held", [("councillor",), ("administrator",), ()])
def test_others_are_refused_and_the_try_is_recorded(server: TestClient, asked: str, held: tuple[str, ...]) -> None:
    answer = server.get(asked, headers=signed(*held))
    assert (answer.status_code, "for officers and auditors" in answer.text) == (403, True)
    entry = records.trail(1)[0]
    assert (entry.who, entry.action, entry.subject) == ("alice@example.org", "was denied", "download workbook")


def test_nobody_gets_a_file_without_a_valid_cookie(server: TestClient, asked: str) -> None:
    forged = {"Cookie": f"{USER_COOKIE_NAME}={create_signed_value('x' * 32, USER_COOKIE_NAME, '{}').decode()}"}
    held = [{}, forged, signed("officer", origin="https://other.example"), signed("officer", iat=time.time() - 1e6)]
    assert [server.get(asked, headers=headers).status_code for headers in held] == [401] * 4
    assert records.trail(1)[0].who == "not signed in"


def test_the_same_refusal_is_recorded_once_a_minute(server: TestClient, asked: str) -> None:
    before = len(records.trail())
    for _ in range(3):
        server.get(asked, headers=signed("councillor"))
    assert len(records.trail()) == before + 1


def test_personal_names_in_a_file_are_recorded(server: TestClient, asked: str) -> None:
    answer = server.get(f"{asked}&names=shown&why=A+question", headers=signed("auditor"))
    assert answer.status_code == 200
    name = records.load(records.recent()[0].id).suppliers.filter("personal")["name"][0]
    assert name in names(answer.content)
    entry = records.trail(1)[0]
    assert (entry.action, "in audit.xlsx" in entry.detail) == ("was shown personal names", True)


@pytest.mark.parametrize(
    "address", ["/download/workbook", "/download/nothing?assessment=x", "/download/workbook?assessment=../x"]
)
def test_what_does_not_exist_is_not_found(server: TestClient, address: str) -> None:
    assert server.get(address, headers=signed("officer")).status_code == 404


def test_on_ones_own_machine_nobody_signs_in(asked: str) -> None:
    assert client().get(asked).status_code == 200
    downloads._SERVED.clear()


def test_a_file_is_handed_out_under_our_own_name_alone(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    otherwise = config.get_option
    own = lambda name: ["risk.example.gov.uk"] if name == "server.allowedHosts" else otherwise(name)  # noqa: E731
    monkeypatch.setattr(config, "get_option", own)
    told = [client().get(asked, headers={"Host": host}).status_code for host in ("risk.example.gov.uk", "evil.example")]
    assert told == [200, 404]
    downloads._SERVED.clear()


def test_only_those_who_may_upload_send_files(server: TestClient) -> None:
    held = [{}, signed("councillor"), signed("auditor"), signed("officer")]
    told = [server.put("/_stcore/upload_file/a/b", headers=headers, content=b"x").status_code for headers in held]
    assert told == [401, 403, 403, 200]


def test_a_link_is_followed_after_sign_in(server: TestClient) -> None:
    first = server.get("/supplier?assessment=a1&supplier=S%201", headers={"accept": "text/html"})
    kept = first.headers["set-cookie"]
    assert {"HttpOnly", "Secure", "SameSite=Lax"} <= {part.strip() for part in kept.split(";")}
    back = server.get("/oauth2callback", headers={"Cookie": kept.partition(";")[0]})
    assert back.headers["location"] == "/supplier?assessment=a1&supplier=S+1"
    assert "Max-Age=0" in back.headers["set-cookie"]


@pytest.mark.parametrize("place", ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "nowhere"])
def test_sign_in_leads_to_pages_of_ours_alone(server: TestClient, place: str) -> None:
    answer = server.get("/oauth2callback", headers={"Cookie": f"{gate.COOKIE}={place}"})
    assert answer.headers["location"] == "/"


def test_every_answer_bears_careful_headers(server: TestClient) -> None:
    told = server.get("/supplier").headers
    assert {name: told[name] for name in gate.HEADERS} == gate.HEADERS
    assert told["Referrer-Policy"] == "same-origin"
    assert "default-src 'self'" in told["Content-Security-Policy"]
