"""Find the best plan of a tiny scenario of whole items by trying all plans; no solver.

In: the path of a folder. Out: the status and the value of each listed objective, in exact arithmetic.
It shares the reading of the folder with the plain model, and nothing else.
"""

import itertools
from fractions import Fraction
from pathlib import Path

from .brute_goods import Goods, GoodsPlans, NotForBruteForceError, floors_in, gap
from .brute_money import Charges, can_pay, charges_of
from .brute_party import PartyPlans
from .folder import Folder
from .result import Result

Values = tuple[Fraction, ...]


def brute_force(path: Path, most_steps: int = 200_000) -> Result:
    """Try all plans.

    Raises
    ------
    NotForBruteForceError
        A divisible item; unfairness with funds of several parties; shared security.
    TooManyError
        More than `most_steps` steps through the dispatches and orders, or through the uses of one party.
    """
    folder = Folder(Path(path))
    owners = {fund["party"] for fund in folder.tables["funds"]}
    if "unfairness" in folder.objectives and len(owners) > 1:
        raise NotForBruteForceError("unfairness: who of several pays is a choice of its own")
    parties = [PartyPlans(folder, party, most_steps) for party in folder.parties]
    payable: dict[tuple[object, ...], bool] = {}
    found: set[Values] = set()
    for goods in GoodsPlans(folder, most_steps).walk():
        charges = charges_of(folder, goods)
        bill = tuple(sorted(charges.items()))
        if bill not in payable:
            payable[bill] = can_pay(folder, charges)
        if payable[bill]:
            found |= _values(folder, goods, charges, parties)
    return best_of(folder, found)


def best_of(folder: Folder, found: set[Values]) -> Result:
    """Take the best in the order of the objectives, with tolerance and allowance, without slack."""
    if not found:
        return Result("infeasible")
    values: dict[str, float] = {}
    for place, name in enumerate(folder.objectives):
        best = min(plan[place] for plan in found)
        values[name] = float(best)
        limit = best * (1 + folder.tolerance.get(name, 0)) + folder.allowance.get(name, 0)
        found = {plan for plan in found if plan[place] <= limit}
    return Result("optimal", values)


def _values(
    folder: Folder, goods: Goods, charges: Charges, parties: list[PartyPlans]
) -> set[Values]:
    """Give the listed objectives of all plans with these goods, over all designations."""
    fixed = {
        "capability_gap": _capability_gap(folder, goods),
        "spend": sum(charges.values(), Fraction(0)),
        "moved_value": _moved_value(folder, goods),
    }
    if "unfairness" in folder.objectives:
        fixed["unfairness"] = _unfairness(folder, goods, charges)
    sums = {(Fraction(0), Fraction(0))}
    for party in parties:
        pairs = itertools.product(sums, party.pairs(goods))
        sums = {(a[0] + b[0], a[1] + b[1]) for a, b in pairs}
    every = [fixed | {"late_replacement": late, "unmet_need": unmet} for late, unmet in sums]
    return {tuple(plan[name] for name in folder.objectives) for plan in every}


def _capability_gap(folder: Folder, goods: Goods) -> Fraction:
    gaps = [
        row["weight"] * gap(folder, goods, row, t)
        for t in range(folder.periods)
        for row in floors_in(folder, t)
    ]
    return sum(gaps, Fraction(0))


def _moved_value(folder: Folder, goods: Goods) -> Fraction:
    moved = [units * (folder.value[slot.item] or Fraction(1)) for slot, units in goods.items()]
    return sum(moved, Fraction(0))


def _unfairness(folder: Folder, goods: Goods, charges: Charges) -> Fraction:
    """Compare each keyed party's burden with its share; all funds belong to one party here."""
    keys = {
        row["party"]: row["burden_key"]
        for row in folder.tables["parties"]
        if row["burden_key"] is not None
    }
    if not sum(keys.values()):
        return Fraction(0)
    burdens = dict.fromkeys(folder.parties, Fraction(0))
    for fund in folder.tables["funds"][:1]:
        burdens[fund["party"]] += sum(charges.values(), Fraction(0))
    for slot, units in goods.items():
        worth = units * folder.value[slot.item]
        burdens[slot.receiver] -= worth
        if slot.kind == "x":
            burdens[slot.giver] += worth
    for ((purpose, _, beneficiary), _), amount in charges.items():
        if purpose == "compensation":
            burdens[beneficiary] -= amount
    for row in folder.tables["debts"]:
        burdens[row["party"]] += row["quantity"] * folder.value[row["item"]]
    everybody = sum((burdens[party] for party in keys), Fraction(0))
    share = {party: key / sum(keys.values()) for party, key in keys.items()}
    return sum((abs(burdens[party] - share[party] * everybody) for party in keys), Fraction(0)) / 2
