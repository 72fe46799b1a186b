"""Where data lives on this machine. Every setting can be given as an environment variable, RISKCHECK_ and its name."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of this installation.

    `data_dir` (RISKCHECK_DATA_DIR) holds register snapshots and assessments. `database_url` (RISKCHECK_DATABASE_URL)
    names a PostgreSQL database for the record, which is a SQLite file in the data folder otherwise; `retention`
    (RISKCHECK_RETENTION) is a file of the council's own retention rules. `registry_downloads` and `registry_site`
    name other places of the statement registry's files and pages than the official ones, such as a mirror. `debug`
    (RISKCHECK_DEBUG) shows faults of the product whole; they may hold cells of the files. `runs_at_once` (the number of
    cores) is how many runs of the app work at the same time; others wait their turn.

    `companies_house_key` is the council's key of Companies House's REST service, or `companies_house_key_file` a file
    that holds it and nothing else; `companies_house_site` names another place of the service.

    On a server: `address` is what the app is bound to, `public_url` where people open it, and the `oidc_` settings with
    `cookie_secret` name the provider that people sign in with. `role_claim` is the claim that holds their roles (dots
    lead into it), `roles` what its values stand for where they are not the roles' own words (value=role, value=role),
    `sign_in_hours` how long a sign-in holds, and `access_contact` whom to ask for a role. docs/sign_in.md shows all.
    """

    model_config = SettingsConfigDict(env_prefix="RISKCHECK_", frozen=True)

    data_dir: Path = Field(default_factory=lambda: platformdirs.user_data_path("riskcheck", appauthor=False))

    registry_downloads: str | None = None

    registry_site: str | None = None

    companies_house_key: SecretStr | None = None

    companies_house_key_file: Path | None = None

    companies_house_site: str | None = None

    database_url: str | None = None

    retention: Path | None = None

    debug: bool = False

    address: str = "127.0.0.1"

    public_url: str | None = None

    oidc_metadata_url: str | None = None

    oidc_client_id: str | None = None

    oidc_client_secret: SecretStr | None = None

    cookie_secret: SecretStr | None = None

    role_claim: str = "roles"

    roles: str = ""

    sign_in_hours: float = 12

    runs_at_once: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)

    access_contact: str = "the person who looks after this service in your council"

    @property
    def registry_dir(self) -> Path:
        """Snapshots of the statement registry, a folder each."""
        return self.data_dir / "registry"

    @property
    def companies_house_dir(self) -> Path:
        """Snapshots of Companies House data, a folder each."""
        return self.data_dir / "companies_house"

    @property
    def companies_house_api_dir(self) -> Path:
        """Snapshots of companies that Companies House was asked about one by one, a folder each."""
        return self.data_dir / "companies_house_api"

    @property
    def pages_dir(self) -> Path:
        """Pages of public sites that were read, kept for some days."""
        return self.data_dir / "pages"

    @property
    def presumed_in_scope_dir(self) -> Path:
        """Lists of organisations presumed in scope, a file each, named by the day of the list."""
        return self.data_dir / "presumed_in_scope"

    @property
    def ranked_dir(self) -> Path:
        """Ranked lines and workbooks of stored assessments, as pages show and hand them on; made anew where gone."""
        return self.data_dir / "ranked"

    @property
    def assessments_dir(self) -> Path:
        """Stored assessments, a folder each."""
        return self.data_dir / "assessments"
