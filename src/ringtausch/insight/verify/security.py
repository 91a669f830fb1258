"""Rule 12, security: where it is secured, all that is owed is under way to the party.

What is under way may stand for one debt or another of the same party, in parts; whether all debts
can be covered at once is a small transport problem, solved by arithmetic where no two debts accept
the same thing and by linear programming where they do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ringtausch.insight.verify import rule_messages as say
from ringtausch.insight.verify.case import Case
from ringtausch.insight.verify.facts import Pair, Series
from ringtausch.insight.verify.tolerances import quantity_slack
from ringtausch.insight.verify.violation import Place, Violation, broken
from ringtausch.insight.verify.wording import among

__all__ = ["security"]


def security(case: Case) -> list[Violation]:
    """Check D ≤ Σ rate·w + E for the secured debts of each party together."""
    secured: dict[str, list[str]] = defaultdict(list)
    for (party, item), row in case.facts.assurances.items():
        if row.secured and (party, item) in case.flows.sent:
            secured[party].append(item)
    coming = _under_way(case, set(secured))
    return [
        found for party, items in secured.items() for found in _party(case, party, items, coming)
    ]


def _under_way(case: Case, parties: set[str]) -> dict[Pair, Series]:
    """Count, at the end of each period, units begun by then that arrive later within the plan."""
    coming: dict[Pair, Series] = {}

    def add(pair: Pair, begun: int, arrives: int, quantity: float) -> None:
        if pair[0] in parties and arrives < case.facts.count:
            series = coming.setdefault(pair, case.facts.zeros())
            for t in range(begun, arrives):
                series[t] += quantity

    for order in case.decisions.orders:
        add((order.customer, order.item), order.period, order.delivered, order.quantity)
    for sent in case.decisions.dispatches:
        add((sent.to, sent.item), sent.period, sent.arrives, sent.quantity)
    for pair, series in case.facts.free.items():
        for arrives, quantity in enumerate(series):
            if quantity:
                add(pair, 0, arrives, quantity)
    return coming


def _party(
    case: Case, party: str, items: list[str], coming: dict[Pair, Series]
) -> Iterator[Violation]:
    worst: dict[str, tuple[float, int, float]] = {}  # item: missing, period, covered
    periods: dict[str, list[int]] = defaultdict(list)
    none = case.facts.zeros()
    rates = {item: case.facts.rates(party, item) for item in items}
    for t in range(case.facts.count):
        open_debts = {}
        for item in items:
            pair = (party, item)
            owed = case.found.debts[pair][t] - case.found.opening_debts[pair][t]
            if owed > quantity_slack(owed):
                open_debts[item] = owed
        accepted = {j for item in open_debts for j in rates[item]}
        there = {j: coming.get((party, j), none)[t] for j in accepted}
        for item, missing in uncovered(open_debts, rates, there).items():
            if missing > quantity_slack(open_debts[item]):
                periods[item].append(t)
                if item not in worst or missing > worst[item][0]:
                    worst[item] = (missing, t, open_debts[item] - missing)
    for item, (missing, t, covered) in worst.items():
        where = _last_sent(case, (party, item), t)
        label = among([case.label(at) for at in periods[item]], case.label(t))
        text = say.not_under_way(where, covered + missing, item, party, label, covered)
        yield broken(12, where, (party, item, case.label(t)), missing, text)


def _last_sent(case: Case, pair: Pair, period: int) -> Place:
    rows = case.flows.senders[pair]
    return rows[max((t for t in rows if t <= period), default=min(rows))][-1]


def uncovered(
    owed: dict[str, float], rates: dict[str, dict[str, float]], there: dict[str, float]
) -> dict[str, float]:
    """Return how much of each debt nothing covers, at the best use of what is under way.

    Parameters
    ----------
    owed
        By item owed, in its units.
    rates
        By item owed and item accepted: units of the first that one of the second counts for.
    there
        By item accepted, in its units.

    Examples
    --------
    >>> uncovered({"gun": 3.0}, {"gun": {"gun": 1.0, "tank": 2.0}}, {"gun": 0.0, "tank": 1.0})
    {'gun': 1.0}
    """
    accepting: dict[str, int] = defaultdict(int)
    for item in owed:
        for j, rate in rates[item].items():
            accepting[j] += bool(rate and there[j])
    if all(count < 2 for count in accepting.values()):
        return {
            item: max(0.0, quantity - sum(rate * there[j] for j, rate in rates[item].items()))
            for item, quantity in owed.items()
        }
    return _least_uncovered(owed, rates, there)


def _least_uncovered(
    owed: dict[str, float], rates: dict[str, dict[str, float]], there: dict[str, float]
) -> dict[str, float]:
    """Minimise Σ missing, with Σ_j rate·w + missing ≥ owed and Σ_i w ≤ there, all ≥ 0."""
    from highspy import Highs, HighsModelStatus  # only where two debts share what is under way

    solver = Highs()
    solver.setOptionValue("output_flag", False)
    infinity = solver.getInfinity()
    places: dict[tuple[str, str], int] = {}
    for item in owed:
        places[item, ""] = solver.getNumCol()
        solver.addCol(1.0, 0.0, infinity, 0, [], [])
        for j in rates[item]:
            places[item, j] = solver.getNumCol()
            solver.addCol(0.0, 0.0, infinity, 0, [], [])
    for item, quantity in owed.items():
        columns = [places[item, ""], *(places[item, j] for j in rates[item])]
        factors = [1.0, *rates[item].values()]
        solver.addRow(quantity, infinity, len(columns), columns, factors)
    for j, quantity in there.items():
        columns = [places[item, j] for item in owed if j in rates[item]]
        solver.addRow(-infinity, quantity, len(columns), columns, [1.0] * len(columns))
    solver.run()
    assert solver.getModelStatus() == HighsModelStatus.kOptimal, "what misses all is a solution"
    values = solver.getSolution().col_value
    return {item: max(0.0, values[places[item, ""]]) for item in owed}
