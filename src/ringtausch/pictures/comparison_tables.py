"""The figures of a comparison as tables: a row for each column of it, and how the page was made.

In: a comparison. Out: sections of the page.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import page, wording
from ringtausch.pictures.comparison_rows import Line, ask_lines, objective_lines
from ringtausch.pictures.comparison_story import verdict
from ringtausch.pictures.story import meanings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ringtausch.insight.compare import Comparison

__all__ = ["figures_section", "made_section"]

#: So many figures stand side by side before a new table begins.
_ACROSS = 7


def figures_section(comparison: Comparison) -> page.Section:
    """List every figure of every column: the aims in their order, then what people ask about."""
    lead = _(
        "A row for each variant. Figures that differ from the scenario as it is are set in bold."
    )
    aims = objective_lines(comparison, plain=False)
    asked = ask_lines(comparison, plain=False)
    body = _table(comparison, "figures-aims", _("Aims, in their order"), aims)
    for place, block in enumerate(_evenly(asked)):
        caption = _("What people ask about, part {n}").format(n=place + 1)
        body += _table(comparison, f"figures-asked-{place}", caption, block)
    return page.Section("figures", _("Every figure"), lead, body)


def _evenly(lines: Sequence[Line]) -> list[Sequence[Line]]:
    parts = -(-len(lines) // _ACROSS)
    size = -(-len(lines) // parts)
    return [lines[at : at + size] for at in range(0, len(lines), size)]


def _table(comparison: Comparison, name: str, caption: str, lines: Sequence[Line]) -> str:
    rows: list[list[page.Cell]] = []
    for n, column in enumerate(comparison.columns):
        cells = [page.Markup(_cell(line, n)) for line in lines]
        if not column.objectives:
            cells[0] = page.Markup(f"<strong>{verdict(comparison, column)[1]}</strong>")
        rows.append([wording.isolate(wording.clean(column.title)), *cells])
    columns = [_("Variant"), *(_capital(line.name) for line in lines)]
    return f"<h3>{caption}</h3>\n" + page.table(
        name, caption, columns, rows, shut=False, look="figures"
    )


def _cell(line: Line, n: int) -> str:
    text = html.escape(line.cells[n])
    return text if line.cells[n] == line.cells[0] else f"<strong>{text}</strong>"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def made_section(comparison: Comparison) -> page.Section:
    """List what reproduces the page: hashes, states of the search, and what each aim means."""
    rows: list[list[page.Cell]] = []
    ended = {
        "optimal": _("proved best"),
        "feasible": _("stopped by a limit, best found so far"),
        "infeasible": _("no plan"),
        "unknown": _("stopped by a limit before any plan was found"),
    }
    for column in comparison.columns:
        made = column.made_from + (_(" (another state)") if column.stale else "")
        rows.append(
            [
                wording.clean(column.label),
                column.scenario.content_hash[:12],
                made,
                ended[column.status],
            ]
        )
    columns = [
        _("Variant"), _("content hash of what was planned"), _("written for the hash"), _("search"),
    ]  # fmt: skip
    said: list[list[page.Cell]] = [list(meanings()[name]) for name in comparison.listed]
    body = page.table("made-table", _("Scenarios planned"), columns, rows, look="text")
    body += page.table(
        "aims-table", _("What the aims count"), [_("Aim"), _("meaning")], said, look="text"
    )
    lead = _(
        "Whoever plans the same scenarios gets the same figures. All were planned for the same aims."
    )
    return page.Section("made", _("How this page was made"), lead, body)
