"""A timeline per party: each hand-over, what replaces it, and the deadline between them.

In: facts. Out: a section with a picture per party and a table. Late parts are told apart by shape, by
hatching and in words, not by colour alone.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import page, svg, wording
from ringtausch.pictures.axes import TimeAxis
from ringtausch.pictures.flow_facts import source_name

if TYPE_CHECKING:
    from ringtausch.pictures.facts import Facts
    from ringtausch.pictures.returns import Owed, Source

__all__ = ["timeline_section"]

_WIDTH, _LEFT, _RIGHT = 1040.0, 250.0, 800.0
_ROW, _TOP, _FOOT = 38.0, 6.0, 24.0
_PARTIES_AT_MOST, _ROWS_AT_MOST, _ROWS_IN_ALL = 30, 14, 160


def timeline_section(facts: Facts) -> page.Section:
    """Draw for each party when it gives, by when it must be replaced, and when it is."""
    title = _("Hand-over, deadline, replacement")
    claims = facts.claims
    if not claims:
        return page.Section("timeline", title, _("No replacement is owed to anyone."), "")
    by_party: dict[str, list[Owed]] = defaultdict(list)
    for claim in claims:
        by_party[claim.party].append(claim)
    parties = list(by_party)
    # Where there are too many, those with something late are the ones to see.
    chosen = sorted(parties, key=lambda p: -max(c.periods_late(facts.count) for c in by_party[p]))
    drawn = set(chosen[:_PARTIES_AT_MOST])
    rest = [facts.party(party) for party in parties if party not in drawn]
    lead = _(
        "One line for each hand-over: it begins when something is given and the shaded stretch ends"
        " with the deadline for its replacement. What is due first is replaced first."
    )
    most = min(_ROWS_AT_MOST, max(4, _ROWS_IN_ALL // len(drawn)))
    pictures = [
        _party(facts, f"timeline-{n}", party, by_party[party], most)
        for n, party in enumerate(parties)
        if party in drawn
    ]
    names = wording.joined(rest, most=60)
    body = (
        page.key(_key(facts))
        + "".join(pictures)
        + page.note(_("Not drawn, but in the table: {names}.").format(names=names) if rest else "")
        + _table(facts, claims)
    )
    return page.Section("timeline", title, lead, body)


def _key(facts: Facts) -> list[tuple[str, str]]:
    states = {claim.state(facts.count) for claim in facts.claims}
    marks = [
        (svg.path("M8 2l12 6l-12 6z", "given"), _("handed over")),
        (svg.rect(1, 4, 26, 8, "wait"), _("time agreed for the replacement")),
        (svg.line(14, 0, 14, 16, "deadline"), _("deadline")),
        (svg.circle(14, 8, 5, "intime"), _("replacement in time")),
    ]
    if states & {"late", "open"}:
        marks.append((svg.diamond(14, 8, 6, "late"), _("replacement late")))
        marks.append((svg.rect(1, 4, 26, 8, "overdue"), _("overdue")))
    if "open" in states:
        marks.append((svg.path("M8 3l10 10m0-10l-10 10", "missing"), _("not replaced by the end")))
    if "waiting" in states:
        marks.append((svg.path("M10 1l8 7l-8 7", "after"), _("due after the plan")))
    return marks


def _party(facts: Facts, key: str, party: str, claims: list[Owed], most: int) -> str:
    shown = _chosen(facts, claims, most)
    height = _TOP + len(shown) * _ROW + _FOOT
    time = TimeAxis(facts.scenario, _LEFT, _RIGHT)
    bottom = _TOP + len(shown) * _ROW
    marks = [time.draw(_TOP, bottom)]
    for n, claim in enumerate(shown):
        marks.append(_row(facts, claim, time, _TOP + (n + 0.5) * _ROW))
    name = facts.party(party)
    said = "; ".join(f"{_what(facts, claim)}: {_outcome(facts, claim)}" for claim in shown)
    picture = svg.picture(
        key, _WIDTH, height, _("Timeline: {name}").format(name=name), said, *marks
    )
    folded = len(claims) - len(shown)
    more = page.note(_("{n} more lines are in the table.").format(n=folded) if folded else "")
    return page.figure(picture, name) + more


def _chosen(facts: Facts, claims: list[Owed], most: int) -> list[Owed]:
    """Choose the lines to draw: all if they fit, else the late ones and then the largest."""
    if len(claims) <= most:
        return claims
    ranked = sorted(
        range(len(claims)),
        key=lambda n: (-claims[n].periods_late(facts.count), -claims[n].quantity),
    )
    return [claims[n] for n in sorted(ranked[:most])]


def _row(facts: Facts, claim: Owed, time: TimeAxis, y: float) -> str:
    begin = _LEFT if claim.given is None else time.middle(claim.given)
    end = time.middle(claim.due) if claim.due < facts.count else _RIGHT
    marks = [
        svg.label(0, y - 1, _what(facts, claim), "amount", room=_LEFT - 12),
        svg.label(0, y + 14, _terms(facts, claim), "muted", room=_LEFT - 12),
        svg.rect(begin, y - 5, end - begin, 10, "wait"),
    ]
    overdue_until = max(
        (time.middle(part.period) for part in claim.late),
        default=_RIGHT if claim.overdue(facts.count) else 0.0,
    )
    if claim.overdue(facts.count):
        overdue_until = _RIGHT
    if overdue_until:
        marks.append(svg.rect(end, y - 5, overdue_until - end, 10, "overdue"))
    if claim.due < facts.count:
        marks.append(svg.line(end, y - 11, end, y + 11, "deadline"))
    if claim.given is not None:
        marks.append(svg.path(f"M{begin - 5:.1f} {y - 8:.1f}l12 8l-12 8z", "given"))
    marks += _returns(facts, claim, time, y)
    if claim.overdue(facts.count):
        marks.append(svg.path(f"M{_RIGHT - 5} {y - 5:.1f}l10 10m0-10l-10 10", "missing"))
    elif claim.open:
        marks.append(svg.path(f"M{_RIGHT - 2} {y - 7:.1f}l8 7l-8 7", "after"))
    class_ = "owing" if claim.periods_late(facts.count) else "muted"
    marks.append(
        svg.label(_RIGHT + 14, y + 5, _outcome(facts, claim), class_, room=_WIDTH - _RIGHT - 14)
    )
    return svg.group(*marks)


def _returns(facts: Facts, claim: Owed, time: TimeAxis, y: float) -> list[str]:
    """Draw what came back, one mark a period, with how many where there is room for the number."""
    by_period: dict[int, list[str]] = defaultdict(list)
    units: dict[int, float] = defaultdict(float)
    for part in claim.returns:
        by_period[part.period].append(_return_text(facts, part.units, part.item, part.source))
        units[part.period] += part.quantity
    marks, free = [], 0.0
    near = min((b - a for a, b in pairwise(sorted(by_period))), default=facts.count)
    radius = min(5.0, max(2.5, near * time.band * 0.45))
    for period, texts in sorted(by_period.items()):
        x, late = time.middle(period), period > claim.due
        draw = svg.diamond if late else svg.circle
        mark = draw(x, y, radius * (1.25 if late else 1), "late" if late else "intime")
        tip = f"{facts.label(period)}: {', '.join(texts)}"
        number = wording.number(units[period])
        half = svg.text_width(number, 11) / 2
        words = ""
        if x - half > free and len(by_period) > 1:
            words = svg.label(x, y - 8, number, "tiny", anchor="middle")
            free = x + half + 2
        marks.append(svg.group(mark, words, tip=tip))
    return marks


def _return_text(facts: Facts, units: float, item: str, source: Source) -> str:
    if source.kind == "arrival":
        text = _("{n} × {item}, ordered earlier")
        return text.format(n=wording.number(units), item=facts.item(item))
    return _("{n} × {item} from {source}").format(
        n=wording.number(units),
        item=facts.item(item),
        source=source_name(facts, source),
    )


def _what(facts: Facts, claim: Owed) -> str:
    amount = claim.quantity if claim.given is None else claim.handed
    return f"{wording.number(amount)}{wording.THIN}×{wording.THIN}{facts.item(claim.item)}"


def _terms(facts: Facts, claim: Owed) -> str:
    due = facts.label(claim.due)
    if claim.given is None:
        return _("owed from earlier, due by {due}").format(due=due)
    return _("given {given}, due by {due}").format(given=facts.label(claim.given), due=due)


def _outcome(facts: Facts, claim: Owed) -> str:
    """Say in a few words how it ended."""
    count = facts.count
    late = wording.periods(facts.scenario, claim.periods_late(count))
    if claim.overdue(count):
        return _("{n} not replaced, {late} overdue").format(n=wording.number(claim.open), late=late)
    if claim.late:
        n = sum(part.quantity for part in claim.late)
        return _("{n} late, by up to {late}").format(n=wording.number(n), late=late)
    if claim.open:
        return _("{n} due after the plan").format(n=wording.number(claim.open))
    last = max(part.period for part in claim.returns)
    if last == claim.due:
        return _("replaced just in time")
    return _("replaced {early} early").format(
        early=wording.periods(facts.scenario, claim.due - last)
    )


def _table(facts: Facts, claims: list[Owed]) -> str:
    rows: list[list[page.Cell]] = []
    for claim in claims[: page.ROWS_AT_MOST]:
        back = [
            f"{facts.label(part.period)}: "
            + _return_text(facts, part.units, part.item, part.source)
            for part in claim.returns[:40]
        ]
        if len(claim.returns) > len(back):
            back.append(_("{n} more").format(n=len(claim.returns) - len(back)))
        given = _("before the start") if claim.given is None else facts.label(claim.given)
        rows.append(
            [
                facts.party(claim.party),
                facts.item(claim.item),
                given,
                (claim.quantity, wording.number(claim.quantity)),
                facts.label(claim.due),
                "; ".join(back),
                _outcome(facts, claim),
            ]
        )
    columns = [
        _("Party"), _("item"), _("handed over"), _("units owed"), _("due by"), _("came back"),
        _("outcome"),
    ]  # fmt: skip
    caption = _("Each hand-over with its deadline and its replacement")
    return page.table(
        "timeline-table", caption, columns, rows, file="settlements.csv", total=len(claims)
    )
