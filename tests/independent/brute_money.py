"""Charges of a goods plan, and whether the funds can pay them: rules 10 and 11; no solver.

Paying is a flow: from each release of each fund to the charges that it may pay, not before the release
and not after the fund's end. The charges can be paid if and only if the greatest flow covers them.
"""

import itertools
from fractions import Fraction

from .brute_goods import Goods
from .folder import Folder

Charge = tuple[str, str, str]  # purpose, item, beneficiary
Charges = dict[tuple[Charge, int], Fraction]


def charges_of(folder: Folder, goods: Goods) -> Charges:
    """Rule 10: add up what is charged in each period, in the reporting currency."""
    charges: Charges = {}

    def charge(key: Charge, t: int, amount: Fraction) -> None:
        if amount:
            charges[key, t] = charges.get((key, t), Fraction(0)) + amount

    last = folder.periods - 1
    for slot, units in goods.items():
        if slot.kind == "o":
            for offset, share in slot.row["payments"]:
                amount = units * share * folder.money(slot.row, "price")
                charge(("order", slot.item, slot.receiver), min(last, slot.t + offset), amount)
        else:
            amount = units * folder.money(slot.way, "unit_cost")
            charge(("handover", slot.item, slot.receiver), slot.t, amount)
            amount = units * folder.money(slot.row, "compensation")
            charge(("compensation", slot.item, slot.giver), slot.t, amount)
    for due in folder.tables["dues"]:
        if folder.index(due["date"]) <= last:
            key = (due["purpose"], due["item"], due["party"])
            charge(key, folder.index(due["date"]), folder.money(due, "amount"))
    return charges


def can_pay(folder: Folder, charges: Charges) -> bool:
    """Rule 11: say whether all charges can be paid in full."""
    sources = _releases(folder)
    paid: dict[tuple[int, tuple[Charge, int]], Fraction] = {}
    left = [amount for _, _, amount in sources]
    for target, amount in charges.items():
        missing = amount
        while missing:
            path = _path(folder, sources, left, paid, target)
            if path is None:
                return False
            missing -= _push(path, left, paid, missing)
    return True


def _releases(folder: Folder) -> list[tuple[int, int, Fraction]]:
    """List (row of the fund, period, money released in that period)."""
    found = []
    for number, fund in enumerate(folder.tables["funds"]):
        before = Fraction(0)
        for t in range(folder.periods):
            now = folder.releases(fund, t)
            found.append((number, t, now - before))
            before = now
    return found


Path = tuple[int, list[tuple[int, tuple[Charge, int]]]]


def _path(
    folder: Folder,
    sources: list[tuple[int, int, Fraction]],
    left: list[Fraction],
    paid: dict[tuple[int, tuple[Charge, int]], Fraction],
    target: tuple[Charge, int],
) -> Path | None:
    """Find a release with money left, and whom it relieves on the way to the target.

    The path lists (release, charge) in turns: the last release pays the charge before it, the release
    of which then pays the charge before that, and so on back to the target.
    """
    queue: list[list[tuple[int, tuple[Charge, int]]]] = [[]]
    seen: set[int] = set()
    while queue:
        steps = queue.pop(0)
        wants = [target]
        if steps:
            last = steps[-1][0]
            if left[last]:
                return last, steps
            wants = [charge for (who, charge), amount in paid.items() if who == last and amount]
        for wanted in wants:
            for source in range(len(sources)):
                if source not in seen and _may_pay(folder, sources[source], wanted):
                    seen.add(source)
                    queue.append([*steps, (source, wanted)])
    return None


def _push(
    path: Path,
    left: list[Fraction],
    paid: dict[tuple[int, tuple[Charge, int]], Fraction],
    missing: Fraction,
) -> Fraction:
    """Send as much as the path carries: each release takes over a charge of the one before it."""
    source, steps = path
    amount = min(missing, left[source])
    pairs = list(itertools.pairwise(steps))
    for (before, _), (_, charge) in pairs:
        amount = min(amount, paid[before, charge])
    for (before, _), (_, charge) in pairs:
        paid[before, charge] -= amount
    for step in steps:
        paid[step] = paid.get(step, Fraction(0)) + amount
    left[source] -= amount
    return amount


def _may_pay(folder: Folder, source: tuple[int, int, Fraction], wanted: tuple[Charge, int]) -> bool:
    number, released, _ = source
    charge, t = wanted
    fund = folder.tables["funds"][number]
    alive = t in folder.window(None, fund["until"])
    return alive and released <= t and folder.eligible(fund, charge)
