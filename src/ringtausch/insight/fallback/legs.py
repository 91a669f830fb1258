"""Legs: what a plan stands on, each with the edits of the scenario by which it fails.

In: a scenario and a plan for it. Out: its donors, its orders, the funds that pay and the consents that it
uses. A donor that fails hands over nothing, whatever it offers; a supplier sells the item to that
customer no more; a fund gets no money; a consent is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from ringtausch.language import _
from ringtausch.records.edits import add_edit, edit_scenario, set_edit
from ringtausch.records.matching import LaneFinder, SupplyFinder
from ringtausch.records.periods import NEVER

if TYPE_CHECKING:
    from ringtausch.records import Plan, Scenario

__all__ = ["Leg", "LegKind", "legs_of"]

LegKind = Literal["donor", "order", "payment", "consent"]


@dataclass(frozen=True)
class Leg:
    """Something that a plan stands on: its kind, whose it is, how it fails in words and in edits."""

    kind: LegKind
    names: dict[str, str]
    sentence: str
    edits: tuple[str, ...]


def legs_of(scenario: Scenario, plan: Plan) -> list[Leg]:
    """List the legs of a plan: donors, orders, payments, consents, each in the plan's order."""
    party = {row.party: row.name or row.party for row in scenario.parties}
    return [
        *_donors(scenario, plan, party),
        *_orders(scenario, plan, party),
        *_payments(scenario, plan, party),
        *_consents(scenario, plan, party),
    ]


def _donors(scenario: Scenario, plan: Plan, party: dict[str, str]) -> Iterator[Leg]:
    for donor in dict.fromkeys(row.from_ for row in plan.rows("dispatches")):
        offers = [row for row in scenario.offers if row.party == donor and row.quantity]
        yield Leg(
            "donor",
            {"party": donor},
            _("{party} hands over nothing").format(party=party.get(donor, donor)),
            tuple(set_edit("offers", row, "quantity", 0, scenario) for row in offers),
        )


def _orders(scenario: Scenario, plan: Plan, party: dict[str, str]) -> Iterator[Leg]:
    finder = SupplyFinder(scenario.supply)
    lines = dict.fromkeys((row.supplier, row.item, row.customer) for row in plan.rows("orders"))
    for supplier, item, customer in lines:
        row = finder.find(supplier, item, customer)
        assert row is not None
        yield Leg(
            "order",
            {"supplier": supplier, "item": item, "customer": customer},
            _("{supplier} sells no {item} to {customer}").format(
                supplier=supplier, item=item, customer=party.get(customer, customer)
            ),
            (_refuse(scenario, "supply", row, item=item, customer=customer),),
        )


def _payments(scenario: Scenario, plan: Plan, party: dict[str, str]) -> Iterator[Leg]:
    owners = {row.fund: row.party for row in scenario.funds}
    for fund in dict.fromkeys(row.fund for row in plan.rows("payments")):
        owner = owners[fund]
        yield Leg(
            "payment",
            {"fund": fund, "party": owner},
            _("{fund} of {party} gets no money").format(fund=fund, party=party.get(owner, owner)),
            _without_releases(scenario, fund),
        )


def _without_releases(scenario: Scenario, fund: str) -> tuple[str, ...]:
    """Write the edits that set every release of a fund to 0, each on the scenario as it then is."""
    edits: list[str] = []
    now = scenario
    for place, row in enumerate(scenario.releases):
        if row.fund == fund and row.amount:
            edit = set_edit("releases", now.releases[place], "amount", 0, now)
            now = edit_scenario(now, [edit])
            edits.append(edit)
    return tuple(edits)


def _consents(scenario: Scenario, plan: Plan, party: dict[str, str]) -> Iterator[Leg]:
    finder = LaneFinder(scenario.lanes)
    used = dict.fromkeys((row.from_, row.to, row.item) for row in plan.rows("dispatches"))
    for giver, receiver, item in used:
        row = finder.find(giver, receiver, item)
        assert row is not None
        yield Leg(
            "consent",
            {"from": giver, "to": receiver, "item": item},
            _("no consent for {item} from {giver} to {receiver}").format(
                item=item,
                giver=party.get(giver, giver),
                receiver=party.get(receiver, receiver),
            ),
            (_refuse(scenario, "lanes", row, from_=giver, to=receiver, item=item),),
        )


def _refuse(scenario: Scenario, table: str, row: Any, **names: str) -> str:
    """Write the edit by which a row never opens; where it has wildcards, a row that counts before it."""
    if all(getattr(row, column) == name for column, name in names.items()):
        return set_edit(table, row, "opens", NEVER, scenario)
    return add_edit(table, replace(row, **names, opens=NEVER, until=None, source="", note=""))
