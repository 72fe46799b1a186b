"""What can go wrong with the record."""

from __future__ import annotations


class RecordError(Exception):
    """What is asked of the record is not there, can't be opened or can't be done; the text is fit to be shown."""
