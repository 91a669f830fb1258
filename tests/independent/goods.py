"""Rules 1 to 5 of the planning problem as rows: stock, willingness, consent, production, designation.

In: a folder. Out: a sheet with the decisions as variables, and rows in its model. One function per rule.
"""

from collections.abc import Iterable
from fractions import Fraction

from .folder import Folder, Row
from .linear import Linear, Model, total

Key = tuple[str, str, int]  # party, item, period


class Sheet:
    """The decisions of the page as variables, and the sums that several rules speak of."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.model = Model()
        self.times = range(folder.periods)
        self.offers: dict[str, Row] = {row["offer"]: row for row in folder.tables["offers"]}
        self.needs: dict[str, Row] = {row["need"]: row for row in folder.tables["needs"]}
        self.x: dict[tuple[str, str, int], Linear] = {}  # offer, receiver, period of dispatch
        self.o: dict[tuple[str, str, str, int], Linear] = {}  # supplier, item, customer, period
        self.y: dict[tuple[str, str, str, int], Linear] = {}  # party, owed item, arrived item, t
        self.z: dict[tuple[str, str, int], Linear] = {}  # need, item, period
        self._decide_uses()
        self._decide_moves()
        self.stock = {
            (party, item, t): self.model.variable()
            for party in folder.parties
            for item in folder.items
            for t in self.times
        }

    def _decide_uses(self) -> None:
        """Section "Decisions": y for what a debt accepts, z for what a need counts."""
        folder = self.folder
        for party, owed in folder.owed_pairs:
            for item in folder.accepted(party, owed):
                for t in self.times:
                    self.y[party, owed, item, t] = self._units(item)
        for name, need in self.needs.items():
            for item in folder.counted(need["capability"]):
                for t in self.times:
                    self.z[name, item, t] = self._units(item)

    def _decide_moves(self) -> None:
        """Section "Decisions": x and o, only what arrives before T."""
        folder = self.folder
        for receiver in folder.parties:
            for name, offer in self.offers.items():
                lane = folder.lane(offer["party"], receiver, offer["item"])
                for t in self._starts(lane):
                    self.x[name, receiver, t] = self._units(offer["item"])
            for supplier in folder.suppliers:
                for item in folder.items:
                    for t in self._starts(folder.supply(supplier, item, receiver)):
                        self.o[supplier, item, receiver, t] = self._units(item)

    def _starts(self, row: Row | None) -> range:
        """List the periods from which the lead of a lane or supply row ends before T."""
        return range(max(0, self.folder.periods - row["lead"])) if row else range(0)

    def _units(self, item: str) -> Linear:
        return self.model.variable(whole=self.folder.whole[item])

    def sent(self, party: str | None, item: str, t: int) -> Linear:
        """Give `out[p,i,t]`: what a party dispatches in t; party None = everybody."""
        return total(
            units
            for (name, _, when), units in self.x.items()
            if when == t
            and self.offers[name]["item"] == item
            and party in (None, self.offers[name]["party"])
        )

    def brought(self, party: str, item: str, t: int) -> Linear:
        """Give `lanes[p,j,t]`: what arrives at a party in t by lanes."""
        return total(
            units
            for (name, receiver, when), units in self.x.items()
            if receiver == party
            and self.offers[name]["item"] == item
            and when + self.lane_of(name, receiver)["lead"] == t
        )

    def delivered(self, party: str, item: str, t: int) -> Linear:
        """Give `orders[p,j,t]`: what arrives at a party in t by orders of the plan."""
        return total(
            units
            for (supplier, what, customer, when), units in self.o.items()
            if (what, customer) == (item, party)
            and when + self.supply_of(supplier, item, customer)["lead"] == t
        )

    def lane_of(self, offer: str, receiver: str) -> Row:
        """Give the lane row on which an offer travels to a receiver."""
        row = self.offers[offer]
        lane = self.folder.lane(row["party"], receiver, row["item"])
        assert lane is not None
        return lane

    def supply_of(self, supplier: str, item: str, customer: str) -> Row:
        """Give the supply row of an order."""
        row = self.folder.supply(supplier, item, customer)
        assert row is not None
        return row


def rule_1_stock(sheet: Sheet) -> None:
    """S[t] = S[t-1] + arrivals + in - out >= 0; what a lane brings is handed on from the next t on."""
    folder, model = sheet.folder, sheet.model
    for party in folder.parties:
        for item in folder.items:
            before: Linear | Fraction = folder.opening(party, item)
            for t in sheet.times:
                out = sheet.sent(party, item, t)
                at_hand = total(
                    (before, folder.arrivals(party, item, t), sheet.delivered(party, item, t))
                )
                now = sheet.stock[party, item, t]
                model.equal(now, at_hand + sheet.brought(party, item, t) - out)
                model.at_most(out, at_hand)
                before = now


def rule_2_willingness(sheet: Sheet) -> None:
    """Dispatch within window, quantity and lot, to whom the offer allows, and if others do so too."""
    folder, model = sheet.folder, sheet.model
    for name, offer in sheet.offers.items():
        mine = {key: units for key, units in sheet.x.items() if key[0] == name}
        window = folder.window(offer["from"], offer["until"])
        for (_, receiver, t), units in mine.items():
            if t not in window or offer["to"] not in ("*", receiver):
                model.equal(units, 0)
            _in_lots(model, units, offer["lot"])
        model.at_most(total(mine.values()), offer["quantity"])
        if offer["if_others"] is not None:
            stands = model.variable(whole=True, upper=1)
            model.at_most(total(mine.values()), offer["quantity"] * stands)
            model.at_most(offer["if_others"] * stands, _of_others(sheet, offer))


def _of_others(sheet: Sheet, offer: Row) -> Linear:
    """Add what the other parties dispatch of the item to parties of whom a need counts it."""
    needy = {
        need["party"]
        for need in sheet.needs.values()
        if offer["item"] in sheet.folder.counted(need["capability"])
    }
    return total(
        units
        for (name, receiver, _), units in sheet.x.items()
        if receiver in needy
        and sheet.offers[name]["item"] == offer["item"]
        and sheet.offers[name]["party"] != offer["party"]
    )


def _in_lots(model: Model, units: Linear, lot: Fraction | None) -> None:
    if lot is not None:
        model.equal(units, lot * model.variable(whole=True))


def rule_3_consent(sheet: Sheet) -> None:
    """Dispatch only while the lane is open, and all offers together at most its capacity a period."""
    folder, model = sheet.folder, sheet.model
    for (name, receiver, t), units in sheet.x.items():
        lane = sheet.lane_of(name, receiver)
        if t not in folder.window(lane["opens"], lane["until"]):
            model.equal(units, 0)
    for origin, target, item in _lanes(sheet):
        capacity = (folder.lane(origin, target, item) or {})["capacity"]
        for t in sheet.times:
            on_lane = total(
                units
                for (name, receiver, when), units in sheet.x.items()
                if (receiver, when) == (target, t)
                and sheet.offers[name]["party"] == origin
                and sheet.offers[name]["item"] == item
            )
            if capacity is not None:
                model.at_most(on_lane, capacity)


def _lanes(sheet: Sheet) -> Iterable[tuple[str, str, str]]:
    return sorted(
        {
            (sheet.offers[f]["party"], receiver, sheet.offers[f]["item"])
            for f, receiver, _ in sheet.x
        }
    )


def rule_4_production(sheet: Sheet) -> None:
    """Deliver at most the capacity of the period of delivery; order in the window and in lots."""
    folder, model = sheet.folder, sheet.model
    for (supplier, item, customer, t), units in sheet.o.items():
        supply = sheet.supply_of(supplier, item, customer)
        if t not in folder.window(supply["opens"], supply["until"]):
            model.equal(units, 0)
        _in_lots(model, units, supply["lot"])
    for supplier in folder.suppliers:
        for item in folder.items:
            for t in sheet.times:
                delivered = total(
                    units
                    for (who, what, customer, when), units in sheet.o.items()
                    if (who, what) == (supplier, item)
                    and when + sheet.supply_of(who, what, customer)["lead"] == t
                )
                model.at_most(delivered, folder.production(supplier, item, t))


def rule_5_designation(sheet: Sheet) -> None:
    """Let an arriving unit serve one purpose: sum of y and z <= in + free."""
    folder, model = sheet.folder, sheet.model
    for party in folder.parties:
        for item in folder.items:
            for t in sheet.times:
                settle = [
                    units
                    for (who, _, what, when), units in sheet.y.items()
                    if (who, what, when) == (party, item, t)
                ]
                serve = [
                    units
                    for (name, what, when), units in sheet.z.items()
                    if (sheet.needs[name]["party"], what, when) == (party, item, t)
                ]
                came = sheet.brought(party, item, t) + sheet.delivered(party, item, t)
                free = folder.arrivals(party, item, t, designable=True)
                model.at_most(total([*settle, *serve]), came + free)
