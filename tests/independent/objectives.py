"""The six objectives as linear expressions, each in its own unit (section "Objectives")."""

from fractions import Fraction

from .goods import Sheet
from .linear import Linear, total
from .money import Money
from .promises import Consequences


def expressions(sheet: Sheet, state: Consequences, money: Money) -> dict[str, Linear]:
    """Give all six by name; unfairness only where it is listed, as it adds rows."""
    found = {
        "late_replacement": late_replacement(sheet, state),
        "unmet_need": unmet_need(sheet, state),
        "capability_gap": capability_gap(sheet, state),
        "spend": total(money.charges.values()),
        "moved_value": moved_value(sheet),
    }
    if "unfairness" in sheet.folder.objectives:
        found["unfairness"] = unfairness(sheet, money)
    return found


def late_replacement(sheet: Sheet, state: Consequences) -> Linear:
    """Sum of weight * late; the last period counts 1 + settlement times."""
    folder = sheet.folder
    parts = []
    for (party, item, t), late in state.late.items():
        assurance = folder.assurance(party, item)
        weight = Fraction(assurance["weight"]) if assurance else Fraction(1)
        times = 1 + folder.settlement if t == folder.periods - 1 else 1
        parts.append(weight * times * late)
    return total(parts)


def unmet_need(sheet: Sheet, state: Consequences) -> Linear:
    """Sum of weight * unmet from due on."""
    return total(
        sheet.needs[name]["weight"] * unmet
        for (name, t), unmet in state.unmet.items()
        if t >= sheet.folder.index(sheet.needs[name]["due"])
    )


def capability_gap(sheet: Sheet, state: Consequences) -> Linear:
    """Sum of weight * gap, the weight of the floor row that counts."""
    parts = []
    for (party, capability, t), gap in state.gap.items():
        floor = sheet.folder.floor(party, capability, t)
        assert floor is not None
        parts.append(floor["weight"] * gap)
    return total(parts)


def moved_value(sheet: Sheet) -> Linear:
    """Sum of value * units dispatched and ordered; value 1 where it is empty or 0."""
    value = sheet.folder.value
    sent = [(value[sheet.offers[key[0]]["item"]] or 1) * units for key, units in sheet.x.items()]
    ordered = [(value[key[1]] or 1) * units for key, units in sheet.o.items()]
    return total([*sent, *ordered])


def unfairness(sheet: Sheet, money: Money) -> Linear:
    """Half the sum over keyed parties of |V_p - k_p * sum of V|."""
    folder, model = sheet.folder, sheet.model
    keys = {
        row["party"]: row["burden_key"]
        for row in folder.tables["parties"]
        if row["burden_key"] is not None
    }
    whole = sum(keys.values(), Fraction(0))
    if not whole:
        return Linear()
    burdens = {party: burden(sheet, money, party) for party in keys}
    everybody = total(burdens.values())
    deviations = []
    for party, key in keys.items():
        apart = burdens[party] - key / whole * everybody
        deviation = model.variable()
        model.at_most(apart, deviation)
        model.at_most(-1 * apart, deviation)
        deviations.append(deviation)
    return money.unit / 2 * total(deviations)


def burden(sheet: Sheet, money: Money, party: str) -> Linear:
    """Give V_p in units of money: paid + handed over - brought - compensated + debts rows."""
    folder, value = sheet.folder, sheet.folder.value
    purses = [row["fund"] for row in folder.tables["funds"] if row["party"] == party]
    paid = total(pays for key, pays in money.payments.items() if key[0] in purses)
    goods: list[Linear | Fraction] = []
    for (name, receiver, _), units in sheet.x.items():
        item = sheet.offers[name]["item"]
        sign = (sheet.offers[name]["party"] == party) - (receiver == party)
        goods.append(sign * value[item] * units)
    for (_, item, customer, _), units in sheet.o.items():
        if customer == party:
            goods.append(-value[item] * units)
    given_before = folder.rows("debts", party=party)
    goods += [row["quantity"] * value[row["item"]] for row in given_before]
    for ((purpose, _, beneficiary), _), amount in money.charges.items():
        if (purpose, beneficiary) == ("compensation", party):
            goods.append(-1 * amount)
    return paid + 1 / money.unit * total(goods)
