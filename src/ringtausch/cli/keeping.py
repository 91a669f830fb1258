"""The options `--keep` and `--frozen` of `ringtausch plan`: read, and told about afterwards."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringtausch.language import _

if TYPE_CHECKING:
    from ringtausch.cli.keep_messages import AskAgainEntry, ChangeEntry
    from ringtausch.insight.changes import Changes
    from ringtausch.records import Plan, Scenario

__all__ = ["Frozen", "Keep", "ask_again_entries", "change_entries", "find_changes", "wrong_day"]

Keep = Annotated[
    Path | None,
    typer.Option(metavar="OLDPLAN", help="Change as little as can be of this plan, and say what."),
]
Frozen = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="With --keep: what is agreed before then stays as it is."),
]
#: Seconds that are spent on why things changed, where no limit is given.
_PATIENCE = 60.0


def wrong_day(frozen: str | None, keep: Path | None) -> list[str]:
    """Say what is wrong with the date."""
    if frozen is None:
        return []
    if keep is None:
        return [_("--frozen: name the plan to keep too, with --keep OLDPLAN")]
    try:
        date.fromisoformat(frozen)
    except ValueError:
        return [_('--frozen: "{day}" is no date; write it as 2025-09-01').format(day=frozen)]
    return []


def find_changes(
    scenario: Scenario,
    old: Plan | None,
    new: Plan,
    frozen: date | None,
    time_limit: float | None,
) -> Changes | None:
    """Say what a plan changes of the one to keep; None where there is none."""
    if old is None:
        return None
    from ringtausch.insight.changes import changes

    limit = _PATIENCE if time_limit is None else time_limit
    return changes(scenario, old, new, frozen=frozen, time_limit=limit)


def change_entries(changes: Changes | None) -> list[ChangeEntry]:
    """Write changes as JSON entries."""
    from ringtausch.cli.keep_messages import ChangeEntry

    return [
        ChangeEntry(
            table=row.table,  # type: ignore[arg-type]
            names=row.names,
            kind=row.kind,
            quantity=row.quantity,
            before=None if row.before is None else row.before.isoformat(),
            after=None if row.after is None else row.after.isoformat(),
            weight=row.weight,
            reason=None if row.reason is None else row.reason.kind,
            objective=(row.reason.objective or None) if row.reason else None,
            amount=row.reason.amount if row.reason and row.reason.objective else None,
            sentence=row.sentence,
            why=row.why,
        )
        for row in (changes.rows if changes else ())
    ]


def ask_again_entries(changes: Changes | None) -> list[AskAgainEntry]:
    """Write whom to ask again as JSON entries."""
    from ringtausch.cli.keep_messages import AskAgainEntry

    return [
        AskAgainEntry(party=asked.party, roles=list(asked.roles), about=list(asked.about))  # type: ignore[arg-type]
        for asked in (changes.ask_again if changes else ())
    ]
