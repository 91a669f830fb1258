"""Rules 6 to 9, 12 and 13 as rows: debt, assurance, floor, need, security, no circles.

In: a sheet with decisions. Out: rows in its model, and the variables that the objectives count.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from .folder import Folder, Row
from .goods import Sheet
from .linear import Linear, total


@dataclass
class Consequences:
    """What follows from the decisions: debt, lateness, gaps and unmet need."""

    debt: dict[tuple[str, str, int], Linear] = field(default_factory=dict)
    opening: dict[tuple[str, str, int], Linear] = field(default_factory=dict)  # E[p,i,t]
    late: dict[tuple[str, str, int], Linear] = field(default_factory=dict)
    gap: dict[tuple[str, str, int], Linear] = field(default_factory=dict)
    unmet: dict[tuple[str, int], Linear] = field(default_factory=dict)


def no_new_debts_in_the_settlement(sheet: Sheet) -> None:
    """From period `horizon` on no party dispatches an item for which it holds an assurance."""
    for (name, _, t), units in sheet.x.items():
        offer = sheet.offers[name]
        if t >= sheet.folder.horizon and sheet.folder.assurance(offer["party"], offer["item"]):
            sheet.model.equal(units, 0)


def rule_6_debt(sheet: Sheet, state: Consequences) -> None:
    """D[t] = D[t-1] + ratio * out - sum of rate * y >= 0, from the sum of the debts rows on."""
    folder = sheet.folder
    for party, item in folder.owed_pairs:
        assurance = folder.assurance(party, item)
        before: Linear | Fraction = folder.owed_at_start(party, item)
        for t in sheet.times:
            ratio = assurance["ratio"] if assurance else Fraction(0)
            settled = total(
                rate * sheet.y[party, item, accepted, t]
                for accepted, rate in folder.accepted(party, item).items()
            )
            now = sheet.model.variable()
            grown = total((before, ratio * sheet.sent(party, item, t)))
            sheet.model.equal(now, grown - settled)
            state.debt[party, item, t] = now
            before = now


def rule_7_assurance(sheet: Sheet, state: Consequences) -> None:
    """D - late <= ratio * out of the last `within` periods + e; where hard, late <= E - e."""
    folder, model = sheet.folder, sheet.model
    for party, item in folder.owed_pairs:
        assurance = folder.assurance(party, item)
        before: Linear | Fraction = folder.owed_at_start(party, item)
        for t in sheet.times:
            debt = state.debt[party, item, t]
            late, owed, not_due = model.variable(), model.variable(), model.variable()
            model.at_most(owed, before)  # E[t] <= E[t-1]
            model.at_most(owed, debt)  # E <= D
            model.at_most(not_due, owed)  # e <= E
            model.at_most(not_due, folder.owed_at_start(party, item, due_after=t))
            model.at_most(debt - late, _recent(sheet, party, item, t) + not_due)
            if assurance and assurance["hard"]:
                model.at_most(late, owed - not_due)
            state.late[party, item, t] = late
            state.opening[party, item, t] = owed
            before = owed


def _recent(sheet: Sheet, party: str, item: str, t: int) -> Linear:
    """Give ratio * sum of out over t-within+1..t; 0 without an assurance row."""
    assurance = sheet.folder.assurance(party, item)
    if assurance is None:
        return Linear()
    periods = range(max(0, t - assurance["within"] + 1), t + 1)
    return Fraction(assurance["ratio"]) * total(sheet.sent(party, item, s) for s in periods)


def rule_8_floor(sheet: Sheet, state: Consequences) -> None:
    """Per role: weighted stock + g >= floor, and g <= b + max_gap."""
    folder, model = sheet.folder, sheet.model
    pairs = sorted({(row["party"], row["capability"]) for row in folder.tables["floors"]})
    for party, capability in pairs:
        for t in sheet.times:
            row = folder.floor(party, capability, t)
            if row is None:
                continue
            gap = model.variable()
            for weights in folder.roles(capability).values():
                strength = total(
                    weight * sheet.stock[party, item, t] for item, weight in weights.items()
                )
                model.at_most(row["quantity"], strength + gap)
            model.at_most(gap, blameless_gap(folder, row, t) + row["max_gap"])
            state.gap[party, capability, t] = gap


def blameless_gap(folder: Folder, floor: Row, t: int) -> Fraction:
    """Give b: the gap that opening stock and the table arrivals alone would leave."""
    party = floor["party"]
    gaps = [Fraction(0)]
    for weights in folder.roles(floor["capability"]).values():
        strength = Fraction(0)
        for item, weight in weights.items():
            came = [folder.arrivals(party, item, s) for s in range(t + 1)]
            strength += weight * (folder.opening(party, item) + sum(came, Fraction(0)))
        gaps.append(floor["quantity"] - strength)
    return max(gaps)


def rule_9_need(sheet: Sheet, state: Consequences) -> None:
    """Per role: v <= weighted units served so far, in steps; u >= quantity - v; what serves stays."""
    folder, model = sheet.folder, sheet.model
    for name, need in sheet.needs.items():
        for t in sheet.times:
            met, unmet = model.variable(), model.variable()
            for weights in folder.roles(need["capability"]).values():
                served = total(
                    weight * sheet.z[name, item, s]
                    for item, weight in weights.items()
                    for s in range(t + 1)
                    if (name, item, s) in sheet.z
                )
                model.at_most(met, served)
            if need["step"] is not None:
                model.equal(met, need["step"] * model.variable(whole=True))
            model.at_most(need["quantity"], unmet + met)
            if need["hard"] and t >= folder.index(need["due"]):
                model.equal(unmet, 0)
            state.unmet[name, t] = unmet
    for (party, item, t), stock in sheet.stock.items():
        kept = total(
            units
            for (name, what, when), units in sheet.z.items()
            if sheet.needs[name]["party"] == party and what == item and when <= t
        )
        model.at_most(kept, stock)


def rule_12_security(sheet: Sheet, state: Consequences) -> None:
    """Secured: D <= sum of rate * w + E, where w shares out what is under way."""
    folder, model = sheet.folder, sheet.model
    secured = [row for row in folder.tables["assurances"] if row["secured"]]
    for t in sheet.times:
        used: dict[tuple[str, str], list[Linear]] = {}
        for row in secured:
            party, item = row["party"], row["item"]
            cover = []
            for accepted, rate in folder.accepted(party, item).items():
                share = model.variable()
                used.setdefault((party, accepted), []).append(share)
                cover.append(rate * share)
            owed = state.opening[party, item, t]
            model.at_most(state.debt[party, item, t], total((*cover, owed)))
        for (party, accepted), shares in used.items():
            model.at_most(total(shares), under_way(sheet, party, accepted, t))


def under_way(sheet: Sheet, party: str, item: str, t: int) -> Linear:
    """Add what is ordered for, dispatched to or promised to a party: begun by t, arriving after t."""
    folder = sheet.folder
    later = range(t + 1, folder.periods)
    parts: list[Linear | Fraction] = [
        folder.arrivals(party, item, s, designable=True) for s in later
    ]
    for (name, receiver, when), units in sheet.x.items():
        arrives = when + sheet.lane_of(name, receiver)["lead"]
        mine = receiver == party and sheet.offers[name]["item"] == item
        if mine and when <= t < arrives:
            parts.append(units)
    for (supplier, what, customer, when), units in sheet.o.items():
        arrives = when + sheet.supply_of(supplier, what, customer)["lead"]
        if (what, customer) == (item, party) and when <= t < arrives:
            parts.append(units)
    return total(parts)


def rule_13_no_circles(sheet: Sheet) -> None:
    """Per item, the arrows of dispatches form no circle: each arrow climbs from rank to rank."""
    folder, model = sheet.folder, sheet.model
    count = len(folder.parties)
    rank = {
        (party, item): model.variable(upper=count - 1)
        for party in folder.parties
        for item in folder.items
    }
    sums: dict[tuple[str, str, str], list[Linear]] = {}
    for (name, receiver, _), units in sheet.x.items():
        offer = sheet.offers[name]
        sums.setdefault((offer["party"], receiver, offer["item"]), []).append(units)
    for (origin, target, item), parts in sums.items():
        arrow = model.variable(whole=True, upper=1)
        offers = folder.rows("offers", party=origin, item=item)
        most = sum((row["quantity"] for row in offers), Fraction(0))
        model.at_most(total(parts), most * arrow)
        climb = rank[origin, item] + 1 - count * (Linear(constant=Fraction(1)) - arrow)
        model.at_most(climb, rank[target, item])
