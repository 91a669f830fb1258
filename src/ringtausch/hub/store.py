"""A register as it lies in a database: append statements, read them, take checkpoints, redact.

In: drafts and names. Out: statements, leaves and notes of `register`. What may be recorded, `recording`
decides; this file only sees to it that it is decided on the record as it stands, and kept whole.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ringtausch.hub import directories, messages, reading, writing
from ringtausch.hub.checkpoints import Trees
from ringtausch.hub.models import Payload, Register
from ringtausch.hub.models import Statement as LeafRow
from ringtausch.hub.settings import Address, disconnect
from ringtausch.records.problems import Problem
from ringtausch.register.dates import end_of_day
from ringtausch.register.directory import Directory
from ringtausch.register.statement import Statement
from ringtausch.register.trust.audiences import audience_of
from ringtausch.register.trust.canonical import Redaction, refuses_redaction

if TYPE_CHECKING:
    from ringtausch.hub.database import Database
    from ringtausch.register.checking import Place

__all__ = ["ALL", "Prepare", "Store"]

#: The reader who sees everything: in one trust domain all there is, else what the login may read.
ALL = "*"

_DAY = len("2025-07-20")

#: What `register.recording.prepare` is.
Prepare = Callable[..., list[Statement]]


class Store(Trees):
    """An open register. Close it, or use it in a `with`; it belongs to one thread."""

    def __init__(self, alias: str, address: Address, database: Database) -> None:
        self.alias = alias
        self.address = address
        self.database = database
        self._directory = directories.DirectoryTable(database)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        disconnect(self.alias)

    @property
    def place(self) -> str:
        """Where it lies, for messages: without a password."""
        return self.address.shown

    @property
    def trust_domain(self) -> str:
        """Say in one sentence from whom this register keeps statements."""
        return self.database.trust_domain()

    # Who and what

    def directory(self) -> Directory:
        """Return the parties, the items and the coalition as they are now."""
        return self._directory.read()

    def extend_directory(self, wanted: Directory) -> None:
        """Add parties and items, give some other titles, and say who is in the coalition.

        Nobody is removed. An empty coalition changes nothing; another one becomes the coalition.

        Raises
        ------
        Refused
            A party has a name that means something else.
        """
        with self.database.writing():
            moment = self.database.moment()
            rows = directories.new_rows(self.directory(), wanted, moment, self.place)
            self.database.insert("directory", directories.COLUMNS, rows)

    # Statements

    def append(
        self,
        drafts: Sequence[Statement],
        recorded_by: str,
        *,
        reader: str | None = ALL,
        places: Sequence[Place] = (),
        prepare: Prepare | None = None,
    ) -> list[Statement]:
        """Record statements, all or none; they are on the disk when this returns.

        Nobody else can write between the check and the record, so that what is reserved is there (rule
        33), however many want it at once.

        Parameters
        ----------
        drafts
            Without time; an id serves a correction of a draft by a draft.
        recorded_by
            Who records them, and may correct them later: a party, or `PARTY/person`.
        reader
            In whose view they are checked; in PostgreSQL it is always that of the recorder.
        places
            Where each draft stands, for the problems.
        prepare
            Decides what may be recorded: `register.recording.prepare`, unless another one is given.

        Raises
        ------
        InvalidInput
            With every problem; nothing is recorded.
        """
        named = [draft.recorded_as(recorded_by) for draft in drafts]
        with self.database.writing():
            moment = self.database.moment()
            directory = self.directory()
            proved = self.database.reader(self.database.recorder(recorded_by, reader))
            trees = reading.audiences(self.alias, proved, directory)
            view = self._view_of(named, trees)
            more = {"places": places, "further_checks": (_stock_check,)}
            made = (prepare or _prepare())(named, view, directory, moment, _new_id, **more)
            writing.append_statements(self.database, made)
        return made

    def statements(
        self,
        reader: str | None = ALL,
        known_at: str | None = None,
        matters: Iterable[str] | None = None,
        parties: Iterable[str] | None = None,
    ) -> Iterator[Statement]:
        """Read statements, oldest first.

        Parameters
        ----------
        reader
            A party, None for the public, `ALL` for everything that this login may read.
        known_at
            A moment as `dates.instant` writes it, a day for its end; None is now.
        matters, parties
            Only these matters, and those in which these parties give or receive, with all that is linked
            with one of them. None means all.
        """
        known_at = _moment(known_at)
        if matters is None and parties is None:
            with self.aside() as other, other.database.reading():
                trees = other.audiences(reader)
                yield from reading.statements(other.alias, trees, known_at)
            return
        wanted = frozenset(matters or ())
        with self.database.reading():
            trees = self.audiences(reader)
            if parties is not None:
                wanted |= reading.matters_of(self.alias, trees, parties)
            wanted = reading.linked_matters(self.alias, trees, wanted)
            found = list(reading.statements(self.alias, trees, known_at, wanted))
        yield from found

    def identified(
        self, beginning: str, reader: str | None = ALL, known_at: str | None = None
    ) -> list[Statement]:
        """Read the statements whose id begins so, oldest first; no other one is looked at."""
        with self.database.reading():
            trees = self.audiences(reader)
            return reading.identified(self.alias, trees, beginning, _moment(known_at))

    def matters(self, reader: str | None = ALL, known_at: str | None = None) -> frozenset[str]:
        """List the matters of which a reader may read something."""
        with self.database.reading():
            trees = self.audiences(reader)
            return reading.named_matters(self.alias, trees, _moment(known_at))

    def audiences(self, reader: str | None = ALL) -> list[tuple[str, ...]]:
        """List the visibilities whose trees a reader may see: public, coalition, then named sets."""
        with self.database.reading():
            proved = self.database.reader(reader)
            return reading.audiences(self.alias, proved, self.directory())

    def redact(
        self,
        identifier: str,
        approved_by: str,
        reason: str,
        recorded_by: str,
        *,
        reader: str | None = ALL,
    ) -> None:
        """Remove what a statement says; its leaf stays, and a new leaf says that it was removed.

        What the reader may not see is not there to be removed; in PostgreSQL it is always the recorder who reads.

        Raises
        ------
        Refused
            There is no such statement, it is gone already, nobody approves, or what it corrects would
            stand again.
        """
        if not (approved_by.strip() and reason.strip() and recorded_by.strip()):
            raise messages.empty_redaction(self.place)
        with self.database.writing():
            moment = self.database.moment()
            trees = self.audiences(self.database.recorder(recorded_by, reader))
            seen = LeafRow.objects.using(self.alias).filter(audience__in=map(audience_of, trees))
            row = seen.filter(id=identifier).first()
            if row is None:
                raise messages.not_recorded(self.place, identifier)
            said = self._said(identifier)
            redaction = Redaction(
                redacts=row.leaf_index,
                hash=bytes(row.leaf_hash).hex(),
                id=identifier,
                approved_by=approved_by,
                reason=reason,
                recorded_by=recorded_by,
                recorded_at=moment,
            )
            writing.append_redaction(self.database, redaction, _new_id(), said.visibility)
            self.database.remove_payload(identifier)

    # What making and opening need

    def set_up(self, identity: str, number: int) -> None:
        """Say that these tables are a register."""
        with self.database.writing():
            self.database.insert("clock", ("id", "moment"), [("clock", "")])
            moment = self.database.moment()
            self.database.insert(
                "register", ("id", "format", "created_at"), [(identity, number, moment)]
            )

    def format(self) -> int | None:
        """Return the format of the tables, None where there is no row that says so."""
        row = Register.objects.using(self.alias).first()
        return None if row is None else int(row.format)

    # Helpers

    def aside(self) -> Store:
        """Open a second connection, so that what is read bit by bit does not hold up this one."""
        from ringtausch.hub.opening import new_store

        return new_store(self.address)

    def _view_of(
        self, drafts: Sequence[Statement], trees: list[tuple[str, ...]]
    ) -> tuple[Statement, ...]:
        """Read what drafts are checked against: their matters, chains, and stocks that are kept."""
        matters = _needed(drafts)
        matters |= reading.matters_of_chains(self.alias, trees, {one.chain for one in drafts})
        # Stocks: only those of the sayers are asked for, and only where somebody counts them.
        moved = [one for one in drafts if one.item]
        sayers, items = {one.said_by for one in moved}, {one.item for one in moved}
        counts = any(one.kind == "holding" for one in moved)
        if moved and (counts or reading.is_counted(self.alias, trees, sayers, items)):
            matters |= reading.matters_of(self.alias, trees, sayers, items)
        view = self._view(trees, matters)
        corrected = {one.corrects for one in drafts} - {""}
        chains = {one.chain for one in view if one.id in corrected} - {""}
        if chains:
            matters |= reading.matters_of_chains(self.alias, trees, chains)
            view = self._view(trees, matters)
        return view

    def _view(
        self, trees: Iterable[tuple[str, ...]], matters: Iterable[str]
    ) -> tuple[Statement, ...]:
        linked = reading.linked_matters(self.alias, trees, matters)
        return tuple(reading.statements(self.alias, trees, None, linked))

    def _said(self, identifier: str) -> Statement:
        """Read the statement that shall be redacted, or say why it cannot be."""
        row = Payload.objects.using(self.alias).filter(statement_id=identifier).first()
        if row is None:
            raise messages.redacted_already(self.place, identifier)
        if not row.matter:
            raise messages.not_recorded(self.place, identifier)
        visibility = tuple(json.loads(row.body)["statement"].get("visibility", ("public",)))
        trees = [visibility]
        same = list(reading.statements(self.alias, trees, None, frozenset({row.matter})))
        wrong = refuses_redaction(identifier, same)
        if wrong is not None:
            raise messages.Refused([Problem(self.place, 0, "", identifier, wrong)])
        return next(said for said in same if said.id == identifier)


def _moment(known_at: str | None) -> str | None:
    """Return the moment until which something is known: of a day its end."""
    if known_at is not None and len(known_at) == _DAY:
        return end_of_day(date.fromisoformat(known_at))
    return known_at


def _new_id() -> str:
    return secrets.token_hex(16)


def _prepare() -> Prepare:
    from ringtausch.register.recording import prepare

    return prepare


def _stock_check(
    drafts: Sequence[Statement], view: Sequence[Statement], directory: Directory
) -> Iterator[tuple[int, str]]:
    """Ask rule 33; what is short is short because of all drafts together, and shown at the first."""
    from ringtausch.register.refusing import refuses_stock

    for sentence in refuses_stock(drafts, view, directory):
        yield 0, sentence


def _needed(statements: Iterable[Statement]) -> set[str]:
    """List the matters that statements are about, or name."""
    found: set[str] = set()
    for said in statements:
        found.update((said.matter, *writing.named_matters(said)))
    return found - {""}
