"""Zip files, and the zip that a modern workbook is: refused when they unpack to more than a list can be."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from riskengine.errors import InputError

MOST_BYTES = 2 * 1024**3
"""A workbook of a million rows and sixteen columns unpacks to 0.5 thousand million bytes."""
MOST_TIMES = 150
"""Workbooks unpack to 5 to 40 times their size, bombs to a thousand times."""
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What reading a damaged zip raises."""
_SMALL = 50 * 1024**2
"""Below this nothing is harmed, however well it was packed."""
_MOST_FILES = 200
_SYSTEM = ("__MACOSX/", ".")


def check(path: Path, name: str) -> None:
    """Refuse a zip that unpacks to too much. Raises InputError."""
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > MOST_BYTES or (unpacked > _SMALL and unpacked > path.stat().st_size * MOST_TIMES):
        raise InputError(
            name,
            f"The file unpacks to {unpacked / 1024**2:,.0f} MB, far more than a list holds.",
            "Save the list again as CSV or XLSX and hand that in.",
        )


@contextmanager
def unpacked(path: Path, name: str) -> Iterator[list[tuple[Path, str]]]:
    """The files in a zip, each under a path of our own and with the name it has in the zip. Raises InputError.

    Names in the zip never become paths, so "../" in them leads nowhere.
    """
    check(path, name)
    with zipfile.ZipFile(path) as archive, TemporaryDirectory(prefix="riskcheck-zip-") as folder:
        parts = [part for part in archive.infolist() if not part.is_dir() and not _is_system(part.filename)]
        if not parts:
            raise InputError(name, "The zip file is empty.", "Hand in a file that holds the list.")
        if len(parts) > _MOST_FILES:
            raise InputError(name, f"The zip holds {len(parts)} files.", f"Hand in at most {_MOST_FILES} at a time.")
        yield [
            (_extract(archive, part, Path(folder) / str(number), name), f"{name}/{shown}")
            for number, (part, shown) in enumerate(zip(parts, _shown(parts), strict=True))
        ]


def _shown(parts: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The name of each file as the officer knows it: with its folder only where two files have the same name."""
    paths = [_steps(part.filename) for part in parts]
    same = Counter(steps[-1] for steps in paths)
    shown = ["/".join(steps) if same[steps[-1]] > 1 else steps[-1] for steps in paths]
    twice = Counter(shown)
    return [f"{name} ({at})" if twice[name] > 1 else name for at, name in enumerate(shown, start=1)]


def _steps(filename: str) -> list[str]:
    """The folders and the name, without steps upward, drives and unprintable characters."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in filename.replace("\\", "/"))
    steps = [step for step in plain.split("/") if step.strip(". ") and not step.endswith(":")]
    return [step[:100] for step in steps[-3:]] or ["file"]


def _is_system(filename: str) -> bool:
    return filename.startswith(_SYSTEM[0]) or PurePosixPath(filename).name.startswith(_SYSTEM[1])


def _extract(archive: zipfile.ZipFile, part: zipfile.ZipInfo, target: Path, name: str) -> Path:
    if part.flag_bits & 1:
        raise InputError(name, "The zip is protected by a password.", "Unpack it and hand in the files in it.")
    try:
        with archive.open(part) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
    except BROKEN as error:
        raise InputError(
            name, "The zip is cut short or damaged.", "Download or save it again and hand in the whole file."
        ) from error
    return target
