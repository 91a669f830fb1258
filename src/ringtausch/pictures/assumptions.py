"""What was assumed: every source and note of the scenario, table by table.

In: facts. Out: a section of tables. Rows that share source and note stand together, with the figure
that each of them states.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ringtausch.language import _, ngettext
from ringtausch.pictures import page, wording
from ringtausch.records import TABLES

if TYPE_CHECKING:
    from ringtausch.pictures.facts import Facts

__all__ = ["assumptions_section", "linked"]

_ROWS_NAMED = 40
_LINK = re.compile(r"https?://[^\s<>\"']+")
_ASSUMED = re.compile(r"\s*assum(?:ed|ption)\b", re.IGNORECASE)

#: Which fields name a row, and which one is the figure it states.
_NAMING: dict[str, tuple[tuple[str, ...], str]] = {
    "parties": (("party",), "burden_key"),
    "items": (("item",), "value"),
    "capabilities": (("capability", "item"), "weight"),
    "stocks": (("party", "item"), "quantity"),
    "arrivals": (("party", "item", "date"), "quantity"),
    "floors": (("party", "capability", "from_"), "quantity"),
    "offers": (("party", "item", "offer"), "quantity"),
    "lanes": (("from_", "to", "item"), "lead"),
    "supply": (("supplier", "item", "customer"), "price"),
    "production": (("supplier", "item", "from_"), "capacity"),
    "needs": (("party", "capability", "need"), "quantity"),
    "assurances": (("party", "item"), "within"),
    "debts": (("party", "item", "due"), "quantity"),
    "exchange": (("party", "given", "accepted"), "rate"),
    "funds": (("fund", "party"), "currency"),
    "releases": (("fund", "date"), "amount"),
    "earmarks": (("fund", "purpose", "item", "party"), ""),
    "dues": (("purpose", "item", "party", "date"), "amount"),
}


def assumptions_section(facts: Facts) -> page.Section:
    """List where every row of the scenario comes from and what its notes say."""
    rows = [row for table in TABLES for row in facts.scenario.rows(table)]
    assumed = sum(1 for row in rows if _is_assumed(row))
    silent = sum(1 for row in rows if not row.source.strip() and not row.note.strip())
    lead = ngettext(
        "The scenario has {n} row: {sourced} with a source or note, {assumed} marked as assumption,"
        " {silent} without either.",
        "The scenario has {n} rows: {sourced} with a source or note, {assumed} marked as"
        " assumptions, {silent} without either.",
        len(rows),
    ).format(
        n=wording.number(len(rows)),
        sourced=wording.number(len(rows) - assumed - silent),
        assumed=wording.number(assumed),
        silent=wording.number(silent),
    )
    body = "".join(_table(facts, table) for table in TABLES if facts.scenario.rows(table))
    return page.Section("assumptions", _("What was assumed, and where it comes from"), lead, body)


def _is_assumed(row: Any) -> bool:
    return bool(_ASSUMED.match(row.source) or _ASSUMED.match(row.note))


def _table(facts: Facts, table: str) -> str:
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in facts.scenario.rows(table):
        groups[row.source.strip(), row.note.strip()].append(row)
    rows: list[list[page.Cell]] = []
    for (source, note), found in groups.items():
        what = "; ".join(_naming(facts, table, row) for row in found[:_ROWS_NAMED])
        if len(found) > _ROWS_NAMED:
            what += _("; and {n} more").format(n=wording.number(len(found) - _ROWS_NAMED))
        rows.append([what, linked(source), linked(note)])
    columns = [_("What the scenario says"), _("Source"), _("Note")]
    return page.table(
        f"assumed-{table}", table, columns, rows, file=f"{table}.csv", look="text sources"
    )


def _naming(facts: Facts, table: str, row: Any) -> str:
    """Name a row and its figure: Germany · Patriot fire unit: 9."""
    fields, figure = _NAMING[table]
    words = [_field(facts, name, getattr(row, name)) for name in fields]
    named = " · ".join(word for word in words if word)
    value = getattr(row, figure) if figure else None
    if value is None or value == "":
        return named
    written = wording.number(float(value), 4) if not isinstance(value, str) else value
    currency = getattr(row, "currency", "") if figure in {"price", "amount", "value"} else ""
    if not currency and figure in {"price", "value"}:
        currency = facts.scenario.currency
    return f"{named}: {currency}{wording.THIN if currency else ''}{written}"


def _field(facts: Facts, name: str, value: Any) -> str:
    if value == "*":
        return _("any")
    if name in {"party", "from_", "to", "customer", "supplier"} and isinstance(value, str):
        return facts.party(value)
    if name in {"item", "capability", "given", "accepted"}:
        return facts.item(value)
    return wording.clean(str(value))


def linked(text: str) -> page.Markup:
    """Escape a text and make its web addresses links that name their site."""
    parts, end = [], 0
    for match in _LINK.finditer(text):
        address = match.group().rstrip(".,;:)")
        site = address.split("/")[2].removeprefix("www.")
        link = f'<a href="{html.escape(address)}" rel="noreferrer">{html.escape(site)}</a>'
        parts += [_between(text[end : match.start()]), link]
        end = match.start() + len(address)
    return page.Markup("".join([*parts, _between(text[end:])]).strip())


def _between(text: str) -> str:
    """Escape what stands between two links; a space at either end stays."""
    before, after = (" " if end.isspace() else "" for end in (text[:1], text[-1:]))
    return f"{before}{html.escape(wording.clean(text))}{after}"
