"""Try every dispatch and order of a tiny scenario of whole items; no solver.

In: a folder. Out: one by one the goods plans that obey rules 1 to 4, 8 and 13, `if_others` and the end of
dispatches in the settlement. Debts, needs and money are looked at elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from .folder import Folder, Row


class TooManyError(Exception):
    """The scenario has more plans than this program cares to try."""


class NotForBruteForceError(Exception):
    """The scenario is outside what this program can decide without a solver."""


@dataclass(frozen=True)
class Slot:
    """One decision: an offer's dispatch to a party, or an order for a customer, in one period."""

    kind: str  # "x" or "o"
    name: str  # the offer, or the supplier
    giver: str  # the handing party; empty for orders
    item: str
    receiver: str
    t: int
    arrives: int
    lot: Fraction
    row: Row
    way: Row

    def __hash__(self) -> int:
        """Slots are told apart by their key."""
        return hash((self.kind, self.name, self.item, self.receiver, self.t))


Goods = dict[Slot, int]


def slots_of(folder: Folder) -> list[Slot]:
    """List the decisions that windows, consent and the horizon leave open, in order of time."""
    found = []
    for offer in folder.tables["offers"]:
        party, item = offer["party"], offer["item"]
        for receiver in folder.parties:
            lane = folder.lane(party, receiver, item)
            if lane is None or offer["to"] not in ("*", receiver):
                continue
            windows = set(folder.window(offer["from"], offer["until"]))
            windows &= set(folder.window(lane["opens"], lane["until"]))
            if folder.assurance(party, item):
                windows &= set(range(folder.horizon))
            lot = offer["lot"] or Fraction(1)
            for t in windows:
                if t + lane["lead"] < folder.periods:
                    arrives = t + lane["lead"]
                    key = ("x", offer["offer"], party, item, receiver, t, arrives, lot)
                    found.append(Slot(*key, row=offer, way=lane))
    for supplier in folder.suppliers:
        for item in folder.items:
            for customer in folder.parties:
                found += _order_slots(folder, supplier, item, customer)
    return sorted(found, key=lambda slot: slot.t)


def _order_slots(folder: Folder, supplier: str, item: str, customer: str) -> list[Slot]:
    supply = folder.supply(supplier, item, customer)
    if supply is None:
        return []
    lead, lot = supply["lead"], supply["lot"] or Fraction(1)
    return [
        Slot("o", supplier, "", item, customer, t, t + lead, lot, row=supply, way=supply)
        for t in folder.window(supply["opens"], supply["until"])
        if t + lead < folder.periods and folder.production(supplier, item, t + lead)
    ]


