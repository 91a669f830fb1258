"""What a store asks of a database beyond Django: rows in bulk, the clock, one snapshot, who is asking.

`sqlite` and `postgres` answer, each in its own way; everything else is the same for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

__all__ = ["Database", "Row"]

Row = Sequence[Any]


class Database(Protocol):
    """The part of a database that differs between vendors."""

    alias: str
    place: str  # for messages

    def trust_domain(self) -> str:
        """Say whom the database keeps statements from."""

    def prepare(self) -> None:
        """Make a new, empty place ready for tables."""

    def check(self) -> None:
        """Refuse a connection that the database could keep nothing from."""

    def reader(self, asked: str | None) -> str | None:
        """Return in whose name is read, or refuse where the connection cannot prove it."""

    def recorder(self, name: str, reader: str | None) -> str | None:
        """Return in whose view a recorder's drafts are checked, or refuse a name that is not proved."""

    def reading(self) -> AbstractContextManager[None]:
        """Read several times from one moment's record."""

    def writing(self) -> AbstractContextManager[None]:
        """Write all or nothing."""

    def moment(self) -> str:
        """Wait for all other writers, then take the time; it never goes back."""

    def directory_state(self) -> object:
        """Return what is another whenever the directory is another, and little work to ask for."""

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Append many rows at once."""

    def remove_payload(self, identifier: str) -> None:
        """Remove what a redacted statement says."""
