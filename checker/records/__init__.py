"""The record: assessments, people's decisions, and an audit trail that shows any change.

Rows lie in a database (SQLite, or PostgreSQL by RISKCHECK_DATABASE_URL); frames and input files lie in the data
folder beside it, named by what they hold.
"""

from checker.records.assessments import Origin, Summary, history, load, publish, recent, reopen, save, scan, withdraw
from checker.records.begun import Begun, runs
from checker.records.chain import Entry, trail
from checker.records.comparison import CHANGES, compare
from checker.records.decided import Decision, decide, decide_each, decisions, holding, undo, undo_each
from checker.records.errors import RecordError
from checker.records.found import found_statements, record_found_statement, withdraw_found_statement
from checker.records.frames import FRAMES
from checker.records.mappings import Remembered, forget, said
from checker.records.mappings import mappings as remembered
from checker.records.noted import Note, erase_note, every_note, note, notes, reply
from checker.records.people import me
from checker.records.viewed import SavedView, delete_view, save_view, saved_views

__all__ = [
    "CHANGES",
    "FRAMES",
    "Begun",
    "Decision",
    "Entry",
    "Note",
    "Origin",
    "RecordError",
    "Remembered",
    "SavedView",
    "Summary",
    "compare",
    "decide",
    "decide_each",
    "decisions",
    "delete_view",
    "erase_note",
    "every_note",
    "forget",
    "found_statements",
    "history",
    "holding",
    "load",
    "me",
    "note",
    "notes",
    "publish",
    "recent",
    "record_found_statement",
    "remembered",
    "reopen",
    "reply",
    "runs",
    "said",
    "save",
    "save_view",
    "saved_views",
    "scan",
    "trail",
    "undo",
    "undo_each",
    "withdraw",
    "withdraw_found_statement",
]
