"""What a published statement says: its text is read apart, what is in it is looked for, and it changes no result."""

from __future__ import annotations

from pathlib import Path

from checker import statement_text
from registries.errors import RefusedError
from registries.http import Client, Resolve
from registries.manners import public_addresses
from riskengine import policy as policies
from riskengine import statement_reader
from riskengine.policy.files import Folder
from riskengine.policy.statement_reader import StatementReaderPolicy
from riskengine.statement_reader import Reading


def read(statement: str, own: Path | None = None) -> tuple[Reading, ...]:
    """What a statement says on each point: of a file, or at a link (http...), which is fetched from its site.

    `own` is a council's policy folder. Raises RegisterFileError, FetchError and PolicyError.
    """
    policy = StatementReaderPolicy.load(Folder(policies.BUILT_IN, own))
    pages = _fetched(statement) if is_link(statement) else statement_text.pages(Path(statement))
    return statement_reader.read(pages, policy)


def read_content(name: str, content: bytes) -> tuple[Reading, ...]:
    """What a statement says on each point, of which the content was handed in. Raises RegisterFileError."""
    return _read(statement_text.pages_of(name, content))


def read_public_link(link: str) -> tuple[Reading, ...]:
    """What the statement at a link to a public site says: for links typed into the app. Raises as `read` does."""
    if not is_link(link):
        raise RefusedError(link, "this is not the address of a page.", "It should look like https://www.example.co.uk.")
    return _read(_fetched(link, public_addresses))


def is_link(text: str) -> bool:
    """Whether it is the address of a page rather than the name of a file."""
    return text.lower().startswith(("http://", "https://"))


def _fetched(link: str, resolve: Resolve | None = None) -> tuple[str, ...]:
    """The pages at a link.

    Whoever gives one on their own machine may look at their own network: nothing is resolved for them.
    """
    with Client(resolve=resolve) as client:
        content = client.content(link)
    return statement_text.pages_of(link.split("?", maxsplit=1)[0], content)


def _read(pages: tuple[str, ...]) -> tuple[Reading, ...]:
    """As the built-in policy has it, which is the app's."""
    return statement_reader.read(pages, StatementReaderPolicy.load(Folder(policies.BUILT_IN, None)))
