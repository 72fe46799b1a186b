"""What every answer of the server passes through: closed uploads, the way back after sign-in, and careful headers."""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from checker import access, downloads, roles, sign_in
from checker.settings import Settings
from checker.show import links

UPLOADS = "/_stcore/upload_file"
COOKIE = "riskcheck_return"
"""Holds the page that a link led to, while its reader signs in: the provider sends everybody to the first page."""
MINUTES = 10

POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' ws: wss:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "frame-ancestors": "'self'",
}
"""What a page may load: nothing from elsewhere, whatever a list or a register made it draw.

Streamlit's own page needs scripts and styles within it, and its charts make functions of text.
"""

HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {allowed}" for name, allowed in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
}


class Gate:
    """Stands before the whole app, its pages and Streamlit's own addresses alike."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.settings = Settings()
        self.signed_in = sign_in.configured(self.settings)
        self.secure = (self.settings.public_url or "").startswith("https://")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = HTTPConnection(scope)
        if request.url.path.startswith(UPLOADS) and scope["method"] in {"PUT", "POST"}:
            found = downloads.reader(request)
            if found is None or not found.may("upload"):
                sentence = access.refusal(found, roles.ACTIONS["upload"], "Uploading")
                await PlainTextResponse(sentence, 403 if found else 401)(scope, receive, send)
                return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._change(request, MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, answer)

    def _change(self, request: HTTPConnection, headers: MutableHeaders) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if self.signed_in:
            self._lead_back(request, headers)
        if self.secure:
            cookies = [value for name, value in headers.items() if name == "set-cookie"]
            del headers["set-cookie"]
            for cookie in cookies:
                headers.append("set-cookie", cookie if "secure" in cookie.lower() else f"{cookie}; Secure")

    def _lead_back(self, request: HTTPConnection, headers: MutableHeaders) -> None:
        """Remember the page that is asked for; after sign-in, go there."""
        place = request.url.path.lstrip("/") + (f"?{request.url.query}" if request.url.query else "")
        if request.url.path == sign_in.CALLBACK and "location" in headers:
            wanted = unquote(request.cookies.get(COOKIE, ""))
            if (found := links.parts(wanted)) is not None:
                headers["location"] = f"/{links.to(found[0], **found[1])}"
                headers.append("set-cookie", f"{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
        elif links.parts(place) is not None and "text/html" in request.headers.get("accept", ""):
            cookie = f"{COOKIE}={quote(place, safe='')}; Path=/; Max-Age={MINUTES * 60}; HttpOnly; SameSite=Lax"
            headers.append("set-cookie", cookie)
