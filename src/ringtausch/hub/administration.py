"""Set up a register in PostgreSQL, and admit logins to it: what its keeper does, and nobody else.

In: the address of a login that may create roles. Out: schema, roles, rules; logins that stand for parties.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connections, transaction

from ringtausch.hub import messages
from ringtausch.hub.postgres import PostgreSQL
from ringtausch.hub.postgres_rules import APP, BACKUP, OWNER, REDACTOR, ROLES, SIGNER, redactor_sql
from ringtausch.hub.settings import Address, connect, disconnect, read_address
from ringtausch.hub.store import Store
from ringtausch.register.directory import Directory

__all__ = ["administering", "admit", "build", "extend_directory", "make"]


def make(store: Store, directory: Directory, number: int) -> None:
    """Make a new register in a database, all or nothing."""
    with administering(store.alias, store.address):
        build(store.alias, store.address)
        store.set_up(secrets.token_hex(16), number)
        store.extend_directory(directory)


def build(alias: str, place: Address) -> None:
    """Make roles, schema, tables and rules; the connection is in a transaction already."""
    from ringtausch.hub.opening import migrate

    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT to_regnamespace('ringtausch') IS NOT NULL")
        if cursor.fetchone()[0]:
            raise messages.exists_already(place.shown)
        for role in ROLES:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE ROLE {role} NOLOGIN")
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            cursor.execute(f"GRANT {OWNER}, {REDACTOR} TO CURRENT_USER")
        cursor.execute(f"CREATE SCHEMA ringtausch AUTHORIZATION {OWNER}")
        cursor.execute(f"SET LOCAL ROLE {OWNER}")
    migrate(alias)
    with connections[alias].cursor() as cursor:
        for sql in redactor_sql():
            cursor.execute(sql)


def extend_directory(address: str, directory: Directory) -> None:
    """Add parties, items and members of the coalition: of a register in PostgreSQL its keeper does."""
    place = read_address(address)
    with _administrator(place) as alias:
        Store(alias, place, PostgreSQL(alias, place.shown)).extend_directory(directory)


def admit(
    address: str,
    login: str,
    parties: Iterable[str] = (),
    *,
    signs: bool = False,
    backs_up: bool = False,
    password: str | None = None,
) -> None:
    """Let a login into a register, and say for which parties it may speak.

    Parameters
    ----------
    address
        Of a login that may create roles.
    login
        Its name; a role of this name is made where there is none.
    parties
        Whom it may speak for; none is the public.
    signs
        It signs checkpoints: it reads the hashes of all trees, and no statement.
    backs_up
        It reads everything and writes nothing.
    password
        Of a new role, where the server asks for one.
    """
    from psycopg import sql

    place = read_address(address)
    name = sql.Identifier(login)
    group = SIGNER if signs else BACKUP if backs_up else APP
    with _administrator(place) as alias, connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
        if password is not None:
            secret = sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(password))
            cursor.execute(secret)
        if backs_up:
            cursor.execute(sql.SQL("ALTER ROLE {} BYPASSRLS").format(name))
        cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), name))
        if group == APP:
            cursor.executemany(
                "INSERT INTO ringtausch.login (role, party) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                [(login, party) for party in (tuple(parties) or ("",))],
            )


@contextmanager
def administering(alias: str, place: Address) -> Iterator[None]:
    """Work in one transaction, and say what the database refuses."""
    try:
        with transaction.atomic(using=alias):
            yield
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") == "42501":
            raise messages.not_administrator(place.shown) from None
        raise messages.not_reachable(place.shown, str(error)) from None


@contextmanager
def _administrator(place: Address) -> Iterator[str]:
    """Open a connection to work as the keeper."""
    alias = connect(place)
    try:
        with administering(alias, place):
            yield alias
    finally:
        disconnect(alias)
