"""Changes: an earlier plan beside a new one: what differs and why, and whom to ask again.

In: a scenario, an earlier plan of it in whatever state, and a plan for it as it is. Out: `Changes`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ringtausch.insight.changes.moves import TABLES, Kind, Move, amounts_of, moves
from ringtausch.insight.changes.reasons import Reason, Reasons
from ringtausch.insight.changes.words import change_sentence, lines_of, reason_sentence
from ringtausch.language import _
from ringtausch.records.problems import InvalidPlan, Problem

if TYPE_CHECKING:
    from ringtausch.planning.change import Weights
    from ringtausch.records import Plan, Scenario

__all__ = ["AskAgain", "Change", "Changes", "changes"]


@dataclass(frozen=True)
class Change:
    """Something of the earlier plan that is otherwise now.

    `before` and `after` are days, None where it was not, or is no longer. `weight` is what it adds to
    the weighted change; 0 for a payment.
    """

    table: str
    names: dict[str, str]
    kind: Kind
    quantity: float
    before: date | None
    after: date | None
    weight: float
    reason: Reason | None  # None for a payment, which follows from what is bought
    sentence: str
    why: str


@dataclass(frozen=True)
class AskAgain:
    """A party whose agreement must be asked for again: in which roles, about which changes."""

    party: str
    roles: tuple[str, ...]  # of giver, receiver, customer, payer
    about: tuple[int, ...]  # numbers of the changes, from 0


@dataclass(frozen=True)
class Changes:
    """What changed, why, and whom to ask again; `total` is the weighted change."""

    rows: tuple[Change, ...]
    ask_again: tuple[AskAgain, ...]
    total: float

    def __str__(self) -> str:
        """Say it in lines of at most 80 characters."""
        return "\n".join(lines_of(self))


def changes(
    scenario: Scenario,
    old: Plan,
    new: Plan,
    *,
    frozen: date | None = None,
    time_limit: float | None = None,
) -> Changes:
    """Say what a new plan changes of an earlier one, why, and whom to ask again.

    Parameters
    ----------
    scenario
        As it is now.
    old
        An earlier plan of it, perhaps of another state.
    new
        The best plan for it, `rt.plan(scenario, keep=old)`, say.
    frozen
        The date up to which the earlier plan was imposed.
    time_limit
        Seconds; reasons that are not found by then are `unknown`.

    Raises
    ------
    InvalidPlan
        A plan is of another scenario.

    Examples
    --------
    >>> import ringtausch as rt
    >>> scenario = rt.read("examples/patriot-2025")
    >>> plan = rt.plan(scenario)
    >>> print(rt.changes(scenario, plan, rt.plan(scenario, keep=plan)))
    Nothing changes.
    """
    from ringtausch.planning.change import weights_of
    from ringtausch.planning.facts import gather_facts
    from ringtausch.planning.keep import prepare
    from ringtausch.planning.model import build_model
    from ringtausch.planning.old_plan import period_shift
    from ringtausch.planning.watch import Watch

    _refuse_stale(scenario, new)
    order = tuple(new.settings.get("objectives") or scenario.objectives)
    kept = prepare(scenario, build_model(gather_facts(scenario), order), old, frozen)
    found = moves(amounts_of(old, period_shift(scenario.calendar, old)), amounts_of(new))
    reasons = Reasons(kept, new, Watch(time_limit)) if found else None
    weights = weights_of(scenario, kept.placed, kept.first)
    rows = tuple(_change(scenario, move, weights, reasons) for move in found)
    return Changes(rows, _ask_again(scenario, rows), sum(row.weight for row in rows))


def _refuse_stale(scenario: Scenario, plan: Plan) -> None:
    """Refuse a new plan that is of another scenario, or of another state of it."""
    if plan.scenario_hash and plan.scenario_hash != scenario.content_hash:
        message = _("this plan is of another scenario, or of another state of it; plan again")
        raise InvalidPlan([Problem("plan.json", 0, "scenario", plan.scenario_hash, message)])


def _change(scenario: Scenario, move: Move, weights: Weights, reasons: Reasons | None) -> Change:
    reason = None if move.table == "payments" or reasons is None else reasons.of(move)
    day = scenario.calendar.first_day
    return Change(
        table=move.table,
        names=_names(scenario, move),
        kind=move.kind,
        quantity=move.quantity,
        before=None if move.before is None else day(move.before),
        after=None if move.after is None else day(move.after),
        weight=_weight(move, weights),
        reason=reason,
        sentence=change_sentence(scenario, move),
        why="" if reason is None else reason_sentence(scenario, reason, is_new=move.before is None),
    )


def _names(scenario: Scenario, move: Move) -> dict[str, str]:
    columns = [field.rstrip("_") for field in TABLES[move.table]]
    names = dict(zip(columns, move.names, strict=True))
    if move.table == "payments":
        owners = {row.fund: row.party for row in scenario.funds}
        names["party"] = owners.get(move.names[0], "")
    return names


def _weight(move: Move, weights: Weights) -> float:
    """Weigh a change; what moves changes in both periods."""
    if move.table == "payments":
        return 0.0
    item = move.names[TABLES[move.table].index("item")]
    periods = [period for period in (move.before, move.after) if period is not None]
    return move.quantity * sum(weights.of(move.table, item, period) for period in periods)


_ROLES = {"from": "giver", "to": "receiver", "customer": "customer", "party": "payer"}


def _ask_again(scenario: Scenario, rows: Sequence[Change]) -> tuple[AskAgain, ...]:
    """Collect the parties of what changed: who gives, receives, buys or pays."""
    roles: dict[str, dict[str, None]] = defaultdict(dict)
    about: dict[str, dict[int, None]] = defaultdict(dict)
    for number, row in enumerate(rows):
        for column, role in _ROLES.items():
            party = row.names.get(column)
            if party:
                roles[party][role] = None
                about[party][number] = None
    places = {row.party: place for place, row in enumerate(scenario.parties)}
    return tuple(
        AskAgain(party, tuple(roles[party]), tuple(about[party]))
        for party in sorted(roles, key=lambda name: (places.get(name, len(places)), name))
    )
