"""Where data lives on this machine. Every setting can be given as an environment variable, RISKCHECK_ and its name."""

from __future__ import annotations

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
    (RISKCHECK_DEBUG) shows faults of the product whole; they may hold cells of the files.

    `companies_house_key` is the council's key of Companies House's REST service, or `companies_house_key_file` a file
    that holds it and nothing else; `companies_house_site` names another place of the service.
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
    def assessments_dir(self) -> Path:
        """Stored assessments, a folder each."""
        return self.data_dir / "assessments"
