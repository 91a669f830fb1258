"""Record drafts in a register together with the names that they need: all of it, or nothing.

Rules 1 to 3 of the register. In: drafts, and parties and items that may be new. Out: statements of the record.
An import may say when its statements were known: into an empty register alone, since the record never goes
back in time.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from ringtausch.exchange.imported import recorded_from_sources
from ringtausch.hub import messages
from ringtausch.hub.store import ALL, Prepare, Store
from ringtausch.records.problems import Problem
from ringtausch.register.checking import InvalidStatements, Place
from ringtausch.register.directory import Directory
from ringtausch.register.recording import prepare
from ringtausch.register.statement import Statement

__all__ = ["is_empty", "record"]

_ID = re.compile(r"[0-9a-f]{32}")


class _Undone(Exception):  # noqa: N818 - says what is the case
    """What was tried is not kept."""


def record(
    store: Store,
    drafts: Sequence[tuple[Statement, Place]],
    recorder: str,
    *,
    directory: Directory | None = None,
    reader: str | None = ALL,
    from_sources: bool = False,
    dry_run: bool = False,
) -> list[Statement]:
    """Record drafts, and whom and what they speak of, in one step.

    Parameters
    ----------
    store
        The open register.
    drafts
        Each with the place where it stands.
    recorder
        Who records them. In a file a draft may name somebody else: all who have it are trusted alike.
    directory
        Parties and items that are added first.
    reader
        In whose view they are checked.
    from_sources
        Record each as of the day on which its source came out, or the time that it names itself.
    dry_run
        Find out what would be recorded, and record nothing.

    Raises
    ------
    InvalidInput
        With every problem; nothing is recorded, no party is added.
    """
    if from_sources and reader != ALL:
        # Whether the register is empty would tell this reader of what is hidden from it.
        raise messages.sources_need_everything(store.place)
    if from_sources and not is_empty(store):
        raise messages.not_empty_for_sources(store.place)
    statements = [draft for draft, _place in drafts]
    places = [place for _draft, place in drafts]
    if store.address.path is not None:
        statements = [replace(one, recorded_by=one.recorded_by or recorder) for one in statements]
    else:
        statements = [replace(one, recorded_by=recorder) for one in statements]
    if from_sources:
        statements, places = _dated(statements, places)
    made: list[Statement] = []
    try:
        with store.database.writing():
            if directory is not None and _is_news(directory, store.directory()):
                store.extend_directory(directory)
            how = _as_drafted(statements, keep_times=from_sources)
            made = store.append(statements, recorder, reader=reader, places=places, prepare=how)
            _keep_unless(dry_run)
    except _Undone:
        pass
    return made


def _keep_unless(dry_run: bool) -> None:
    if dry_run:
        raise _Undone


def is_empty(store: Store) -> bool:
    """Tell whether nothing has been recorded yet."""
    return next(iter(store.statements()), None) is None


def _is_news(wanted: Directory, known: Directory) -> bool:
    more = any(known.parties.get(name) != party for name, party in wanted.parties.items())
    more = more or any(known.items.get(name) != item for name, item in wanted.items.items())
    return more or bool(wanted.coalition and wanted.coalition != known.coalition)


def _dated(
    drafts: Sequence[Statement], places: Sequence[Place]
) -> tuple[list[Statement], list[Place]]:
    """Give each draft its time: its own, else the day of its source; in order of time."""
    found = []
    for draft, place in zip(drafts, places, strict=True):
        dated = draft
        if not draft.recorded_at:
            (known,) = recorded_from_sources([draft])
            dated = replace(draft, recorded_at=known.recorded_at)
        found.append((dated, place))
    found.sort(key=lambda pair: pair[0].recorded_at)
    return [draft for draft, _place in found], [place for _draft, place in found]


def _as_drafted(drafts: Sequence[Statement], *, keep_times: bool) -> Prepare:
    """Prepare these drafts: the store knows one recorder, they may name several, and times."""

    def ready(
        _named: Sequence[Statement],
        view: Sequence[Statement],
        directory: Directory,
        moment: str,
        new_id: Callable[[], str],
        *,
        places: Sequence[Place] = (),
        further_checks: Sequence[Callable[..., object]] = (),
    ) -> list[Statement]:
        checks = {"further_checks": further_checks}
        if not keep_times:
            return prepare(drafts, view, directory, moment, new_id, places=places, **checks)  # type: ignore[arg-type]
        made: list[Statement] = []
        problems: list[Problem] = _future(drafts, places, moment)
        pairs = zip(drafts, places, strict=True)
        for time, group in groupby(pairs, key=lambda pair: pair[0].recorded_at):
            together = list(group)
            ids = iter([_own_id(draft) for draft, _place in together])
            at = [place for _draft, place in together]
            said = [draft for draft, _place in together]
            try:
                made += prepare(said, made, directory, time, ids.__next__, places=at, **checks)  # type: ignore[arg-type]
            except InvalidStatements as invalid:
                problems += invalid.problems
        if problems:
            raise InvalidStatements(problems)
        return made

    return ready


def _future(drafts: Sequence[Statement], places: Sequence[Place], moment: str) -> list[Problem]:
    return [
        Problem(
            place.file, place.line, "recorded_at", draft.recorded_at, messages.known_in_the_future()
        )
        for draft, place in zip(drafts, places, strict=True)
        if draft.recorded_at > moment
    ]


def _own_id(draft: Statement) -> str:
    return draft.id if _ID.fullmatch(draft.id) else secrets.token_hex(16)
