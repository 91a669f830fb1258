"""The flow picture: makers and helpers at the left, givers in the middle, receivers at the right.

In: boxes. Out: a section with the picture and its table. Words stand in the boxes, never on the
bands, so that nothing covers them however many bands there are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ringtausch.language import _, ngettext
from ringtausch.pictures import page, svg, wording
from ringtausch.pictures.flow_facts import Box, Link, boxes

if TYPE_CHECKING:
    from ringtausch.pictures.facts import Facts

__all__ = ["flow_section"]

_WIDTH = 1040.0
_NODE = 152.0  # the width of a name at the left or right
_BOX = (246.0, 794.0)
_MIDDLE = 520.0
_ROW, _HEAD, _GAP = 37.0, 28.0, 14.0
_TOP = 34.0
_ROWS_AT_MOST, _LINKS_AT_MOST = 48, 8


@dataclass
class _Node:
    """A name at the side, with the places its bands leave from or come to."""

    name: str
    ends: list[tuple[float, float, Link]] = field(default_factory=list)  # (y in the box, width)
    top: float = 0.0

    @property
    def height(self) -> float:
        return max(20.0, sum(width + 2 for _y, width, _link in self.ends))

    @property
    def wanted(self) -> float:
        return sum(y for y, _width, _link in self.ends) / len(self.ends)


def flow_section(facts: Facts) -> page.Section:
    """Draw who gives what to whom, when, and gets what back from where."""
    found = boxes(facts)
    title = _("Who gives what, and what comes back")
    if not found:
        return page.Section("flow", title, _("Nothing moves in this plan."), "")
    shown, rest = _chosen(found)
    lead = _(
        "Read each box from right to left: what a party gives and to whom, then what replaces it"
        " and from where. The wider a band, the larger its share of all that moves of that item."
    )
    drawn = {box.party for box in shown}
    names = wording.joined(
        [facts.party(p) for p in dict.fromkeys(b.party for b in rest) if p not in drawn], most=60
    )
    body = (
        page.key(_key(facts, shown))
        + page.figure(_draw(facts, shown), name=title)
        + page.note(_("Not drawn, but in the table: {names}.").format(names=names) if names else "")
        + _table(facts, found)
    )
    return page.Section("flow", title, lead, body)


def _rows(box: Box) -> int:
    """Count the rows of a box, that of "and 3 more" included."""
    return max(1, *(min(len(side), _LINKS_AT_MOST + 1) for side in (box.left, box.right)))


def _chosen(found: list[Box]) -> tuple[list[Box], list[Box]]:
    """Take as many boxes as a page and a half can hold, the largest first; at least one."""
    rows = 0
    for n, box in enumerate(found):
        rows += _rows(box)
        if rows > _ROWS_AT_MOST and n:
            return found[:n], found[n:]
    return found, []


def _largest(facts: Facts, side: list[Link]) -> list[Link]:
    """Choose the links of a box to draw, in their order: all if they fit, else the largest."""
    if len(side) <= _LINKS_AT_MOST:
        return side
    ranked = sorted(range(len(side)), key=lambda n: (-side[n].units * facts.value(side[n].item), n))
    return [side[n] for n in sorted(ranked[:_LINKS_AT_MOST])]


def _key(facts: Facts, shown: list[Box]) -> list[tuple[str, str]]:
    used = {link.item for box in shown for link in (*box.left, *box.right)}
    marks = []
    for row in facts.scenario.items:
        if row.item in used:
            name = facts.item(row.item)
            words = f"{name} ({wording.clean(row.unit)})" if row.unit else name
            marks.append((svg.glyph(facts.kind(row.item), 14, 8), words))
    marks.append((svg.path("M1 8H27", "band give item0", 7), _("handed over")))
    marks.append((svg.path("M1 8H27", "band back item0", 7), _("coming back or bought new")))
    return marks


def _draw(facts: Facts, shown: list[Box]) -> str:
    largest: dict[str, float] = {}
    for link in (link for box in shown for link in (*box.left, *box.right)):
        largest[link.item] = max(largest.get(link.item, 0.0), link.units)
    left, right = {}, {}  # type: dict[str, _Node], dict[str, _Node]
    marks, y = [], _TOP
    for box in shown:
        height = _HEAD + _rows(box) * _ROW + 6
        marks.append(_box(facts, box, y, height))
        for side, nodes, named in ((box.left, left, False), (box.right, right, True)):
            for n, link in enumerate(_largest(facts, side)):
                if link.purpose == "before":
                    continue
                at = y + _HEAD + (n + 0.5) * _ROW
                name = facts.party(link.node) if named else link.node
                width = 2 + 12 * link.units / largest[link.item]
                nodes.setdefault(name, _Node(name)).ends.append((at, width, link))
        y += height + _GAP
    bottom = max(y, _place(list(left.values()), y), _place(list(right.values()), y))
    return svg.picture(
        "flow-picture",
        _WIDTH,
        bottom,
        _("Who gives what, and what comes back"),
        _description(facts, shown),
        _headings(),
        *(_bands(facts, node, left=True) for node in left.values()),
        *(_bands(facts, node, left=False) for node in right.values()),
        *marks,
    )


def _headings() -> str:
    return svg.group(
        svg.label(_NODE - 8, 14, _("Comes from"), "heading", anchor="end", room=_NODE),
        svg.label(_BOX[0], 14, _("Gets (back)"), "heading"),
        svg.label(_BOX[1], 14, _("Gives"), "heading", anchor="end"),
        svg.label(_WIDTH - _NODE, 14, _("Goes to"), "heading", room=_NODE),
    )


def _place(nodes: list[_Node], bottom: float) -> float:
    """Place names near their bands, none over another; return how far down they reach."""
    nodes.sort(key=lambda node: (node.wanted, node.name))
    y = _TOP
    for node in nodes:
        node.top = max(y, node.wanted - node.height / 2)
        y = node.top + node.height + 10
    limit = bottom
    for node in reversed(nodes):
        node.top = max(_TOP, min(node.top, limit - node.height))
        limit = node.top - 10
    # With more names than room the pass upwards has pushed some together: then go down again.
    y = _TOP
    for node in nodes:
        node.top = max(y, node.top)
        y = node.top + node.height + 10
    return y


def _bands(facts: Facts, node: _Node, *, left: bool) -> str:
    marks, port = [], node.top + (node.height - sum(w + 2 for _y, w, _l in node.ends)) / 2
    for y, width, link in sorted(node.ends, key=lambda end: end[0]):
        at = port + width / 2 + 1
        port += width + 2
        start, end = (_NODE, _BOX[0] - 6) if left else (_BOX[1], _WIDTH - _NODE - 8)
        y1, y2 = (at, y) if left else (y, at)
        bend = (start + end) / 2
        curve = f"M{start:.1f} {y1:.1f}C{bend:.1f} {y1:.1f} {bend:.1f} {y2:.1f} {end:.1f} {y2:.1f}"
        look = f"band {'back' if left else 'give'} item{facts.kind(link.item) % svg.KINDS}"
        head = f"M{end:.1f} {y2 - 5:.1f}l6 5l-6 5z"
        tip = f"{wording.number(link.units)} × {facts.item(link.item)}"
        marks.append(svg.group(svg.path(curve, look, width), svg.path(head, "head"), tip=tip))
    middle = node.top + node.height / 2 + 5
    x, anchor = (_NODE - 8, "end") if left else (_WIDTH - _NODE + 4, None)
    return svg.group(*marks, svg.label(x, middle, node.name, "node", anchor=anchor, room=_NODE - 8))


def _box(facts: Facts, box: Box, y: float, height: float) -> str:
    name = facts.party(box.party)
    title = name if box.giver else _("New for {party}").format(party=name)
    marks = [
        svg.rect(_BOX[0], y, _BOX[1] - _BOX[0], height, "box", radius=6),
        svg.label(_BOX[0] + 12, y + 18, title, "party", room=250),
    ]
    marks += _still_owed(facts, box, y, svg.text_width(title, 15))
    if box.rank == 0 and not (box.left or box.overdue or box.later):
        none = _("asks for no replacement")
        marks.append(svg.label(_BOX[0] + 28, y + _HEAD + _ROW / 2 + 5, none, "muted"))
    for side, edge in ((box.left, _BOX[0]), (box.right, _MIDDLE)):
        for n, link in enumerate(_largest(facts, side)):
            marks.append(_link(facts, link, edge, y + _HEAD + (n + 0.5) * _ROW))
        if len(side) > _LINKS_AT_MOST:
            more = _("and {n} more").format(n=len(side) - _LINKS_AT_MOST)
            at = y + _HEAD + (_LINKS_AT_MOST + 0.5) * _ROW + 5
            x, anchor = (edge + 28, None) if edge == _BOX[0] else (_BOX[1] - 28, "end")
            marks.append(svg.label(x, at, more, "muted", anchor=anchor))
    return svg.group(*marks)


def _still_owed(facts: Facts, box: Box, y: float, used: float) -> list[str]:
    """Say beside the name what is still owed at the end: overdue, or due only later."""
    text, class_ = _("still owed at the end: {what}"), "owing"
    still = box.overdue
    if not still:
        text, class_, still = _("still owed, due after the plan: {what}"), "muted", box.later
    if not still:
        return []
    what = ", ".join(
        f"{wording.number(units)}{wording.THIN}×{wording.THIN}{facts.item(item)}"
        for item, units in still.items()
    )
    room = _BOX[1] - _BOX[0] - 40 - min(used, 250)
    said = text.format(what=what)
    return [svg.label(_BOX[1] - 12, y + 18, said, class_, anchor="end", room=room)]


def _link(facts: Facts, link: Link, edge: float, y: float) -> str:
    """Write one row of a box: mark, how many of what, and below it when and how many late."""
    gives = edge == _MIDDLE
    half = _MIDDLE - _BOX[0]
    mark, text = (edge + half - 14, edge + half - 28) if gives else (edge + 14, edge + 28)
    anchor = "end" if gives else None
    things = f"{wording.number(link.units)}{wording.THIN}×{wording.THIN}{facts.item(link.item)}"
    before = link.purpose == "before"
    spell = _("owed from earlier") if before else wording.dates(facts.scenario, link.periods)
    if link.purpose == "stock":
        spell = _("{spell}, for its own stock").format(spell=spell)
    parts = [
        svg.glyph(facts.kind(link.item), mark, y),
        svg.label(text, y - 1, things, "amount", anchor=anchor, room=half - 36),
        svg.label(text, y + 14, spell, "muted", anchor=anchor, room=half - 36),
    ]
    if link.late:
        late = _("{n} late").format(n=wording.number(link.late))
        at = text + svg.text_width(spell, 13) + 10
        parts.append(svg.label(at, y + 14, late, "owing"))
    return svg.group(*parts)


def _description(facts: Facts, shown: list[Box]) -> str:
    givers = [box for box in shown if box.rank == 0]
    said = [
        _("{party} gives {things}").format(
            party=facts.party(box.party), things=wording.joined(_things(facts, box), 6)
        )
        for box in givers[:12]
    ]
    count = ngettext("{n} box", "{n} boxes", len(shown)).format(n=len(shown))
    return f"{count}. {'; '.join(said)}."


def _things(facts: Facts, box: Box) -> list[str]:
    return [
        _("{n} × {item} to {party}").format(
            n=wording.number(link.units), item=facts.item(link.item), party=facts.party(link.node)
        )
        for link in box.right
        if link.purpose == "give"
    ]


def _table(facts: Facts, found: list[Box]) -> str:
    roles = {
        "give": _("gives to"),
        "before": _("is owed from before the start"),
        "debt": _("gets back from"),
        "need": _("gets new from"),
        "stock": _("buys for its own stock from"),
    }
    rows: list[list[page.Cell]] = []
    for box in found:
        links = [*(box.right if box.giver else ()), *box.left]
        for link in links:
            node = facts.party(link.node) if link.purpose == "give" else link.node
            earlier = link.purpose == "before"
            rows.append(
                [
                    facts.party(box.party),
                    roles[link.purpose],
                    node,
                    facts.item(link.item),
                    (link.units, wording.number(link.units)),
                    "" if earlier else wording.dates(facts.scenario, link.periods),
                    (link.late, wording.number(link.late) if link.late else ""),
                ]
            )
    columns = [
        _("Party"), _("does"), _("whom"), _("what"), _("units"), _("when"), _("of these late"),
    ]  # fmt: skip
    caption = _("Hand-overs and what comes back, by party")
    return page.table("flow-table", caption, columns, rows, file="dispatches.csv")
