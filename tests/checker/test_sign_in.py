"""Settings of sign-in that are refused, and who a person is by the claims of the provider."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import SecretStr

from checker import sign_in
from checker.roles import Reader
from checker.settings import Settings
from checker.sign_in import SignInError

NOW = 1_780_000_000.0
MICROSOFT = "https://login.microsoftonline.com/{}/v2.0/.well-known/openid-configuration"
TENANT, GROUP = "9188040d-6c67-4c5b-b112-36a304b66dad", "0d5e1f3a-93ad-4b0c-8a4f-1a2b3c4d5e6f"
ENTRA: dict[str, Any] = {
    "is_logged_in": True,
    "iat": NOW - 360,
    "nbf": NOW - 360,
    "exp": NOW + 3540,
    "ver": "2.0",
    "tid": TENANT,
    "iss": f"https://login.microsoftonline.com/{TENANT}/v2.0",
    "aud": "riskcheck",
    "oid": GROUP,
    "sub": "AAAx",
    "name": "Alice Example",
    "preferred_username": "alice@council.gov.uk",
}
"""Claims as Microsoft describes those of its v2.0 ID tokens: `roles` and `groups` are left out where there are none."""
WHOLE: dict[str, Any] = {
    "public_url": "https://risk.example.gov.uk",
    "oidc_metadata_url": "https://login.example.org/.well-known/openid-configuration",
    "oidc_client_id": "riskcheck",
    "oidc_client_secret": SecretStr("secret"),
    "cookie_secret": SecretStr("0123456789abcdef0123456789abcdef"),
}


def claims(**more: Any) -> dict[str, Any]:
    return {"is_logged_in": True, "iat": NOW - 60, "sub": "x1", "email": "alice@example.org", **more}


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "127.0.0.53"])
def test_ones_own_machine_needs_no_sign_in(address: str) -> None:
    sign_in.check(Settings(), address)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "", None, "192.168.1.5", "risk.example.gov.uk"])
def test_other_machines_are_not_served_without_sign_in(address: str | None) -> None:
    with pytest.raises(
        SignInError, match=r"sign-in is not set up. Set RISKCHECK_PUBLIC_URL, .*COOKIE_SECRET, or leave"
    ):
        sign_in.check(Settings(), address)


def test_sign_in_set_up_whole_is_served_anywhere() -> None:
    sign_in.check(Settings(**WHOLE), "0.0.0.0")


@pytest.mark.parametrize("name", sign_in.NEEDED)
def test_sign_in_set_up_in_part_is_refused_even_at_home(name: str) -> None:
    settings = Settings(**{**WHOLE, name: None})
    with pytest.raises(SignInError, match=f"in part only. Set RISKCHECK_{name.upper()} too"):
        sign_in.check(settings, "127.0.0.1")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("public_url", "http://risk.example.gov.uk", "https://"),
        ("public_url", "risk.example.gov.uk", "should look like"),
        ("public_url", "https://example.gov.uk/risk", "without a path"),
        ("oidc_metadata_url", MICROSOFT.format("common"), "own tenant id"),
        ("oidc_metadata_url", MICROSOFT.format("organizations"), "own tenant id"),
        ("cookie_secret", SecretStr("short"), "at least 32 signs"),
        ("roles", "staff", "value=role"),
        ("roles", "staff=chief", "value=role"),
        ("sign_in_hours", 0, "more than 0"),
    ],
)
def test_a_setting_that_would_not_be_safe_is_refused(name: str, value: object, said: str) -> None:
    with pytest.raises(SignInError, match=said):
        sign_in.check(Settings(**{**WHOLE, name: value}), "0.0.0.0")


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    assert "0123456789abcdef" not in repr(Settings(**WHOLE))


@pytest.mark.parametrize(
    ("given", "roles"),
    [
        (["officer", "auditor"], {"officer", "auditor"}),
        ("councillor", {"councillor"}),
        (["Officer", "root", 3, None], set()),
        ([], set()),
        ({"officer": True}, set()),
        (None, set()),
    ],
)
def test_roles_come_from_the_claim_alone(given: object, roles: set[str]) -> None:
    found = sign_in.reader(claims(roles=given), Settings(), NOW)
    assert found == Reader("alice@example.org", frozenset(roles))


def test_a_claim_with_other_words_is_read_by_the_settings() -> None:
    settings = Settings(role_claim="realm_access.groups", roles="0f3a=officer, cn=audit=auditor")
    found = sign_in.reader(claims(realm_access={"groups": ["0f3a", "cn=audit", "officer"]}), settings, NOW)
    assert found is not None
    assert found.roles == {"officer", "auditor"}


@pytest.mark.parametrize(
    ("claim", "more", "roles"),
    [
        pytest.param("roles", {"roles": ["officer"]}, {"officer"}, id="an app role"),
        pytest.param("roles", {}, set(), id="assigned to no role"),
        pytest.param("groups", {"groups": [TENANT, GROUP]}, {"auditor"}, id="a group"),
        pytest.param("groups", {"_claim_names": {"groups": "src1"}}, set(), id="in more groups than a token holds"),
    ],
)
def test_a_person_of_microsoft_entra_id(claim: str, more: dict[str, Any], roles: set[str]) -> None:
    settings = Settings(role_claim=claim, roles=f"{GROUP}=auditor" if claim == "groups" else "")
    sign_in.check(Settings(**{**WHOLE, "oidc_metadata_url": MICROSOFT.format(TENANT)}), "0.0.0.0")
    assert sign_in.reader(ENTRA | more, settings, NOW) == Reader("alice@council.gov.uk", frozenset(roles))


def test_one_value_may_stand_for_several_roles_and_a_claim_may_be_called_by_a_web_address() -> None:
    settings = Settings(role_claim="https://council.gov.uk/roles", roles="g1=officer, g1=administrator")
    found = sign_in.reader(claims(**{"https://council.gov.uk/roles": ["g1"]}), settings, NOW)
    assert found is not None
    assert found.roles == {"officer", "administrator"}


@pytest.mark.parametrize(
    "held",
    [
        {},
        claims(is_logged_in=False),
        claims(iat=NOW - 13 * 3600),
        claims(iat=NOW + 3600),
        claims(iat="yesterday"),
        {"is_logged_in": True, "iat": NOW},
    ],
)
def test_no_or_an_ended_sign_in_is_nobody(held: dict[str, Any]) -> None:
    assert sign_in.reader(held, Settings(), NOW) is None


def test_without_sign_in_only_this_machines_names_are_answered() -> None:
    assert sign_in.hosts(Settings()) == ["localhost", "127.0.0.1", "::1"]
    assert sign_in.hosts(Settings(**WHOLE)) == ["risk.example.gov.uk"]
