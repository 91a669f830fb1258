"""A register in PostgreSQL, as a party's login sees it (page *register*, section *Storage*).

In: a connection. Out: the same as from a file, but the database decides what a login reads and writes
(`postgres_rules`). A login that could go around that is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, OperationalError, connections, transaction

from ringtausch.hub import messages
from ringtausch.hub.database import Row
from ringtausch.hub.postgres_rules import OWNER, SIGNER
from ringtausch.hub.sql import ask

__all__ = ["PostgreSQL"]

#: The types of columns that are not texts, for rows in bulk.
_TYPES = {
    "leaf_index": "bigint",
    "hash_version": "smallint",
    "leaf_hash": "bytea",
    "salt": "bytea",
    "root": "bytea",
    "edge": "bytea",
    "size": "bigint",
    "format": "integer",
}

_AT_ONCE = 5_000
_NOT_ALLOWED, _LOCK_TIMEOUT = "42501", "55P03"
_LOCK_SECONDS = 120


class PostgreSQL:
    """What a store asks of PostgreSQL."""

    def __init__(self, alias: str, place: str) -> None:
        self.alias = alias
        self.place = place
        self._parties: frozenset[str] | None = None
        self._signs: bool | None = None  # None until the login is checked

    def trust_domain(self) -> str:
        """Say who this login is, and that the database keeps the rest."""
        return messages.trust_domain_postgres(self.place, ", ".join(sorted(self._speaks_for())))

    def reader(self, asked: str | None) -> str | None:
        """Tell the transaction in whose name it reads; only a party of this login is believed."""
        if self._signs is None:
            self.check()
        mine = self._speaks_for()
        if asked == "*" and self._signs:
            return asked  # names and hashes of all trees; the policies keep the statements from it
        if asked == "*":
            asked = next(iter(mine)) if len(mine) == 1 else None
        if asked is not None and asked not in mine:
            raise messages.other_reader(self.place, asked, ", ".join(sorted(mine)))
        self._ask("SELECT set_config('ringtausch.party', %s, true)", [asked or ""])
        return asked

    def recorder(self, name: str, _reader: str | None) -> str | None:
        """Let a login record for its own party, or for a person of it: PARTY/person."""
        if self._signs is None:
            self.check()
        party = name.split("/", 1)[0]
        if party not in self._speaks_for():
            raise messages.other_recorder(self.place, name, ", ".join(sorted(self._speaks_for())))
        return party

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read from one snapshot."""
        connection = connections[self.alias]
        if connection.in_atomic_block:
            yield
            return
        with self._saying(), transaction.atomic(using=self.alias):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write all or nothing."""
        with self._saying(), transaction.atomic(using=self.alias):
            self._ask("SELECT set_config('lock_timeout', %s, true)", [f"{_LOCK_SECONDS}s"])
            yield

    def moment(self) -> str:
        """Wait for all other writers at one row, then take the time."""
        return str(self._ask("SELECT ringtausch.take_moment()"))

    def directory_state(self) -> object:
        """Return how many rows there are, and since when."""
        return ask(self.alias, "SELECT count(*), max(recorded_at) FROM hub_directory")

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Append rows, thousands in one command; COPY is not for tables with policies."""
        arrays = ", ".join(f"%s::{_TYPES.get(column, 'text')}[]" for column in columns)
        sql = f"INSERT INTO hub_{table} ({', '.join(columns)}) SELECT * FROM unnest({arrays})"  # noqa: S608
        with connections[self.alias].cursor() as cursor:
            for start in range(0, len(rows), _AT_ONCE):
                part = zip(*rows[start : start + _AT_ONCE], strict=True)
                cursor.execute(sql, [list(column) for column in part])

    def remove_payload(self, identifier: str) -> None:
        """Remove what a redacted statement says, by the one function that may."""
        self._ask("SELECT ringtausch.remove_payload(%s)", [identifier])

    def prepare(self) -> None:
        """Do nothing: `administration` prepares a database."""

    def check(self) -> None:
        """Refuse a login from which the database cannot keep anything, or that nobody knows."""
        with connections[self.alias].cursor() as cursor:
            cursor.execute(
                "SELECT rolsuper, rolbypassrls, pg_has_role(session_user, %s, 'MEMBER'),"
                " pg_has_role(session_user, %s, 'MEMBER'), session_user"
                " FROM pg_roles WHERE rolname = session_user",
                [OWNER, SIGNER],
            )
            superuser, bypass, owner, signer, login = cursor.fetchone()
        reason = messages.power(superuser=superuser, owner=owner, bypass=bypass)
        if reason:
            raise messages.too_powerful(self.place, reason)
        if not signer and self._logins() == frozenset():
            raise messages.unknown_login(self.place, login)
        self._signs = bool(signer)

    @contextmanager
    def _saying(self) -> Iterator[None]:
        """Say in a sentence what the database refuses."""
        try:
            yield
        except DatabaseError as error:
            state = getattr(error.__cause__, "sqlstate", None) or ""
            if state == _NOT_ALLOWED:
                raise messages.not_allowed(self.place) from None
            if state == _LOCK_TIMEOUT:
                raise messages.busy(self.place) from None
            if isinstance(error, OperationalError):
                raise messages.not_reachable(self.place, str(error)) from None
            raise

    def _speaks_for(self) -> frozenset[str]:
        return self._logins() - {""}

    def _logins(self) -> frozenset[str]:
        if self._parties is None:
            with connections[self.alias].cursor() as cursor:
                cursor.execute("SELECT ringtausch.my_parties()")
                self._parties = frozenset(name for (name,) in cursor.fetchall())
        return self._parties

    def _ask(self, sql: str, values: Sequence[Any] = ()) -> Any:
        with connections[self.alias].cursor() as cursor:
            cursor.execute(sql, list(values))
            return cursor.fetchone()[0]
