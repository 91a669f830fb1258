"""SQL to a register's database without what Django puts around every question.

In: the name of a connection, SQL with `%s` for values, values. Out: rows. A dozen questions go with every
statement that is recorded, and asked in Django's way they would take longer than all else of it. Errors are
Django's own, as from the query builder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connections

__all__ = ["ask", "write_rows"]


def ask(alias: str, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Ask, and return all rows.

    Parameters
    ----------
    alias
        The connection.
    sql
        Has `%s` for each value, and no other percent sign.
    values
        As the driver takes them.
    """
    connection = connections[alias]
    rows: list[tuple[Any, ...]]
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(sql, list(values))
            rows = [] if cursor.description is None else cursor.fetchall()
            return rows
    with connection.wrap_database_errors:
        rows = _sqlite(connection).execute(_question_marks(sql), values).fetchall()
        return rows


def write_rows(alias: str, sql: str, rows: Iterable[Sequence[Any]]) -> None:
    """Execute one prepared SQL for every row."""
    connection = connections[alias]
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)
        return
    with connection.wrap_database_errors:
        _sqlite(connection).executemany(_question_marks(sql), rows)


def _sqlite(connection: Any) -> Any:
    """Return the driver's connection, opened with all that Django's settings say of it."""
    if connection.connection is None:
        connection.ensure_connection()
    return connection.connection


@lru_cache(maxsize=256)
def _question_marks(sql: str) -> str:
    return sql.replace("%s", "?")
