"""What is measured, as typed rows: one class for each table, its fields the columns of the frame.

Periods are indices as in a plan's own files, quantities units of the item, waiting and gaps
unit-periods, money the reporting currency. None says that something is not known or not there, and
never means 0.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

if TYPE_CHECKING:
    import polars

__all__ = [
    "AS_IN_ITEMS", "KINDS", "MEASURES", "Burden", "Deal", "FundUse", "Production", "Receipt",
    "Replacement", "Slack", "Slot", "Unvalued", "Window", "frame_of",
]  # fmt: skip

#: The basis of the items' own column `value`.
AS_IN_ITEMS = "items"

#: What a burden may be made of, in the order of the page.
KINDS = ("money", "value", "waiting", "waiting_weighted", "gap", "gap_weighted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """What one party bears of one kind, absolute, as a share, and against the burden key.

    `basis` is filled where `kind` is `value`. `share` is of all parties; `share_in_key` of the
    parties with a burden key, so that it compares with `key`; `above_key` is their difference.
    `unvalued` counts units that have no value by this basis: then there is no amount and no share.
    """

    party: str
    kind: str
    basis: str
    unit: str
    amount: float | None
    share: float | None
    share_in_key: float | None
    key: float | None
    above_key: float | None
    unvalued: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unvalued:
    """Units that move in the plan and have no value by a basis."""

    basis: str
    item: str
    handed: float
    ordered: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """What one party gives of an item, and what it gets for it.

    `given` units by the plan at the agreed `ratio` (None = a gift) and `before` units owed from
    before the start make the units `owed`; `received` of them have come, as `pieces` of any kind:
    `pieces_per_unit` for each unit given. Waiting is per unit owed, what is `open` at the end
    counting until then. Values are by one basis.
    """

    party: str
    item: str
    given: float
    before: float
    ratio: float | None
    owed: float
    received: float
    pieces: float
    pieces_per_unit: float | None
    wait_mean: float | None
    wait_longest: int | None
    late: float
    open: float
    compensation: float
    basis: str
    value_given: float | None
    value_received: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What came for an item, by kind: so many `units` of `accepted`, each counting `rate`."""

    party: str
    item: str
    accepted: str
    units: float
    rate: float
    quantity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A part of what is owed, from the hand-over until it comes back: the base of all others.

    `quantity` units owed for what was given in period `given` (None = before the start) under
    `offer` to `to`; `units` of `accepted` came in period `back` (None = open at the end). `wait`
    counts the periods until then or until the end; `slack` those left until `due`, negative where
    it is late, None where it may still come in time after the plan.
    """

    party: str
    item: str
    offer: str
    to: str
    given: int | None
    due: int
    back: int | None
    accepted: str
    quantity: float
    units: float
    wait: int
    slack: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The readiness window of one hand-over: from the dispatch until its last replacement arrives.

    `state` is `closed`, `open` (not all replaced at the end) or `gift` (nothing is owed for it).
    `unit_periods` counts each unit until its own replacement. `gap` is what the party lacks of the
    `capabilities` that the item gives, summed over the window; windows overlap, and so do their gaps.
    """

    party: str
    item: str
    offer: str
    to: str
    quantity: float
    opens: int
    opens_date: dt.date
    due: int | None
    closes: int | None
    closes_date: dt.date | None
    state: str
    replaced: float
    unit_periods: float
    gap: float
    gap_worst: float
    gap_periods: int
    capabilities: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slack:
    """How far replacements come before their deadline, per unit owed.

    `origin` is `plan` (an assurance) or `before` (debts from before the start). `least`, `mean` and
    `late` count what is overdue at the end as coming in the first period after it; `waiting` units
    are due after the plan and have no slack yet.
    """

    party: str
    item: str
    origin: str
    within: int | None
    hard: bool
    secured: bool
    units: float
    least: int | None
    mean: float | None
    late: float
    overdue: float
    waiting: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What a supplier can deliver of an item in a period, and what the plan takes of it."""

    supplier: str
    item: str
    period: int
    date: dt.date
    capacity: float
    used: float
    lost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Production:
    """The slots of a supplier and item, summed over the plan."""

    supplier: str
    item: str
    capacity: float
    used: float
    lost: float
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundUse:
    """What a fund gets within the plan, what it pays, what lapses and what is left at the end."""

    fund: str
    party: str
    currency: str
    until: dt.date | None
    released: float
    paid: float
    lapsed: float
    left: float


#: Table -> row class, in the order of the page.
MEASURES: dict[str, type] = {
    "burden": Burden,
    "unvalued": Unvalued,
    "deals": Deal,
    "receipts": Receipt,
    "windows": Window,
    "slack": Slack,
    "production": Production,
    "slots": Slot,
    "funds": FundUse,
    "replacements": Replacement,
}


def frame_of(table: str, rows: tuple[Any, ...]) -> polars.DataFrame:
    """Make a data frame of a table, its columns named and typed as the fields of its rows."""
    import polars

    types = {
        int: polars.Int64, float: polars.Float64, str: polars.String, bool: polars.Boolean,
        dt.date: polars.Date,
    }  # fmt: skip
    hints = get_type_hints(MEASURES[table])
    names = [field.name for field in fields(MEASURES[table])]
    data = {}
    for name in names:
        parts = [part for part in get_args(hints[name]) if part is not NoneType] or [hints[name]]
        values = [getattr(row, name) for row in rows]
        data[name] = polars.Series(values, dtype=types[parts[0]])
    return polars.DataFrame(data)