class GoodsPlans:
    """Walk through all goods plans; each choice is checked as early as it can be."""

    def __init__(self, folder: Folder, most_steps: int) -> None:
        if not all(folder.whole[item] for item in folder.items):
            raise NotForBruteForceError("an item is divisible")
        self.folder = folder
        self.slots = slots_of(folder)
        self.steps_left = most_steps

    def walk(self) -> Iterator[Goods]:
        """Yield every goods plan that obeys the rules of this file."""
        yield from self._choose(0, {}, 0)

    def _choose(self, position: int, goods: Goods, checked: int) -> Iterator[Goods]:
        self.steps_left -= 1
        if self.steps_left < 0:
            raise TooManyError
        now = self.slots[position].t if position < len(self.slots) else self.folder.periods
        while checked < now:  # all decisions up to period `checked` are made
            if not (self._stock_holds(goods, checked) and self._floors_hold(goods, checked)):
                return
            checked += 1
        if position == len(self.slots):
            if self._others_do_so_too(goods) and not has_circle(goods):
                yield dict(goods)
            return
        slot = self.slots[position]
        for units in range(self._most(slot, goods) + 1):
            if (units / slot.lot).denominator == 1:
                goods[slot] = units
                yield from self._choose(position + 1, goods, checked)
                del goods[slot]

    def _most(self, slot: Slot, goods: Goods) -> int:
        """Give what rules 2, 3 and 4 leave for a slot after the choices made so far."""
        limits = []
        if slot.kind == "x":
            used = sum(n for s, n in goods.items() if (s.kind, s.name) == ("x", slot.name))
            limits.append(slot.row["quantity"] - used)
            if slot.way["capacity"] is not None:
                way = ("x", slot.giver, slot.receiver, slot.item, slot.t)
                used = sum(
                    n for s, n in goods.items() if (s.kind, s.giver, s.receiver, s.item, s.t) == way
                )
                limits.append(slot.way["capacity"] - used)
        else:
            line = ("o", slot.name, slot.item, slot.arrives)
            used = sum(n for s, n in goods.items() if (s.kind, s.name, s.item, s.arrives) == line)
            limits.append(self.folder.production(slot.name, slot.item, slot.arrives) - used)
        return int(min(limits))  # towards zero: whole units only, and limits are not negative

    def _stock_holds(self, goods: Goods, t: int) -> bool:
        """Rule 1: stock is not negative, and what a lane brings in t is not handed on in t."""
        for party in self.folder.parties:
            for item in self.folder.items:
                by_lane = sum(
                    n
                    for s, n in goods.items()
                    if (s.kind, s.receiver, s.item, s.arrives) == ("x", party, item, t)
                )
                if stock(self.folder, goods, party, item, t) - by_lane < 0:
                    return False
        return True

    def _floors_hold(self, goods: Goods, t: int) -> bool:
        """Rule 8: g <= b + max_gap."""
        return all(
            gap(self.folder, goods, row, t) <= gap(self.folder, {}, row, t) + row["max_gap"]
            for row in floors_in(self.folder, t)
        )

    def _others_do_so_too(self, goods: Goods) -> bool:
        """Rule 2: an offer with `if_others` stands only if the other parties dispatch enough."""
        for slot, units in goods.items():
            if units and slot.kind == "x" and slot.row["if_others"] is not None:
                needy = {
                    need["party"]
                    for need in self.folder.tables["needs"]
                    if slot.item in self.folder.counted(need["capability"])
                }
                others = sum(
                    n
                    for s, n in goods.items()
                    if s.kind == "x"
                    and s.item == slot.item
                    and s.giver != slot.giver
                    and s.receiver in needy
                )
                if others < slot.row["if_others"]:
                    return False
        return True


def stock(folder: Folder, goods: Goods, party: str, item: str, t: int) -> Fraction:
    """Give S[p,i,t] as a sum over everything that has happened by t."""
    level = folder.opening(party, item)
    level += sum((folder.arrivals(party, item, s) for s in range(t + 1)), Fraction(0))
    for slot, units in goods.items():
        if slot.item == item:
            level += units * (slot.receiver == party and slot.arrives <= t)
            level -= units * (slot.giver == party and slot.t <= t)
    return level


def floors_in(folder: Folder, t: int) -> list[Row]:
    """List the floor rows that count in t."""
    pairs = {(row["party"], row["capability"]) for row in folder.tables["floors"]}
    rows = [folder.floor(party, capability, t) for party, capability in sorted(pairs)]
    return [row for row in rows if row is not None]


def gap(folder: Folder, goods: Goods, floor: Row, t: int) -> Fraction:
    """Give how far the weakest role is below a floor; without goods this is b of rule 8."""
    party = floor["party"]
    strengths = [
        sum(
            (weight * stock(folder, goods, party, item, t) for item, weight in role.items()),
            Fraction(0),
        )
        for role in folder.roles(floor["capability"]).values()
    ]
    return max(Fraction(0), Fraction(floor["quantity"]) - min(strengths))


def has_circle(goods: Goods) -> bool:
    """Rule 13: say whether the dispatches of one item lead from a party back to itself."""
    arrows = {
        (s.item, s.giver, s.receiver) for s, units in goods.items() if s.kind == "x" and units
    }
    while True:
        # A party that nobody sends to can lie on no circle: drop its arrows, again and again.
        targets = {(item, receiver) for item, _, receiver in arrows}
        left = {arrow for arrow in arrows if (arrow[0], arrow[1]) in targets}
        if left == arrows:
            return bool(left)
        arrows = left
