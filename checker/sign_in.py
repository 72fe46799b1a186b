"""Sign-in on a server: what has to be set for OpenID Connect, and who the signed-in person is.

Without any of these settings the app serves one's own machine alone and asks nobody to sign in.
"""

from __future__ import annotations

import importlib.util
import ipaddress
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from checker.roles import ROLES, Reader
from checker.settings import Settings

CALLBACK = "/oauth2callback"
"""Where the provider sends people back to, under the public address of the app."""
SHORTEST_SECRET = 32
SKEW = 300
"""Seconds by which the provider's clock may be ahead of ours."""

EVERYBODYS = tuple(f"https://login.microsoftonline.com/{any_}/" for any_ in ("common", "organizations", "consumers"))
"""Microsoft's addresses by which people of any organisation sign in."""

NEEDED = ("public_url", "oidc_metadata_url", "oidc_client_id", "oidc_client_secret", "cookie_secret")


class SignInError(Exception):
    """The app can't be served as it is set up; the text says what to set."""


def configured(settings: Settings) -> bool:
    """Whether sign-in is set up, wholly or in part."""
    return any(getattr(settings, name) is not None for name in NEEDED)


def loopback(address: str | None) -> bool:
    """Whether an address can be reached from this machine alone."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address((address or "").strip("[]")).is_loopback
    except ValueError:
        return False


def check(settings: Settings, address: str | None) -> None:
    """See that an app bound to this address asks people to sign in, unless it is one's own. Raises SignInError."""
    if not configured(settings):
        if loopback(address):
            return
        raise SignInError(
            f"The app would answer other machines at {address or 'every address'}, and sign-in is not set up. "
            f"Set {_listed(NEEDED)}, or leave RISKCHECK_ADDRESS at 127.0.0.1."
        )
    missing = [name for name in NEEDED if getattr(settings, name) is None]
    if missing:
        raise SignInError(f"Sign-in is set up in part only. Set {_listed(missing)} too.")
    _check_values(settings)


def _check_values(settings: Settings) -> None:
    public = urlsplit(settings.public_url or "")
    if not public.hostname or public.path.strip("/") or public.scheme not in {"https", "http"}:
        raise SignInError("RISKCHECK_PUBLIC_URL should look like https://risk.council.gov.uk, without a path.")
    if public.scheme == "http" and not loopback(public.hostname):
        raise SignInError("RISKCHECK_PUBLIC_URL needs to begin with https://, or sign-in could be read on its way.")
    if (settings.oidc_metadata_url or "").startswith(EVERYBODYS):
        raise SignInError(
            "RISKCHECK_OIDC_METADATA_URL lets in people of every organisation. It needs the council's own tenant id."
        )
    if len(_secret(settings, "cookie_secret")) < SHORTEST_SECRET:
        raise SignInError(f"RISKCHECK_COOKIE_SECRET needs at least {SHORTEST_SECRET} signs drawn at random.")
    if not settings.sign_in_hours > 0:
        raise SignInError("RISKCHECK_SIGN_IN_HOURS needs to be more than 0.")
    named(settings)
    if importlib.util.find_spec("authlib") is None:
        raise SignInError("Sign-in needs Authlib. Install it in riskcheck's folder with: pip install '.[server]'.")


def secrets(settings: Settings) -> dict[str, Any]:
    """The settings of sign-in as Streamlit takes them."""
    return {
        "auth": {
            "redirect_uri": (settings.public_url or "").rstrip("/") + CALLBACK,
            "cookie_secret": _secret(settings, "cookie_secret"),
            "client_id": settings.oidc_client_id or "",
            "client_secret": _secret(settings, "oidc_client_secret"),
            "server_metadata_url": settings.oidc_metadata_url or "",
        }
    }


def hosts(settings: Settings) -> list[str]:
    """The host names by which the app may be asked for: no other name may be pointed at one's own machine."""
    own = ["localhost", "127.0.0.1", "::1"]
    public = urlsplit(settings.public_url or "").hostname
    return [public] if public else own


def reader(claims: Mapping[str, Any], settings: Settings, now: float) -> Reader | None:
    """Who a signed-in person is, by the claims of the provider; None for one who is not, or whose sign-in has ended.

    `now` is in seconds since 1970, as `iat` is, the moment at which the provider issued the claims.
    """
    issued = claims.get("iat")
    if not claims.get("is_logged_in") or not isinstance(issued, int | float):
        return None
    if not -SKEW <= now - issued < settings.sign_in_hours * 3600:
        return None
    name = next((str(claims[key]) for key in ("preferred_username", "email", "sub") if claims.get(key)), None)
    return Reader(name, roles(claims, settings)) if name else None


def roles(claims: Mapping[str, Any], settings: Settings) -> frozenset[str]:
    """The roles that a claim gives; without the claim, or with other words in it, none."""
    found = _claim(claims, settings.role_claim)
    given = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    known = named(settings)
    return frozenset().union(*(known.get(value, ()) for value in given if isinstance(value, str)))


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    """The claim of that name, or the one that its parts between dots lead to: a web address has dots of its own."""
    found: Any = claims
    if name in claims:
        return claims[name]
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def named(settings: Settings) -> dict[str, frozenset[str]]:
    """The roles that each value of the claim stands for. Raises SignInError."""
    pairs = [part.strip() for part in settings.roles.split(",") if part.strip()]
    if not pairs:
        return {role: frozenset({role}) for role in ROLES}
    known: dict[str, frozenset[str]] = {}
    for value, _, role in (pair.rpartition("=") for pair in pairs):
        known[value.strip()] = known.get(value.strip(), frozenset()) | {role.strip()}
    if "" in known or not frozenset().union(*known.values()) <= set(ROLES):
        raise SignInError(
            f"RISKCHECK_ROLES should look like value=role, value=role, where a role is one of {', '.join(ROLES)}."
        )
    return known


def _secret(settings: Settings, name: str) -> str:
    held = getattr(settings, name)
    return held.get_secret_value() if held else ""


def _listed(names: tuple[str, ...] | list[str]) -> str:
    told = [f"RISKCHECK_{name.upper()}" for name in names]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"
