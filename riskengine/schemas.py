"""Every frame that passes between steps, in flow order: the data model on one screen.

Row numbers are 1-based as a spreadsheet program shows them. Money is £ as Decimal with two places. Dates are calendar
dates. Empty (null) means not known. Names and values that leave the product follow the output contract of `report`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import dataframely as dy
import polars as pl

AMOUNT_KINDS = ["paid", "yearly", "whole_contract", "unknown"]
LEVELS = ["very_high", "high", "medium", "low", "unknown"]
HIGHER_LEVELS = ["very_high", "high"]
"""Levels of a higher-risk market."""
BASES = ["cpv", "proclass", "text", "category", "sic", "register", "name", "none"]
KINDS = ["company", "public_body", "charity", "education", "individual", "redacted", "internal", "unknown"]
NO_COMPANY = ["public_body", "education", "individual", "redacted", "internal"]
"""Kinds of body that have no company number as a rule."""
MATCHES = ["same", "possible", "none", "not_checked"]
STATEMENTS = [
    "current",
    "ageing",
    "out_of_date",
    "group",
    "found_elsewhere",
    "possible",
    "none_found",
    "not_checked",
]
STATEMENTS_HELD = ["current", "ageing", "group", "found_elsewhere"]
"""Answers that name a statement which still counts: `out_of_date` names one that does not."""
SCOPES = ["likely_required", "likely_not_required", "not_known"]
OUTCOMES = ["raised", "clear", "not_checked"]
BANDS = ["high", "medium", "low", "unknown"]
SUBJECTS = ["line", "purchase", "supplier"]
TOPICS = [
    "organisation structure and supply chains",
    "policies",
    "assessing and managing risk",
    "due diligence",
    "training",
    "goals and key performance indicators",
]
"""The six areas that section 54(5) lists as content a statement may include: recommended, not required."""

MONEY = pl.Decimal(18, 2)
"""The type of every £ figure."""


# ---- 1 spreadsheet ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SourceFile:
    """A file as it was handed in: its name (never its path), SHA-256 in hex, size in bytes and format."""

    name: str
    sha256: str
    size: int
    format: str
    encoding: str | None = None


@dataclass(frozen=True)
class Sheet:
    """One sheet as text. `cells` has the column `row` (1-based physical row) and `c1`..`cN` (String, null = empty).

    `notes` say in words what had to be mended to read it, or why it has no cells. `mapping` (field to heading, empty
    where no column holds the field) is what an officer chose for lists of this layout before. `merged` are cells merged
    downwards, whose value stands in the first row alone: column, first and last row.
    """

    file: SourceFile
    name: str
    cells: pl.DataFrame
    position: int = 1
    visible: bool = True
    notes: tuple[str, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int], ...] = ()


# ---- 2 lines ----------------------------------------------------------------------------------------------------


class Intake(dy.Schema):
    """One row a sheet: what was read of it and whether it adds up (rows and £ read = assessed + set aside).

    `rows_*` count the rows below the header row; `amount_*` are £ of the sheet's `amount_kind`, totals rows left out.
    `left_out` says in words why a sheet holds no contract lines (null when it does).
    """

    file = dy.String()
    sheet = dy.String()
    header_row = dy.UInt32(nullable=True)
    rows_read = dy.UInt32()
    rows_assessed = dy.UInt32()
    rows_set_aside = dy.UInt32()
    amount_kind = dy.Enum(AMOUNT_KINDS)
    amount_read = dy.Decimal(18, 2)
    amount_assessed = dy.Decimal(18, 2)
    amount_set_aside = dy.Decimal(18, 2)
    left_out = dy.String(nullable=True)
    notes = dy.List(dy.String())


class Headings(dy.Schema):
    """One row a column of a sheet: how its heading was understood. `field` is null for a column not used."""

    file = dy.String()
    sheet = dy.String()
    column = dy.UInt32()
    heading = dy.String(nullable=True)
    field = dy.String(nullable=True)
    confidence = dy.Float64(nullable=True)
    reason = dy.String()


class ContractLines(dy.Schema):
    """One row a contract line or payment. `cpv`, `sic`: codes separated by single blanks, only codes that exist.

    `line_id` is `<first 8 hex of the file's SHA-256>-<sheet position>-<row>`; a file handed in twice adds `~2`.
    `quantity` counts `unit` (hour, day, tonne and so on, as lines_units.csv names them, else as the list writes it);
    `rate` is £ for one of them. All three are null where the list has no such column. `origin`: where the goods were
    made or grown, as the list writes it. `extension` is what the list says of extending the contract; `latest_end` its
    end with that, null where the list does not tell it clearly. `duration` is how long the contract runs, as the list
    writes it, where `end` was reckoned from that and the start; else null.
    """

    line_id = dy.String()
    file = dy.String()
    sheet = dy.String()
    row = dy.UInt32()
    supplier_text = dy.String()
    company_number = dy.String(nullable=True)
    charity_number = dy.String(nullable=True)
    vat_number = dy.String(nullable=True)
    postcode = dy.String(nullable=True)
    description = dy.String(nullable=True)
    reference = dy.String(nullable=True)
    department = dy.String(nullable=True)
    category = dy.String(nullable=True)
    cpv = dy.String(nullable=True)
    proclass = dy.String(nullable=True)
    sic = dy.String(nullable=True)
    origin = dy.String(nullable=True)
    date = dy.Date(nullable=True)
    start = dy.Date(nullable=True)
    end = dy.Date(nullable=True)
    duration = dy.String(nullable=True)
    extension = dy.String(nullable=True)
    latest_end = dy.Date(nullable=True)
    amount = dy.Decimal(18, 2, nullable=True)
    quantity = dy.Decimal(18, 2, nullable=True)
    unit = dy.String(nullable=True)
    rate = dy.Decimal(18, 2, nullable=True)
    amount_kind = dy.Enum(AMOUNT_KINDS)


class SetAside(dy.Schema):
    """A row that could not be assessed, its reason in words, the row's text and its £ (null for totals rows)."""

    file = dy.String()
    sheet = dy.String()
    row = dy.UInt32()
    reason = dy.String()
    text = dy.String()
    amount = dy.Decimal(18, 2, nullable=True)


