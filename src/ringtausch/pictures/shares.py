"""Four burdens side by side: money, value handed over, waiting, gaps; each as a share, with the key.

In: facts. Out: panels and a table, for the section about the burden. Values come once for each basis,
never mixed; where a basis does not value all that moves, there is no share by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import page, svg, wording
from ringtausch.pictures.measures_text import basis_name, unit_words

if TYPE_CHECKING:
    from ringtausch.insight.measures.rows import Burden
    from ringtausch.pictures.facts import Facts

__all__ = ["shares_panels"]

_WIDTH, _NAME, _RIGHT, _ROW = 320.0, 116.0, 270.0, 21.0
_ROWS_AT_MOST = 9
_KINDS = ("money", "value", "waiting", "gap")


def shares_panels(facts: Facts) -> str:
    """Draw each kind of burden as shares of all parties."""
    found = [row for row in facts.measures.rows("burden") if row.kind in _KINDS]
    groups: dict[tuple[str, str], list[Burden]] = {}
    for row in found:
        groups.setdefault((row.kind, row.basis), []).append(row)
    # Shares of a sum that is not known would be made up.
    filled = {
        key: rows
        for key, rows in groups.items()
        if any(row.amount for row in rows) and all(row.amount is not None for row in rows)
    }
    if not filled:
        return _unvalued(facts)
    drawn = page.panels(
        (_title(*key), _outcome(facts, rows), False, _panel(facts, f"share-{n}", key, rows))
        for n, (key, rows) in enumerate(filled.items())
    )
    marks = [
        (svg.rect(0, 3, 28, 10, "carried"), _("share of all that is borne")),
        (svg.line(14, 0, 14, 16, "deadline"), _("share by the key")),
    ]
    said = page.note(_("What each party bears of all that is borne, kind by kind:"))
    return said + page.key(marks) + drawn + _unvalued(facts) + _table(facts, groups)


def _title(kind: str, basis: str) -> str:
    names = {
        "money": _("Money from its funds"),
        "waiting": _("Waiting for replacement"),
        "gap": _("Gap below its floors"),
    }
    if kind == "value":
        return _("Handed over, {basis}").format(basis=basis_name(basis))
    return names[kind]


def _outcome(facts: Facts, rows: list[Burden]) -> str:
    total = sum(row.amount or 0.0 for row in rows)
    if rows[0].kind in {"money", "value"}:
        return wording.money(total, facts.scenario.currency)
    return f"{wording.number(total)} {unit_words(facts.scenario.period)}"


def _panel(facts: Facts, key: str, what: tuple[str, str], rows: list[Burden]) -> str:
    ranked = sorted(rows, key=lambda r: (-(r.share or 0.0), -(r.key or 0.0)))
    counting = [row for row in ranked if row.share or row.key]
    shown, rest = counting[:_ROWS_AT_MOST], counting[_ROWS_AT_MOST:]
    largest = max([*(row.share or 0.0 for row in shown), *(row.key or 0.0 for row in shown), 1e-9])
    scale = (_RIGHT - _NAME) / largest
    marks = [svg.line(_NAME, 0, _NAME, len(shown) * _ROW, "axis")]
    said = []
    for n, row in enumerate(shown):
        y = (n + 0.5) * _ROW
        name = facts.party(row.party)
        text = wording.per_cent(row.share or 0.0)
        parts = [svg.label(0, y + 4, name, "muted", room=_NAME - 8)]
        if row.share:
            parts.append(svg.rect(_NAME, y - 6, row.share * scale, 12, "carried"))
        if row.key is not None:
            x = _NAME + row.key * scale
            parts.append(svg.line(x, y - 8, x, y + 8, "deadline"))
        parts.append(svg.label(_RIGHT + 8, y + 4, text, "muted"))
        marks.append(svg.group(*parts))
        said.append(f"{name}: {text}")
    if rest:
        y = (len(shown) + 0.5) * _ROW
        text = wording.per_cent(sum(row.share or 0.0 for row in rest))
        name = _("{n} more").format(n=wording.number(len(rest)))
        marks += [svg.label(0, y + 4, name, "muted"), svg.label(_RIGHT + 8, y + 4, text, "muted")]
        said.append(f"{name}: {text}")
    height = max(1, len(shown) + bool(rest)) * _ROW + 4
    return svg.picture(key, _WIDTH, height, _title(*what), "; ".join(said), *marks)


def _unvalued(facts: Facts) -> str:
    """Count what has no value by a basis."""
    found: dict[str, list[str]] = {}
    for row in facts.measures.rows("unvalued"):
        units = wording.number(row.handed + row.ordered)
        found.setdefault(row.basis, []).append(f"{units} × {facts.item(row.item)}")
    return "".join(
        page.note(
            _("Without {basis}: {what}. Where such units are handed over there is no sum.").format(
                basis=basis_name(basis), what=wording.joined(things)
            )
        )
        for basis, things in found.items()
    )


def _table(facts: Facts, groups: dict[tuple[str, str], list[Burden]]) -> str:
    rows: list[list[page.Cell]] = []
    for key, found in groups.items():
        for row in found:
            if row.amount == 0 and not row.key:
                continue
            rows.append(
                [
                    facts.party(row.party),
                    _title(*key),
                    unit_words(facts.scenario.period)
                    if row.kind in {"waiting", "gap"}
                    else facts.scenario.currency,
                    _borne(row),
                    _cell(row.share, wording.per_cent(row.share or 0.0)),
                    _cell(row.key, wording.per_cent(row.key or 0.0)),
                    _cell(row.above_key, wording.number(100 * (row.above_key or 0.0), 1)),
                ]
            )
    columns = [
        _("Party"), _("burden"), _("unit"), _("borne"), _("share of all"), _("share by the key"),
        _("points above the key"),
    ]  # fmt: skip
    return page.table("shares-table", _("Burdens and their shares"), columns, rows)


def _borne(row: Burden) -> page.Cell:
    """Write an amount, or count what makes it unknown."""
    if row.amount is None:
        return _("{n} units unvalued").format(n=wording.number(row.unvalued))
    return row.amount, wording.number(row.amount, 1)


def _cell(value: float | None, text: str) -> page.Cell:
    return _("–") if value is None else (value, text)
