"""Rules 10 and 11 as rows: every charge is paid in full by eligible funds that have the money.

In: a sheet with decisions. Out: rows in its model, charges and payments. Money variables are in a power
of ten of the reporting currency, so that the solver's tolerances do not matter.
"""

from dataclasses import dataclass
from fractions import Fraction

from .goods import Sheet
from .linear import Linear, Number, power_of_ten, total

Charge = tuple[str, str, str]  # purpose, item, beneficiary


@dataclass(frozen=True)
class Money:
    """Charges in the reporting currency, and what funds pay, in `unit`s of it."""

    unit: Fraction
    charges: dict[tuple[Charge, int], Linear]
    payments: dict[tuple[str, Charge, int], Linear]


def rule_10_charges(sheet: Sheet) -> dict[tuple[Charge, int], Linear]:
    """Add up the charges of orders, dispatches and dues per period."""
    folder = sheet.folder
    last = folder.periods - 1
    parts: dict[tuple[Charge, int], list[Linear | Number]] = {}

    def charge(key: Charge, t: int, amount: Linear | Number) -> None:
        parts.setdefault((key, t), []).append(amount)

    for (supplier, item, customer, t), units in sheet.o.items():
        supply = sheet.supply_of(supplier, item, customer)
        for offset, share in supply["payments"]:
            price = share * folder.money(supply, "price")
            # A payment of the plan that would fall after the last period falls in the last period.
            charge(("order", item, customer), min(t + offset, last), price * units)
    for (name, receiver, t), units in sheet.x.items():
        offer, lane = sheet.offers[name], sheet.lane_of(name, receiver)
        item = offer["item"]
        charge(("handover", item, receiver), t, folder.money(lane, "unit_cost") * units)
        paid = folder.money(offer, "compensation") * units
        charge(("compensation", item, offer["party"]), t, paid)
    for due in folder.tables["dues"]:
        # A date after the last period never happens within the plan.
        if folder.index(due["date"]) <= last:
            key = (due["purpose"], due["item"], due["party"])
            charge(key, folder.index(due["date"]), folder.money(due, "amount"))
    return {key: total(amounts) for key, amounts in parts.items()}


def rules_10_and_11_money(sheet: Sheet) -> Money:
    """Pay every charge in full by eligible funds, each out of its releases and before its end."""
    folder, model = sheet.folder, sheet.model
    charges = rule_10_charges(sheet)
    prices = [weight for sums in charges.values() for weight in sums.terms.values()]
    money = Money(power_of_ten(prices), charges, {})
    for (charge, t), amount in charges.items():
        for fund in folder.tables["funds"]:
            if folder.eligible(fund, charge):
                money.payments[fund["fund"], charge, t] = model.variable()
        paid = [
            pays for (_, what, when), pays in money.payments.items() if (what, when) == (charge, t)
        ]
        model.equal(total(paid), 1 / money.unit * amount)
    rule_11_funds(sheet, money)
    return money


def rule_11_funds(sheet: Sheet, money: Money) -> None:
    """Pay at most what is released up to t; nothing after the fund's `until`."""
    folder, model = sheet.folder, sheet.model
    for fund in folder.tables["funds"]:
        mine = {key: pays for key, pays in money.payments.items() if key[0] == fund["fund"]}
        alive = folder.window(None, fund["until"])
        for (_, _, t), pays in mine.items():
            if t not in alive:
                model.equal(pays, 0)
        for t in sheet.times:
            spent = total(pays for (_, _, when), pays in mine.items() if when <= t)
            model.at_most(spent, 1 / money.unit * folder.releases(fund, t))