@dataclass(frozen=True)
class LinesRead:
    """What step 2 hands on."""

    lines: dy.DataFrame[ContractLines]
    set_aside: dy.DataFrame[SetAside]
    intake: dy.DataFrame[Intake]
    headings: dy.DataFrame[Headings]


# ---- 3 suppliers ------------------------------------------------------------------------------------------------


class Suppliers(dy.Schema):
    """One supplier under its several spellings. `key` is its normal form; `personal` marks a likely person's name.

    `supplier_id` is stable across runs (derived from number or normal form) except for persons, who get `P0001`...
    """

    supplier_id = dy.String(primary_key=True)
    name = dy.String()
    spellings = dy.List(dy.String())
    key = dy.String()
    kind = dy.Enum(KINDS)
    kind_reason = dy.String()
    personal = dy.Bool()
    company_number = dy.String(nullable=True)
    charity_number = dy.String(nullable=True)
    vat_number = dy.String(nullable=True)
    postcode = dy.String(nullable=True)


class Purchases(dy.Schema):
    """What was bought from whom: one row a distinct (supplier, wording, codes). Indicators ask here, not per line."""

    purchase_id = dy.String(primary_key=True)
    supplier_id = dy.String()
    description = dy.String(nullable=True)
    department = dy.String(nullable=True)
    category = dy.String(nullable=True)
    cpv = dy.String(nullable=True)
    proclass = dy.String(nullable=True)
    sic = dy.String(nullable=True)
    origin = dy.String(nullable=True)


class Links(dy.Schema):
    """Which supplier and which purchase a line belongs to; in the order of ContractLines."""

    line_id = dy.String()
    supplier_id = dy.String()
    purchase_id = dy.String()


@dataclass(frozen=True)
class SuppliersFound:
    """What step 3 hands on."""

    suppliers: dy.DataFrame[Suppliers]
    purchases: dy.DataFrame[Purchases]
    links: dy.DataFrame[Links]


# ---- register snapshots (handed in) -----------------------------------------------------------------------------


class RegisterEntries(dy.Schema):
    """One organisation in a register snapshot. `record` names it in the register (address of its record page)."""

    entry_id = dy.String(primary_key=True)
    name = dy.String()
    company_number = dy.String(nullable=True)
    postcode = dy.String(nullable=True)
    previous_names = dy.List(dy.String())
    record = dy.String(nullable=True)


