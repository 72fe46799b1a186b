"""What can go wrong with the record."""

from __future__ import annotations

import zipfile
import zlib

DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, AttributeError, TypeError, ValueError, RuntimeError)
"""What reading a zip raises that is damaged, or holds something else than we write."""


class RecordError(Exception):
    """What is asked of the record is not there, can't be opened or can't be done; the text is fit to be shown."""
