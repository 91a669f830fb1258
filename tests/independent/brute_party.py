"""Try every designation of what arrives at one party: rules 5 to 7, 9 and 12; no solver.

In: a goods plan and a party. Out: the pairs (late_replacement, unmet_need) that the party can reach.
"""

import itertools
from collections.abc import Iterator
from fractions import Fraction

from .brute_goods import Goods, NotForBruteForceError, TooManyError, stock
from .folder import Folder, Row

Pair = tuple[Fraction, Fraction]
Purpose = tuple[str, str, str]  # "debt" or "need", owed item or need, arrived item
Uses = dict[tuple[Purpose, int], int]


class PartyPlans:
    """All ways in which one party can use what arrives at it."""

    def __init__(self, folder: Folder, party: str, most_steps: int) -> None:
        self.folder, self.party = folder, party
        self.steps_left = most_steps
        self.periods = folder.periods
        self.owed = [item for who, item in folder.owed_pairs if who == party]
        self.needs = folder.rows("needs", party=party)
        self.known: dict[tuple[object, ...], set[Pair]] = {}
        purposes: list[Purpose] = [
            ("debt", owed, item) for owed in self.owed for item in folder.accepted(party, owed)
        ]
        for need in self.needs:
            counted = folder.counted(need["capability"])
            purposes += [("need", need["need"], item) for item in counted]
        self.purposes = {
            item: [purpose for purpose in purposes if purpose[2] == item] for item in folder.items
        }
        self._refuse_shared_security()

    def _refuse_shared_security(self) -> None:
        secured = [
            row["item"]
            for row in self.folder.rows("assurances", party=self.party)
            if row["secured"]
        ]
        accepted = [item for owed in secured for item in self.folder.accepted(self.party, owed)]
        if len(accepted) != len(set(accepted)):
            raise NotForBruteForceError("two secured assurances of one party accept the same item")

    def pairs(self, goods: Goods) -> set[Pair]:
        """Give every reachable (late_replacement, unmet_need); none = the goods plan fails here."""
        mine = {
            slot: units
            for slot, units in goods.items()
            if units and self.party in (slot.giver, slot.receiver)
        }
        key = (*sorted((s.kind, s.name, s.item, s.receiver, s.t, n) for s, n in mine.items()),)
        if key not in self.known:
            self.known[key] = set(self._walk(mine, 0, {}, (Fraction(0), Fraction(0))))
        return self.known[key]

    def _walk(self, goods: Goods, t: int, uses: Uses, so_far: Pair) -> Iterator[Pair]:
        if t == self.periods:
            yield so_far
            return
        splits = [list(self._splits(goods, item, t)) for item in self.folder.items]
        for combination in itertools.product(*splits):
            self.steps_left -= 1
            if self.steps_left < 0:
                raise TooManyError
            chosen = dict(uses)
            for split in combination:
                chosen.update(split)
            late = self._late(goods, chosen, t)
            unmet = self._unmet(goods, chosen, t)
            if late is not None and unmet is not None:
                yield from self._walk(goods, t + 1, chosen, (so_far[0] + late, so_far[1] + unmet))

    def _splits(self, goods: Goods, item: str, t: int) -> Iterator[Uses]:
        """Rule 5: share what arrives in t among the purposes; it may also serve none."""
        came = self.folder.arrivals(self.party, item, t, designable=True)
        came += sum(
            n for s, n in goods.items() if (s.receiver, s.item, s.arrives) == (self.party, item, t)
        )
        purposes = self.purposes[item] if came else []
        for shares in itertools.product(range(int(came) + 1), repeat=len(purposes)):
            if sum(shares) <= came:
                keys = [(purpose, t) for purpose in purposes]
                yield {key: n for key, n in zip(keys, shares, strict=True) if n}

    def _out(self, goods: Goods, item: str, first: int, last: int) -> int:
        return sum(
            n
            for s, n in goods.items()
            if (s.giver, s.item) == (self.party, item) and first <= s.t <= last
        )

    def _debt(self, goods: Goods, uses: Uses, owed: str, t: int) -> Fraction:
        """Rule 6, added up from the start."""
        assurance = self.folder.assurance(self.party, owed)
        ratio = assurance["ratio"] if assurance else Fraction(0)
        rates = self.folder.accepted(self.party, owed)
        debt = self.folder.owed_at_start(self.party, owed)
        debt += ratio * self._out(goods, owed, 0, t)
        for ((kind, what, item), when), units in uses.items():
            if (kind, what) == ("debt", owed) and when <= t:
                debt -= rates[item] * units
        return debt

    def _late(self, goods: Goods, uses: Uses, t: int) -> Fraction | None:
        """Rules 7 and 12 in t: give weighted lateness, or None where a rule is broken."""
        cost = Fraction(0)
        for owed in self.owed:
            debt = self._debt(goods, uses, owed, t)
            # E falls with D and never rises again; nothing is gained by less than the most it can be.
            past = [self._debt(goods, uses, owed, s) for s in range(t + 1)]
            opening = min(self.folder.owed_at_start(self.party, owed), *past, debt)
            not_due = min(opening, self.folder.owed_at_start(self.party, owed, due_after=t))
            row = self.folder.assurance(self.party, owed)
            recent = Fraction(0)
            if row:
                first = t - row["within"] + 1
                recent = row["ratio"] * self._out(goods, owed, first, t)
            late = max(Fraction(0), debt - recent - not_due)
            if debt < 0 or (row and row["hard"] and late > opening - not_due):
                return None
            if row and row["secured"] and debt > self._cover(goods, owed, t) + opening:
                return None
            times = 1 + self.folder.settlement if t == self.periods - 1 else 1
            cost += (row["weight"] if row else 1) * times * late
        return cost

    def _cover(self, goods: Goods, owed: str, t: int) -> Fraction:
        """Rule 12: what is begun by t and arrives after t, at the party's rates."""
        cover = Fraction(0)
        for item, rate in self.folder.accepted(self.party, owed).items():
            for s in range(t + 1, self.periods):
                cover += rate * self.folder.arrivals(self.party, item, s, designable=True)
            for slot, units in goods.items():
                if (slot.receiver, slot.item) == (self.party, item) and slot.t <= t < slot.arrives:
                    cover += rate * units
        return cover

    def _unmet(self, goods: Goods, uses: Uses, t: int) -> Fraction | None:
        """Rule 9 in t: give weighted unmet need from due on, or None where a rule is broken."""
        for item in self.folder.items:
            kept = sum(
                units
                for ((kind, _, what), when), units in uses.items()
                if kind == "need" and what == item and when <= t
            )
            if kept > stock(self.folder, goods, self.party, item, t):
                return None
        cost = Fraction(0)
        for need in self.needs:
            unmet = max(Fraction(0), need["quantity"] - self._met(uses, need, t))
            if t >= self.folder.index(need["due"]):
                if need["hard"] and unmet:
                    return None
                cost += need["weight"] * unmet
        return cost

    def _met(self, uses: Uses, need: Row, t: int) -> Fraction:
        """Give v: the weakest role of what serves the need, rounded down to whole steps."""
        strengths = []
        for role in self.folder.roles(need["capability"]).values():
            served = [
                role[item] * units
                for ((kind, name, item), when), units in uses.items()
                if (kind, name) == ("need", need["need"]) and item in role and when <= t
            ]
            strengths.append(sum(served, Fraction(0)))
        met = min(strengths)
        return met // need["step"] * need["step"] if need["step"] else met