class StatementRecords(dy.Schema):
    """One statement of one organisation (`entry_id`) as the registry summarises it.

    `topics` lists which of the six recommended areas the summary marks as covered, `topics_missing` the others;
    both empty where the registry holds no answer. `parent` is set on rows that a group statement covers.
    """

    entry_id = dy.String()
    year = dy.Int32()
    group = dy.Bool()
    parent = dy.String(nullable=True)
    statement_url = dy.String(nullable=True)
    summary_url = dy.String(nullable=True)
    period_start = dy.Date(nullable=True)
    period_end = dy.Date(nullable=True)
    approved = dy.Date(nullable=True)
    topics = dy.List(dy.String())
    topics_missing = dy.List(dy.String())
    sectors = dy.List(dy.String())
    turnover = dy.String(nullable=True)


@dataclass(frozen=True)
class RegisterFacts:
    """What a register snapshot says of itself: when it was taken, the years it covers, and whether it is whole.

    `partial_reason` says in words what is missing (None = whole). `sample` marks the fictional registry that ships
    with the product. `sha256` is over the source files. `notes` say what was odd in them, one sentence each.
    """

    date: date
    years: tuple[int, ...]
    partial_reason: str | None
    sample: bool
    sha256: str
    name: str = "UK modern slavery statement registry"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class StatementRegister:
    """A local copy of the statement registry."""

    facts: RegisterFacts
    entries: dy.DataFrame[RegisterEntries]
    records: dy.DataFrame[StatementRecords]


class Companies(dy.Schema):
    """One company as Companies House lists it. `accounts_category` is the kind of accounts last filed, in capitals.

    `sic` holds up to four five-digit codes, `previous_names` the latest first.
    """

    company_number = dy.String(primary_key=True)
    name = dy.String()
    category = dy.String(nullable=True)
    status = dy.String(nullable=True)
    accounts_category = dy.String(nullable=True)
    accounts_date = dy.Date(nullable=True)
    accounts_due = dy.Date(nullable=True)
    incorporated = dy.Date(nullable=True)
    postcode = dy.String(nullable=True)
    sic = dy.List(dy.String())
    previous_names = dy.List(dy.String())


@dataclass(frozen=True)
class CompanyRegister:
    """A local copy of Companies House data. `companies` scans a file of the columns of Companies: millions of rows."""

    facts: RegisterFacts
    companies: pl.LazyFrame


class PresumedInScope(dy.Schema):
    """An organisation that a public list presumes to have the section 54 duty; `listed` is the day of the list."""

    company_number = dy.String()
    name = dy.String()
    listed = dy.Date()


@dataclass(frozen=True)
class PresumedFacts:
    """How many organisations the presumed-in-scope lists name, and the day of the latest list."""

    organisations: int
    listed: date

    @classmethod
    def of(cls, lists: dy.DataFrame[PresumedInScope]) -> PresumedFacts | None:
        """The facts of the lists handed in, None where there are none."""
        latest = lists["listed"].max()
        return cls(lists.height, latest) if isinstance(latest, date) else None


class Decisions(dy.Schema):
    """A person's word on a supplier's `key` and a register entry: `same`, `not_same`, or `parent` (parent or group).

    A parent is another organisation than the supplier, whose statement counts as a group's.
    """

    key = dy.String()
    entry_name = dy.String()
    entry_number = dy.String(nullable=True)
    decision = dy.Enum(["same", "not_same", "parent"])
    who = dy.String()
    when = dy.Date()
    why = dy.String()


class FoundStatements(dy.Schema):
    """A statement that an officer saw on the supplier's own site, recorded by hand."""

    key = dy.String()
    link = dy.String()
    seen = dy.Date()
    who = dy.String()


# ---- 4 matches --------------------------------------------------------------------------------------------------


class Matches(dy.Schema):
    """Candidates of each supplier in the statement registry, best first (`rank` 1 is the answer, 2 and 3 runners-up).

    A supplier with no candidate has one row with rank 1, match `none` and empty register columns. `score` runs from 0
    to 1. `basis`: decision, company_number, charity_number, exact_name, name, kind (not asked for this kind of body)
    or no_register. `terms` are the parts of the score: they add up to `score` (or stand alone for a known fact).
    """

    supplier_id = dy.String()
    rank = dy.UInt8()
    match = dy.Enum(MATCHES)
    basis = dy.String()
    entry_id = dy.String(nullable=True)
    matched_name = dy.String(nullable=True)
    matched_number = dy.String(nullable=True)
    score = dy.Float64(nullable=True)
    terms = dy.List(dy.Struct({"term": dy.String(), "left": dy.String(), "right": dy.String(), "points": dy.Float64()}))
    reason = dy.String()


