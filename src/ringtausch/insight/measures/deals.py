"""Deals, readiness windows and slack: what each hand-over costs its giver until it is replaced.

In: a scenario, a plan, what replaces what, gaps, and the worth of units by one basis. Out: `Deal`,
`Receipt`, `Window` and `Slack` rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ringtausch.insight.measures.readiness import GapSeries
from ringtausch.insight.measures.replacements import EPS
from ringtausch.insight.measures.rows import Deal, Receipt, Replacement, Slack, Window
from ringtausch.insight.measures.worth import Worth
from ringtausch.records import Assurance, Plan, Scenario
from ringtausch.records.plan import Dispatch

__all__ = ["deals", "receipts", "slacks", "windows"]

_Pair = tuple[str, str]


def deals(
    scenario: Scenario, plan: Plan, replaced: Sequence[Replacement], worth: Worth
) -> tuple[Deal, ...]:
    """Set side by side what each party gives of each item and what it gets for it."""
    given: dict[_Pair, float] = defaultdict(float)
    for sent in plan.rows("dispatches"):
        given[sent.from_, sent.item] += sent.quantity
    parts = _by_pair(replaced)
    paid: dict[_Pair, float] = defaultdict(float)
    for payment in plan.rows("payments"):
        if payment.purpose == "compensation":
            paid[payment.party, payment.item] += payment.amount
    agreed = _agreed(scenario)
    return tuple(
        _deal(pair, given[pair], parts.get(pair, []), agreed.get(pair), paid[pair], worth)
        for pair in _in_order(scenario, {*given, *parts, *paid})
        if given[pair] > EPS or parts.get(pair) or paid[pair] > EPS
    )


def receipts(scenario: Scenario, replaced: Iterable[Replacement]) -> tuple[Receipt, ...]:
    """Add up what came for each item, by kind."""
    sums: dict[tuple[str, str, str], tuple[float, float]] = {}
    for part in replaced:
        if part.back is not None:
            key = (part.party, part.item, part.accepted)
            units, quantity = sums.get(key, (0.0, 0.0))
            sums[key] = (units + part.units, quantity + part.quantity)
    return tuple(
        Receipt(
            party=party,
            item=item,
            accepted=accepted,
            units=sums[party, item, accepted][0],
            rate=_ratio(sums[party, item, accepted][1], sums[party, item, accepted][0]),
            quantity=sums[party, item, accepted][1],
        )
        for party, item in _in_order(scenario, {key[:2] for key in sums})
        for accepted in sorted(key[2] for key in sums if key[:2] == (party, item))
    )


def windows(
    scenario: Scenario,
    plan: Plan,
    replaced: Sequence[Replacement],
    gaps: Sequence[GapSeries],
) -> tuple[Window, ...]:
    """Give the readiness window of every dispatch of the plan, in the order of time."""
    parts: dict[tuple[str, str, int, str, str], list[Replacement]] = defaultdict(list)
    for part in replaced:
        if part.given is not None:
            parts[part.party, part.item, part.given, part.offer, part.to].append(part)
    sent: dict[tuple[str, str, int, str, str], float] = defaultdict(float)
    row: Dispatch
    for row in plan.rows("dispatches"):  # two rows of one offer, receiver and period are one
        sent[row.from_, row.item, row.period, row.offer, row.to] += row.quantity
    agreed = _agreed(scenario)
    return tuple(
        _window(scenario, key, sent[key], parts[key], agreed.get(key[:2]), gaps)
        for key in sorted(sent, key=lambda k: (k[2], k[0], k[1], k[3], k[4]))
        if sent[key] > EPS
    )


def slacks(scenario: Scenario, replaced: Sequence[Replacement]) -> tuple[Slack, ...]:
    """Measure how far the replacements of each assurance come before their deadlines."""
    agreed = _agreed(scenario)
    found = []
    parts = _by_pair(replaced)
    for pair in _in_order(scenario, set(parts)):
        for origin in ("plan", "before"):
            rows = [part for part in parts[pair] if (part.given is None) == (origin == "before")]
            if rows:
                terms = agreed.get(pair) if origin == "plan" else None
                found.append(_slack(pair, origin, rows, terms))
    return tuple(found)


def _by_pair(replaced: Iterable[Replacement]) -> dict[_Pair, list[Replacement]]:
    found: dict[_Pair, list[Replacement]] = defaultdict(list)
    for part in replaced:
        found[part.party, part.item].append(part)
    return found


def _agreed(scenario: Scenario) -> dict[_Pair, Assurance]:
    return {(row.party, row.item): row for row in scenario.assurances}


def _in_order(scenario: Scenario, pairs: set[_Pair]) -> list[_Pair]:
    """Sort parties and items as their tables have them."""
    parties = {row.party: n for n, row in enumerate(scenario.parties)}
    items = {row.item: n for n, row in enumerate(scenario.items)}
    return sorted(pairs, key=lambda pair: (parties[pair[0]], items[pair[1]]))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > EPS else 0.0


def _deal(
    pair: _Pair,
    given: float,
    parts: Sequence[Replacement],
    terms: Assurance | None,
    compensation: float,
    worth: Worth,
) -> Deal:
    ratio = float(terms.ratio) if terms is not None and terms.ratio else None
    owed = sum(part.quantity for part in parts)
    back = [part for part in parts if part.back is not None]
    pieces: dict[str, float] = defaultdict(float)
    for part in back:
        pieces[part.accepted] += part.units
    # In units given: what was given before the start is known as what is owed for it.
    answered = sum(p.quantity / (ratio or 1.0) if p.given is not None else p.quantity for p in back)
    waits = sum(part.quantity * part.wait for part in parts)
    before = sum(part.quantity for part in parts if part.given is None)
    return Deal(
        party=pair[0],
        item=pair[1],
        given=given,
        before=before,
        ratio=ratio,
        owed=owed,
        received=sum(part.quantity for part in back),
        pieces=sum(pieces.values()),
        pieces_per_unit=sum(pieces.values()) / answered if answered > EPS else None,
        wait_mean=waits / owed if owed > EPS else None,
        wait_longest=max((part.wait for part in parts), default=None),
        late=sum(part.quantity for part in parts if part.slack is not None and part.slack < 0),
        open=sum(part.quantity for part in parts if part.back is None),
        compensation=compensation,
        basis=worth.basis,
        value_given=worth.of({pair[1]: given + before}),
        value_received=worth.of(pieces),
    )


def _window(
    scenario: Scenario,
    key: tuple[str, str, int, str, str],
    quantity: float,
    parts: Sequence[Replacement],
    terms: Assurance | None,
    gaps: Sequence[GapSeries],
) -> Window:
    party, item, opens, offer, to = key
    count = scenario.calendar.count
    ratio = float(terms.ratio) if terms is not None and terms.ratio else None
    back = [part.back for part in parts if part.back is not None]
    whole = ratio is not None and len(back) == len(parts)
    closes = max(back) if whole and back else None
    state = "gift" if ratio is None else "closed" if whole else "open"
    until = count if closes is None else closes
    lacking = [s for s in gaps if s.party == party and item in s.items and any(s.gap[opens:until])]
    each = [sum(series.gap[t] for series in lacking) for t in range(opens, until)]
    units = [(p.quantity / ratio, p) for p in parts] if ratio is not None else []
    return Window(
        party=party,
        item=item,
        offer=offer,
        to=to,
        quantity=quantity,
        opens=opens,
        opens_date=scenario.calendar.first_day(opens),
        due=None if terms is None or ratio is None else opens + terms.within,
        closes=closes,
        closes_date=None if closes is None else scenario.calendar.first_day(closes),
        state=state,
        replaced=sum(share for share, part in units if part.back is not None),
        unit_periods=sum(share * part.wait for share, part in units)
        if units
        else quantity * (count - opens),
        gap=round(sum(each), 9),
        gap_worst=round(max((max(s.gap[opens:until]) for s in lacking), default=0.0), 9),
        gap_periods=sum(gap > 0 for gap in each),
        capabilities=", ".join(series.capability for series in lacking),
    )


def _slack(
    pair: _Pair, origin: str, parts: Sequence[Replacement], terms: Assurance | None
) -> Slack:
    known = [(part.quantity, part.slack) for part in parts if part.slack is not None]
    units = sum(quantity for quantity, _slack in known)
    return Slack(
        party=pair[0],
        item=pair[1],
        origin=origin,
        within=None if terms is None else terms.within,
        hard=terms is not None and terms.hard,
        secured=terms is not None and terms.secured,
        units=sum(part.quantity for part in parts),
        least=min((slack for _quantity, slack in known), default=None),
        mean=sum(q * slack for q, slack in known) / units if units > EPS else None,
        late=sum(quantity for quantity, slack in known if slack < 0),
        overdue=sum(p.quantity for p in parts if p.back is None and p.slack is not None),
        waiting=sum(part.quantity for part in parts if part.slack is None),
    )
