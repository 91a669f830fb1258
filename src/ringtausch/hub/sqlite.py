"""A register in a file: one trust domain, append-only kept by triggers (page *register*, *Storage*).

Transactions are immediate, so that a writer never finds out late that it has to wait; WAL, so that readers
do not wait for it; every commit is on the disk before it is acknowledged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import OperationalError, connections

from ringtausch.hub import messages
from ringtausch.hub.database import Row
from ringtausch.hub.sql import ask, write_rows
from ringtausch.register.dates import instant

__all__ = ["APPEND_ONLY", "REDACTABLE", "SQLite", "secure"]

#: Tables that only grow. `payload` and `link` may lose what a redaction names, `clock` only ticks.
APPEND_ONLY = ("register", "directory", "audience", "statement", "redaction", "checkpoint", "key")
REDACTABLE = ("payload", "link")
_BY_STATEMENT = ("payload", "redaction")
_SENTENCE = "the record is append-only"
_TICK = "UPDATE hub_clock SET moment = max(moment, %s) RETURNING moment"
#: What begins, keeps and undoes: all, and a part of it.
_TRANSACTION = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_PART = ("SAVEPOINT part", "RELEASE part", ("ROLLBACK TO part", "RELEASE part"))


class SQLite:
    """What a store asks of SQLite."""

    def __init__(self, alias: str, place: str) -> None:
        self.alias = alias
        self.place = place

    def trust_domain(self) -> str:
        """Say that a file keeps nothing from who has it."""
        return messages.trust_domain_sqlite(self.place)

    def reader(self, asked: str | None) -> str | None:
        """Believe everybody: whoever has the file can read it all."""
        return asked

    def recorder(self, _name: str, reader: str | None) -> str | None:
        """Believe everybody."""
        return reader

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read from one snapshot, without waiting for a writer."""
        if self._in_transaction():  # a reading inside another one, or a writer's
            yield
            return
        ask(self.alias, "BEGIN DEFERRED")
        try:
            yield
        finally:
            ask(self.alias, "ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one place of a writer from the beginning."""
        try:
            with self._whole():
                yield
        except OperationalError as error:
            if "locked" in str(error):
                raise messages.busy(self.place) from None
            raise messages.not_reachable(self.place, str(error)) from None

    def moment(self) -> str:
        """Take the time, not before the last one."""
        now = instant(datetime.now(UTC))
        ((moment,),) = ask(self.alias, _TICK, (now,))
        return str(moment)

    def directory_state(self) -> object:
        """Return the random name of the newest row."""
        return ask(self.alias, "SELECT id FROM hub_directory ORDER BY rowid DESC LIMIT 1")

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Append many rows with one prepared statement."""
        if rows:
            write_rows(self.alias, _insert(table, tuple(columns)), rows)

    def prepare(self) -> None:
        """Let readers of a new file not wait for its writers; the file remembers it."""
        ask(self.alias, "PRAGMA journal_mode=WAL")

    def check(self) -> None:
        """Accept everybody who has the file."""

    def remove_payload(self, identifier: str) -> None:
        """Remove what a redacted statement says; the trigger asks for the redaction."""
        ask(self.alias, "DELETE FROM hub_link WHERE statement_id = %s", (identifier,))
        ask(self.alias, "DELETE FROM hub_payload WHERE statement_id = %s", (identifier,))

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Do all or nothing: what `transaction.atomic` does, in a tenth of the time.

        Inside of another one it is a part that can be undone by itself.
        """
        begin, keep, undo = _PART if self._in_transaction() else _TRANSACTION
        ask(self.alias, begin)
        try:
            yield
            ask(self.alias, keep)
        except BaseException:
            if self._in_transaction():  # a full disk has ended it already
                for sql in undo:
                    ask(self.alias, sql)
            raise

    def _in_transaction(self) -> bool:
        connection = connections[self.alias]
        connection.ensure_connection()
        return bool(connection.connection.in_transaction)


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO hub_{table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608


def secure(editor: Any) -> None:
    """Put the triggers in place (a step of the migrations); readers do not wait for writers."""
    for sql in _triggers():
        editor.execute(sql)


def _triggers() -> list[str]:
    found = []
    for table in APPEND_ONLY + REDACTABLE:
        found.append(_trigger(table, "UPDATE"))
        redactable = table in REDACTABLE
        found.append(_trigger(table, "DELETE", _UNLESS_REDACTED if redactable else ""))
        # INSERT OR REPLACE would delete without asking the trigger above.
        key = "statement_id" if table in _BY_STATEMENT else "id" if table != "audience" else "name"
        same = f"{key} = NEW.{key}"
        if table == "statement":
            same += " OR (audience = NEW.audience AND leaf_index = NEW.leaf_index)"
        when = f"WHEN EXISTS (SELECT 1 FROM hub_{table} WHERE {same})"  # noqa: S608 - our own names
        found.append(_trigger(table, "INSERT", when))
    found.append(_trigger("clock", "DELETE"))
    found.append(_trigger("clock", "UPDATE", "WHEN NEW.moment < OLD.moment OR NEW.id <> OLD.id"))
    return found


_UNLESS_REDACTED = (
    "WHEN NOT EXISTS (SELECT 1 FROM hub_redaction r WHERE r.statement_id = OLD.statement_id)"
)


def _trigger(table: str, event: str, when: str = "") -> str:
    return (
        f"CREATE TRIGGER hub_{table}_no_{event.lower()} BEFORE {event} ON hub_{table} {when}"
        f" BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
    )
