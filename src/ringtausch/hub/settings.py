"""Django, set up at run time from the address of a register: a file, or a database.

In: `register.db`, `sqlite:///register.db` or `postgresql://…`. Out: the name of a connection. Several
registers may be open in one process, each under a name of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from ringtausch.hub import messages

__all__ = ["Address", "configure", "connect", "disconnect", "read_address"]

_NUMBERS = count(1)
_POSTGRES = ("postgresql://", "postgres://")
_SQLITE = "sqlite:///"

#: Seconds that a writer waits for the one before it; a bulk import may take a while.
BUSY_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Address:
    """Where a register lies: a file of SQLite's, or a database of a PostgreSQL server."""

    text: str = field(repr=False)  # may hold a password
    path: Path | None = None

    @property
    def shown(self) -> str:
        """The address without its password."""
        if self.path is not None:
            return str(self.path)
        scheme, rest = self.text.split("://", 1)
        name, at, place = rest.rpartition("@")
        return f"{scheme}://{name.split(':', 1)[0]}{at}{place}"


def read_address(text: str) -> Address:
    """Tell a file from a database.

    Examples
    --------
    >>> read_address("sqlite:///summer.db").path == read_address("summer.db").path
    True
    >>> read_address("postgresql://pol:secret@server/register").shown
    'postgresql://pol@server/register'
    """
    if text.startswith(_POSTGRES):
        return Address(text)
    if text.startswith(_SQLITE):
        return Address(text, Path(text.removeprefix(_SQLITE)))
    if "://" in text:
        raise messages.unknown_address(text.split("://", 1)[0])
    return Address(text, Path(text))


def connect(address: Address) -> str:
    """Make a connection known to Django, under a new name; it opens when it is first used.

    Raises
    ------
    CannotOpen
        Django or the driver is not installed.
    """
    try:
        configure()
    except ImportError:
        raise messages.driver_missing(address.shown, "django") from None
    from django.db import connections

    alias = f"register-{next(_NUMBERS)}"
    connections.databases[alias] = {
        "ATOMIC_REQUESTS": False,
        "AUTOCOMMIT": True,
        "CONN_HEALTH_CHECKS": False,
        "CONN_MAX_AGE": 0,
        "TIME_ZONE": None,
        "TEST": {"CHARSET": None, "COLLATION": None, "MIGRATE": True, "MIRROR": None, "NAME": None},
        **(_sqlite(address.path) if address.path is not None else _postgres(address)),
    }
    return alias


def configure() -> None:
    """Tell Django of the tables, unless a site that has its own settings did."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(
            DATABASES={}, INSTALLED_APPS=["ringtausch.hub"], USE_TZ=True, SECRET_KEY=None
        )
        django.setup()


def disconnect(alias: str) -> None:
    """Close a connection and forget it."""
    from django.db import connections

    connections[alias].close()
    del connections[alias]
    connections.databases.pop(alias, None)


def _sqlite(path: Path) -> dict[str, Any]:
    options = {
        "timeout": BUSY_SECONDS,
        "transaction_mode": "IMMEDIATE",
        # The ids are random: with 64 MiB of pages a bulk import finds those that it writes to.
        "init_command": "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;"
        " PRAGMA cache_size=-65536",
    }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "USER": "",
        "PASSWORD": "",
        "HOST": "",
        "PORT": "",
        "OPTIONS": options,
    }


def _postgres(address: Address) -> dict[str, Any]:
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError:
        raise messages.driver_missing(address.shown, "psycopg") from None
    try:
        parts = dict(conninfo_to_dict(address.text))
    except ProgrammingError as error:
        raise messages.wrong_address(address.shown, str(error)) from None
    parts.setdefault("connect_timeout", "10")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "") or "postgres",
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": {**parts, "options": "-c search_path=ringtausch"},
    }