# ---- 5 statements -----------------------------------------------------------------------------------------------


class Statements(dy.Schema):
    """The section 54 position of each supplier in the registry copy, and apart from it whether a duty is likely."""

    supplier_id = dy.String(primary_key=True)
    statement = dy.Enum(STATEMENTS)
    reason = dy.String()
    entry_id = dy.String(nullable=True)
    year = dy.Int32(nullable=True)
    period_end = dy.Date(nullable=True)
    months_old = dy.Int32(nullable=True)
    parent = dy.String(nullable=True)
    statement_url = dy.String(nullable=True)
    summary_url = dy.String(nullable=True)
    topics = dy.List(dy.String())
    topics_missing = dy.List(dy.String())
    turnover = dy.String(nullable=True)
    scope = dy.Enum(SCOPES)
    scope_reason = dy.String()


# ---- 6 sectors --------------------------------------------------------------------------------------------------


class Sectors(dy.Schema):
    """What was bought, one row a purchase. `evidence`: the words or code that decided; `conflict`: what else fits."""

    purchase_id = dy.String(primary_key=True)
    sector = dy.String()
    level = dy.Enum(LEVELS)
    basis = dy.Enum(BASES)
    evidence = dy.String(nullable=True)
    confidence = dy.Float64()
    conflict = dy.String(nullable=True)


# ---- 7 findings -------------------------------------------------------------------------------------------------


class Findings(dy.Schema):
    """One row a subject and indicator asked of it. `case` names the sentence in the indicator's policy file.

    `value`, `threshold`, `detail`, `record` are the figures of that sentence. `points` are 0 unless raised.
    """

    subject = dy.Enum(SUBJECTS)
    subject_id = dy.String()
    indicator = dy.String()
    outcome = dy.Enum(OUTCOMES)
    case = dy.String()
    points = dy.Int32()
    value = dy.String(nullable=True)
    threshold = dy.String(nullable=True)
    detail = dy.String(nullable=True)
    register = dy.String(nullable=True)
    record = dy.String(nullable=True)
    snapshot_date = dy.Date(nullable=True)


@dataclass(frozen=True)
class Evidence:
    """All that an indicator may look at. `companies` holds the suppliers' own rows of `company_register` only."""

    lines: dy.DataFrame[ContractLines]
    links: dy.DataFrame[Links]
    purchases: dy.DataFrame[Purchases]
    suppliers: dy.DataFrame[Suppliers]
    matches: dy.DataFrame[Matches]
    statements: dy.DataFrame[Statements]
    sectors: dy.DataFrame[Sectors]
    register: RegisterFacts | None
    as_of: date
    companies: dy.DataFrame[Companies] = field(default_factory=Companies.create_empty)
    company_register: RegisterFacts | None = None


# ---- 8 scores ---------------------------------------------------------------------------------------------------


class Scores(dy.Schema):
    """Points, band and `checked_share` (0 to 1) of each line, in the order of ContractLines."""

    line_id = dy.String()
    points = dy.Int32()
    band = dy.Enum(BANDS)
    checked_share = dy.Float64()
    flagged = dy.Bool()


class SupplierScores(dy.Schema):
    """Points and band of a supplier are those of its highest line."""

    supplier_id = dy.String(primary_key=True)
    points = dy.Int32()
    band = dy.Enum(BANDS)
    checked_share = dy.Float64()
    flagged = dy.Bool()


@dataclass(frozen=True)
class Inputs:
    """What a run is given besides the files: all that may change its result."""

    as_of: date
    register: StatementRegister | None = None
    decisions: dy.DataFrame[Decisions] = field(default_factory=Decisions.create_empty)
    found_statements: dy.DataFrame[FoundStatements] = field(default_factory=FoundStatements.create_empty)
    mapping: dict[str, str] = field(default_factory=dict)
    companies: CompanyRegister | None = None
    presumed_in_scope: dy.DataFrame[PresumedInScope] = field(default_factory=PresumedInScope.create_empty)
