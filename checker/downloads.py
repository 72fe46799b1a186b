"""Files made of an assessment, served at an address of our own that asks who the reader is.

Streamlit serves its own downloads to anybody who knows their address, without asking for a cookie. Add a file by
naming it in `KINDS`, and offer it on a page with `link`.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit.web.server.starlette import starlette_websocket as cookies
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from checker import access, apart, exports, packs, roles, sign_in
from checker.records import RecordError, accessed, people
from checker.roles import Reader
from checker.settings import Settings
from riskengine import report
from riskengine.errors import RiskEngineError

FOLDER = "download"
UNKNOWN = "There is no such file. Go back to the page and choose it again."
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

HERE = Path(__file__).parent / "show"
_SERVED: list[str] = []
"""The addresses that this server answers; none where the app was started without them."""


@dataclass(frozen=True)
class Kind:
    """A file that can be downloaded: its name, its media type, the action that it needs, and what makes it.

    `make` takes the id of the assessment and what else the address asked for, with `who` asks, and may raise
    RecordError. The option `names=shown` asks for personal names: it is let through to those who may, and recorded.
    `plain` is the look of a link beside a more usual one.
    """

    file: str
    media: str
    action: str
    make: Callable[[str, Mapping[str, str]], bytes]
    plain: bool = False


def workbook(assessment_id: str, options: Mapping[str, str]) -> bytes:
    """The audit workbook; with names withheld it is made once. Raises RecordError, PolicyError and OSError."""
    if _names(options) == "withheld":
        return exports.kept_workbook(assessment_id).read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        apart.make(exports.workbook, assessment_id, Path(folder), "shown")
        return (Path(folder) / "audit.xlsx").read_bytes()


def pack(assessment_id: str, options: Mapping[str, str]) -> bytes:
    """The audit pack, which `riskcheck audit verify` checks. Raises RecordError and PolicyError."""
    with tempfile.TemporaryDirectory() as folder:
        apart.make(packs.write, assessment_id, Path(folder) / "pack.zip", _names(options), options["who"])
        return (Path(folder) / "pack.zip").read_bytes()


def _names(options: Mapping[str, str]) -> report.PersonalNames:
    return "shown" if options.get("names") == "shown" else "withheld"


def briefing(assessment_id: str, _options: Mapping[str, str]) -> bytes:
    """The two-page briefing as a PDF. Raises RecordError and PolicyError."""
    from checker.briefing import of, pdf  # noqa: PLC0415 - the typesetter takes time to load

    return pdf.made(of(assessment_id))


def briefing_page(assessment_id: str, _options: Mapping[str, str]) -> bytes:
    """The same as HTML. Raises RecordError and PolicyError."""
    from checker.briefing import of, pages  # noqa: PLC0415 - charts take time to load

    return pages.made(of(assessment_id)).encode()


def _suppliers(form: str) -> Kind:
    """Flagged suppliers of a filtered view in one form."""
    media = {"xlsx": WORKBOOK, "csv": "text/csv; charset=utf-8", "json": "application/json"}[form]
    return Kind(
        f"flagged_suppliers.{form}",
        media,
        "download evidence",
        lambda assessment_id, options: exports.made(assessment_id, options, form),
        plain=form != "xlsx",
    )


KINDS: dict[str, Kind] = {
    **{f"suppliers_{form}": _suppliers(form) for form in exports.FORMATS},
    "briefing": Kind("briefing.pdf", "application/pdf", "download briefing", briefing),
    "briefing_page": Kind("briefing.html", "text/html; charset=utf-8", "download briefing", briefing_page, plain=True),
    "workbook": Kind("audit.xlsx", WORKBOOK, "download evidence", workbook),
    "pack": Kind("audit_pack.zip", "application/zip", "download evidence", pack, plain=True),
}


def link(kind: str, label: str, assessment_id: str, **options: str) -> None:
    """Offer a file on a page, as a link; nothing for a reader who may not have it."""
    made = KINDS[kind]
    if not access.may(made.action):
        return
    if _SERVED:
        look = "plain" if made.plain else ""
        href = f"{FOLDER}/{kind}?{urlencode({'assessment': assessment_id, **options})}"
        data = {"href": href, "label": label, "look": look, "file": made.file}
        _component()(key=f"download_{kind}_{urlencode(options)}", data=data, width="content")
    elif not sign_in.configured(Settings()):  # started by `streamlit run`: one's own machine, where nobody signs in
        key = f"download_{kind}_{urlencode(options)}"
        content = lambda: made.make(assessment_id, {**options, "who": people.me()})  # noqa: E731
        st.download_button(label, content, made.file, made.media, key=key, on_click="ignore", type="primary")


def routes() -> list[Route]:
    """The addresses of all files, for the server."""
    _SERVED[:] = list(KINDS)
    return [Route(f"/{FOLDER}/{{kind}}", _answer, methods=["GET"])]


def reader(request: HTTPConnection) -> Reader | None:
    """Who asks, by the signed cookie that sign-in has set; on one's own machine its user."""
    settings = Settings()
    if not sign_in.configured(settings):
        return Reader(people.machine_user(), frozenset(roles.ROLES))
    signed = cookies._get_signed_cookie_with_chunks(request.cookies, USER_COOKIE_NAME)
    claims = cookies._parse_decoded_user_cookie(signed, settings.public_url or "") if signed else {}
    return sign_in.reader(claims, settings, time.time())


def _answer(request: Request) -> Response:
    """A file, or one sentence why not."""
    kind = KINDS.get(request.path_params["kind"])
    if kind is None or not cookies.is_host_allowed(request.headers.get("host")):
        return PlainTextResponse(UNKNOWN, 404)
    found, options = reader(request), dict(request.query_params)
    assessment_id = options.pop("assessment", "")
    named = options.get("names") == "shown"
    refused = next((action for action in _needed(kind, named) if found is None or not found.may(action)), None)
    if found is None or refused is not None:
        access.note_denied(found, f"download {request.path_params['kind']}")
        sentence = access.refusal(found, roles.ACTIONS[refused or kind.action], "This file")
        return PlainTextResponse(sentence, 403 if found else 401)
    try:
        if not access.sees(found, assessment_id):
            return PlainTextResponse(UNKNOWN, 404)
        if named:
            accessed.shown(found.name, assessment_id, options.get("why", ""), f"in {kind.file}")
        content = kind.make(assessment_id, {**options, "who": found.name})
    except (RecordError, RiskEngineError) as error:
        return PlainTextResponse(str(error), 404)
    headers = {"Content-Disposition": f'attachment; filename="{kind.file}"', "Cache-Control": "no-store"}
    return Response(content, media_type=kind.media, headers=headers)


def _needed(kind: Kind, named: bool) -> list[str]:
    """What the reader has to be allowed for a file."""
    return [kind.action, "show names"] if named else [kind.action]


@cache
def _component() -> Any:
    return st.components.v2.component(
        "riskcheck_download",
        html='<a></a><span role="status"></span>',
        css=(HERE / "download.css").read_text("utf-8"),
        js=(HERE / "download.js").read_text("utf-8"),
    )
