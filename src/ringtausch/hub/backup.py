"""A register copied whole into one file, and back into an empty place, each by one call.

In: an address and a file. Out: the file, or the register again, once the roots of all trees and what every
payload hashes to are what they were. Of SQLite the copy is a register itself; of PostgreSQL it is a zip
of tables as COPY writes them, with a list of roots.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ringtausch.hub import messages
from ringtausch.hub.messages import CannotOpen
from ringtausch.hub.opening import FORMAT, open_register
from ringtausch.hub.settings import Address, connect, disconnect, read_address
from ringtausch.records.folders import OutputExists, write_file_whole

__all__ = ["backup_register", "restore_register"]

_LIST = "register.json"


def backup_register(address: str, target: Path) -> None:
    """Copy a register, while others go on writing, into a new file.

    Parameters
    ----------
    address
        Of PostgreSQL with a login that reads everything: a superuser's, or one admitted to back up.
    target
        A file that does not exist yet.

    Raises
    ------
    CannotOpen
        The register cannot be read, the file exists, or the copy is not what the record is.
    """
    place = read_address(address)
    if place.path is not None:
        open_register(address).close()
        _write(
            target,
            lambda fresh: _copy_file(place.shown, place.path, fresh),
            messages.exists_already,
        )
    else:
        _write(target, lambda fresh: _dump(place, fresh), messages.exists_already)


def restore_register(source: Path, address: str) -> None:
    """Make a register out of a backup, in a place where nothing is.

    Raises
    ------
    CannotOpen
        The file is no whole backup, or something is there already.
    """
    place = read_address(address)
    if place.path is not None:
        if zipfile.is_zipfile(source):
            raise messages.not_a_backup(str(source))
        open_register(str(source)).close()
        _write(place.path, lambda fresh: _copy_file(str(source), source, fresh), messages.not_empty)
    else:
        _fill(place, source)


def _write(target: Path, fill: Callable[[Path], None], taken: Callable[[str], CannotOpen]) -> None:
    try:
        write_file_whole(target, fill, force=False)
    except OutputExists:
        raise taken(str(target)) from None
    except OSError as error:
        raise messages.not_reachable(str(target), error.strerror or str(error)) from None


def _copy_file(shown: str, source: Path | None, fresh: Path) -> None:
    """Copy with SQLite's own call, which takes one moment's record, and compare."""
    import sqlite3
    from contextlib import closing

    assert source is not None, "a file"
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(fresh)) as new:
        old.backup(new)
        if new.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise messages.not_a_backup(shown)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        new.execute("PRAGMA journal_mode=WAL")
    alias = connect(Address(str(fresh), fresh))
    try:
        _verify(alias, shown, None)
    finally:
        disconnect(alias)


def _dump(place: Address, fresh: Path) -> None:
    from django.db import DatabaseError, connections, transaction

    from ringtausch.hub.postgres_rules import RECORD

    alias = connect(place)
    try:
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute(
                "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
            )
            if not cursor.fetchone()[0]:
                raise messages.no_reader_of_all(place.shown)
            tables = [f"hub_{table}" for table in RECORD] + ["login"]
            with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
                for table in tables:
                    with file.open(table, "w", force_zip64=True) as part:
                        _copy_out(cursor, table, part)
                content = {"format": FORMAT, "roots": _roots(alias)}
                file.writestr(_LIST, json.dumps(content, sort_keys=True))
    except DatabaseError as error:
        raise messages.not_reachable(place.shown, str(error)) from None
    finally:
        disconnect(alias)


def _copy_out(cursor: Any, table: str, part: Any) -> None:
    with cursor.cursor.copy(f"COPY ringtausch.{table} TO STDOUT") as rows:
        for block in rows:
            part.write(bytes(block))


def _fill(place: Address, source: Path) -> None:
    from django.db import connections

    from ringtausch.hub.administration import administering, build

    alias = connect(place)
    try:
        with administering(alias, place), zipfile.ZipFile(source) as file:
            content = json.loads(file.read(_LIST))
            if content["format"] > FORMAT:
                raise messages.newer_format(str(source), content["format"], FORMAT)
            build(alias, place)
            with connections[alias].cursor() as cursor:
                # The rows come as they were: what asks for the next leaf is silent, what refuses
                # changes is not (it is enabled ALWAYS).
                cursor.execute("SET LOCAL session_replication_role = replica")
                for table in file.namelist():
                    if table != _LIST:
                        _copy_in(cursor, table, file)
            _verify(alias, str(source), content["roots"])
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError, EOFError, FileNotFoundError):
        raise messages.not_a_backup(str(source)) from None
    finally:
        disconnect(alias)


def _copy_in(cursor: Any, table: str, file: zipfile.ZipFile) -> None:
    if table == "login":  # a new server may lack the roles; whoever keeps it admits them anew
        return
    with (
        cursor.cursor.copy(f"COPY ringtausch.{table} FROM STDIN") as rows,
        file.open(table) as part,
    ):
        while block := part.read(1 << 16):
            rows.write(block)


def _roots(alias: str) -> dict[str, str]:
    """Compute the root of every tree from its leaves."""
    from ringtausch.hub.models import Audience, Statement
    from ringtausch.register.trust.merkle import Edge

    found = {}
    for name in Audience.objects.using(alias).order_by("name").values_list("name", flat=True):
        rows = Statement.objects.using(alias).filter(audience=name).order_by("leaf_index")
        hashes = rows.values_list("leaf_hash", flat=True).iterator(chunk_size=10_000)
        edge = Edge().extend(bytes(digest) for digest in hashes)
        found[name] = f"{edge.size} {edge.root().hex()}"
    return found


def _verify(alias: str, shown: str, roots: dict[str, str] | None) -> None:
    """Hash every payload anew, and compare roots with those that were written down, or signed."""
    from ringtausch.hub.models import Checkpoint, Payload, Statement
    from ringtausch.register.trust.canonical import leaf_hash
    from ringtausch.register.trust.merkle import Edge

    found = _roots(alias)
    for name in sorted(set(found) | set(roots or {})):
        if roots is not None and found.get(name) != roots.get(name):
            raise messages.backup_differs(shown, name)
    fields = ("audience", "salt", "body", "statement__leaf_hash", "statement__hash_version")
    for audience, salt, body, digest, version in (
        Payload.objects.using(alias).values_list(*fields).iterator(chunk_size=2_000)
    ):
        if leaf_hash(version, bytes(salt), body.encode()) != bytes(digest):
            raise messages.backup_differs(shown, audience)
    for signed in Checkpoint.objects.using(alias).all():
        leaves = Statement.objects.using(alias).filter(
            audience=signed.audience, leaf_index__lt=signed.size
        )
        hashes = leaves.order_by("leaf_index").values_list("leaf_hash", flat=True)
        if Edge().extend(bytes(digest) for digest in hashes).root() != bytes(signed.root):
            raise messages.backup_differs(shown, signed.audience)
