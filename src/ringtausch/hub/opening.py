"""Make a register, or open one: a sentence for everything that can be wrong with an address.

In: an address. Out: a `Store`. Django is loaded inside the functions, so that a missing package is a
sentence and `ringtausch --help` pays nothing.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from ringtausch.hub import messages
from ringtausch.hub.settings import Address, connect, disconnect, read_address
from ringtausch.records.folders import OutputExists, write_file_whole
from ringtausch.register.directory import Directory

if TYPE_CHECKING:
    from ringtausch.hub.store import Store

__all__ = ["FORMAT", "init_register", "migrate", "new_store", "open_register", "upgrade_register"]

#: Goes up with every migration.
FORMAT = 1

_UNDEFINED_TABLE = "42P01"
_SQLITE_BEGINS = b"SQLite format 3\x00"


def init_register(address: str, directory: Directory) -> Store:
    """Make a new, empty register.

    Parameters
    ----------
    address
        A file that does not exist yet, or a PostgreSQL database that this login may set up; that login
        is not one of a party, and what is returned serves for the directory alone.
    directory
        The parties and items that it knows from the beginning, and who belongs to the coalition.

    Raises
    ------
    CannotOpen
        Something is there already, the database does not answer, or the login may not set it up.
    """
    place = read_address(address)
    if place.path is None:
        return _init_postgres(place, directory)

    def fill(fresh: Path) -> None:
        with new_store(Address(str(fresh), fresh)) as store:
            store.database.prepare()
            migrate(store.alias)
            store.set_up(secrets.token_hex(16), FORMAT)
            store.extend_directory(directory)

    try:
        write_file_whole(place.path, fill, force=False)
    except OutputExists:
        raise messages.exists_already(place.shown) from None
    except OSError as error:
        raise messages.not_reachable(place.shown, error.strerror or str(error)) from None
    return open_register(address)


def open_register(address: str) -> Store:
    """Open a register.

    Raises
    ------
    CannotOpen
        There is none, it is something else or of a newer format, or the database does not let us in.
    """
    place = read_address(address)
    _check_file(place)
    store = new_store(place)
    try:
        _check_format(store, place)
        store.database.check()
    except BaseException:
        store.close()
        raise
    return store


def upgrade_register(address: str) -> None:
    """Bring a register of an earlier format to this version's.

    Raises
    ------
    CannotOpen
        As for opening it.
    """
    place = read_address(address)
    _check_file(place)
    alias = connect(place)
    try:
        migrate(alias)
    finally:
        disconnect(alias)


def migrate(alias: str) -> None:
    """Make or complete the tables behind a connection."""
    from django.core.management import call_command

    call_command("migrate", database=alias, verbosity=0, interactive=False)


def new_store(place: Address) -> Store:
    """Connect to a place; nothing is asked of it yet."""
    alias = connect(place)
    from ringtausch.hub.store import Store

    if place.path is not None:
        from ringtausch.hub.sqlite import SQLite

        return Store(alias, place, SQLite(alias, place.shown))
    from ringtausch.hub.postgres import PostgreSQL

    return Store(alias, place, PostgreSQL(alias, place.shown))


def _check_file(place: Address) -> None:
    if place.path is None:
        return
    try:
        with place.path.open("rb") as file:
            begins = file.read(len(_SQLITE_BEGINS))
    except FileNotFoundError:
        raise messages.no_such_file(place.shown) from None
    except IsADirectoryError:
        raise messages.not_a_register(place.shown) from None
    except OSError as error:
        raise messages.not_reachable(place.shown, error.strerror or str(error)) from None
    if begins != _SQLITE_BEGINS:
        raise messages.not_a_register(place.shown)


def _check_format(store: Store, place: Address) -> None:
    from django.db import DatabaseError, OperationalError, ProgrammingError

    try:
        found = store.format()
    except (ProgrammingError, OperationalError) as error:
        undefined = getattr(error.__cause__, "sqlstate", None) == _UNDEFINED_TABLE
        if undefined or "no such table" in str(error):
            raise messages.not_a_register(place.shown) from None
        raise messages.not_reachable(place.shown, str(error)) from None
    except DatabaseError:
        raise messages.not_a_register(place.shown) from None
    if found is None:
        raise messages.not_a_register(place.shown)
    if found > FORMAT:
        raise messages.newer_format(place.shown, found, FORMAT)
    if found < FORMAT:
        raise messages.older_format(place.shown, found, FORMAT)


def _init_postgres(place: Address, directory: Directory) -> Store:
    store = new_store(place)
    try:
        from ringtausch.hub.administration import make

        make(store, directory, FORMAT)
    except BaseException:
        store.close()
        raise
    return store
