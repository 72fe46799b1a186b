"""What the process that reads untrusted files is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import guard


def test_the_child_is_given_no_setting_of_the_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKCHECK_DATABASE_URL", "postgresql://app:secret@db.example/risk")
    monkeypatch.setenv("OF_THE_MACHINE", "kept")
    told = tmp_path / "told.txt"
    monkeypatch.setattr(guard, "Path", lambda _: tmp_path / "checker" / "guard.py")
    (tmp_path / "child.py").write_text(f"import os\nopen({str(told)!r}, 'w').write(' '.join(os.environ))\n")
    assert guard.run("child", [], 20) == 0
    names = told.read_text().split()
    assert "OF_THE_MACHINE" in names
    assert not [name for name in names if name.startswith("RISKCHECK_")]
