"""One visitor of the app, speaking Streamlit's websocket protocol as a browser does."""

from __future__ import annotations

import json
import time
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

XSRF = "_streamlit_xsrf"
WAIT = 600
"""Seconds after which a visitor gives up."""


@dataclass
class Screen:
    """What a run of a page sent: texts, tables (caption to rows of cells), ids of widgets by label, and its size.

    `bytes` counts all that came over the websocket, `seconds` runs until the page has stopped.
    """

    texts: list[str] = field(default_factory=list)
    tables: dict[str, list[list[dict[str, Any]]]] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    uploader: str = ""
    bytes: int = 0
    seconds: float = 0.0

    def told(self) -> str:
        """All texts and cells as one."""
        cells = (cell["text"] for rows in self.tables.values() for row in rows for cell in row)
        return "\n".join([*self.texts, *cells])


class Visitor:
    """A session: pages are opened, files sent and buttons pressed, one after another."""

    def __init__(self, address: str) -> None:
        self.address = address
        with urllib.request.urlopen(f"{address}/_stcore/health") as answer:
            cookies = [value.partition(";")[0] for value in answer.headers.get_all("set-cookie") or []]
        self.cookie = "; ".join(cookies)
        self.xsrf = next(cookie.partition("=")[2] for cookie in cookies if cookie.startswith(XSRF))
        self.socket = connect(
            address.replace("http", "ws", 1) + "/_stcore/stream",
            additional_headers={"Cookie": self.cookie},
            origin=address,
            subprotocols=["streamlit", self.xsrf],
            max_size=None,
            open_timeout=WAIT,
            ping_timeout=None,
        )
        self.page, self.query, self.session = "", "", ""
        self.fragment: tuple[str, float] | None = None

    def open(self, page: str, query: str = "") -> Screen:
        """Open a page and wait until it is drawn."""
        self.page, self.query = page, query
        return self._run([])

    def press(self, button: str, *states: dict[str, Any]) -> Screen:
        """Press a button (its id), with what else the page holds."""
        return self._run([{"id": button, "trigger_value": True}, *states])

    def write(self, field_id: str, text: str) -> Screen:
        """Fill in a text field (its id)."""
        return self._run([{"id": field_id, "string_value": text}])

    def send(self, uploader: str, name: str, content: bytes) -> dict[str, Any]:
        """Send a file; what a page then holds of it."""
        self._tell(BackMsg(file_urls_request={"request_id": "1", "file_names": [name], "session_id": self.session}))
        urls = self._until("file_urls_response").file_urls_response.file_urls[0]
        body = b"".join(
            [
                b'--riskcheck\r\nContent-Disposition: form-data; name="file"; filename="',
                name.encode(),
                b'"\r\n\r\n',
                content,
                b"\r\n--riskcheck--\r\n",
            ]
        )
        headers = {
            "Cookie": self.cookie,
            "X-Xsrftoken": self.xsrf,
            "Content-Type": "multipart/form-data; boundary=riskcheck",
        }
        request = urllib.request.Request(self.address + urls.upload_url, body, headers, method="PUT")
        with urllib.request.urlopen(request, timeout=WAIT):
            pass
        info = {"name": name, "size": len(content), "file_id": urls.file_id, "file_urls": urls}
        return {"id": uploader, "file_uploader_state_value": {"uploaded_file_info": [info]}}

    def wait_for(self, text: str) -> Screen:
        """Follow the page as it runs anew by itself, until it says something."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            screen = self._run([], fragment=True)
            if text in screen.told():
                return screen
            time.sleep(self.fragment[1] if self.fragment else 1.0)
        raise TimeoutError(text)

    def leave(self) -> None:
        """Close the tab."""
        self.socket.close()

    def _run(self, states: list[dict[str, Any]], fragment: bool = False) -> Screen:
        state = ClientState(query_string=self.query, page_name=self.page, widget_states={"widgets": states})
        if fragment and self.fragment:
            state.fragment_id, state.is_auto_rerun = self.fragment[0], True
        self._tell(BackMsg(rerun_script=state))
        return self._drawn()

    def _drawn(self) -> Screen:
        """Read until the page has stopped running; a run that asks for another one is followed into that."""
        started, screen, repeats = time.perf_counter(), Screen(), None
        while True:
            message, size = self._next()
            screen.bytes += size
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session = message.new_session.initialize.session_id
                screen, repeats = Screen(bytes=screen.bytes), None
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "auto_rerun":
                repeats = (message.auto_rerun.fragment_id, message.auto_rerun.interval)
            elif kind == "delta":
                _take(screen, message.delta.new_element)
            elif kind == "script_finished" and message.script_finished in _LAST:
                screen.seconds = time.perf_counter() - started
                if message.script_finished == ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY:
                    self.fragment = repeats
                return screen

    def _until(self, kind: str) -> ForwardMsg:
        while True:
            message, _ = self._next()
            if message.WhichOneof("type") == kind:
                return message

    def _next(self) -> tuple[ForwardMsg, int]:
        content = self.socket.recv(timeout=WAIT)
        message = ForwardMsg()
        message.ParseFromString(content if isinstance(content, bytes) else content.encode())
        return message, len(content)

    def _tell(self, message: BackMsg) -> None:
        self.socket.send(message.SerializeToString())


_LAST = {
    ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY,
    ForwardMsg.ScriptFinishedStatus.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
    ForwardMsg.ScriptFinishedStatus.FINISHED_WITH_COMPILE_ERROR,
}


def _take(screen: Screen, element: Any) -> None:
    kind = element.WhichOneof("type")
    if kind in {"markdown", "heading", "alert", "text", "exception"}:
        held = getattr(element, kind)
        screen.texts.append(held.message if kind == "exception" else held.body)
    elif kind == "button":
        screen.buttons[element.button.label] = element.button.id
    elif kind == "text_input":
        screen.inputs[element.text_input.label] = element.text_input.id
    elif kind == "file_uploader":
        screen.uploader = element.file_uploader.id
    elif kind == "bidi_component" and element.bidi_component.json:
        told = json.loads(element.bidi_component.json)
        if "rows" in told:
            screen.tables[told["caption"]] = told["rows"]
