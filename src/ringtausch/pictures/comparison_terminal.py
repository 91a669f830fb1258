"""A comparison in a terminal: one table within 80 columns, in blocks where variants are many.

In: a comparison. Out: plain lines: what each variant is, the figures, what is worth a warning.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ringtausch.language import _, ngettext
from ringtausch.pictures import wording
from ringtausch.pictures.comparison_rows import Line, lines
from ringtausch.pictures.comparison_story import overview, verdict, warnings
from ringtausch.pictures.plain import COLUMNS, aligned, cut, plain, wrapped
from ringtausch.records.edits import parse_edit, write_edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ringtausch.insight.compare import Column, Comparison

__all__ = ["comparison_lines"]

_NAME = 25
_CELL = 12
_EDITS_SHOWN = 3
_NOT_SHOWN = {"source", "note"}


def comparison_lines(comparison: Comparison) -> list[str]:
    """Tell a comparison in lines of at most 80 columns.

    Parameters
    ----------
    comparison
        what `compare` found.
    """
    found = [cut(wording.clean(comparison.base.scenario.name), COLUMNS)]
    for sentence in (*overview(comparison), *warnings(comparison)):
        found += wrapped(sentence)
    for column in comparison.columns:
        found += _described(comparison, column)
    groups = lines(comparison, plain=True)
    for block in _blocks(comparison, [line for _title, group in groups for line in group]):
        found += ["", *_block(comparison, groups, block)]
    return found


def _described(comparison: Comparison, column: Column) -> list[str]:
    """Say what a column is, which rows it changes, and why it has no plan where it has none."""
    if column.kind != "variant" and column.status == "optimal":
        return []
    head = f"{wording.clean(column.label)}: {wording.clean(column.title)}"
    if column.kind == "variant":
        head += f" – {verdict(comparison, column)[1]}"
    found = ["", *wrapped(head)]
    shown = column.edits[:_EDITS_SHOWN]
    found += [cut(plain(f"  {wording.clean(_in_short(edit))}"), COLUMNS) for edit in shown]
    rest = len(column.edits) - _EDITS_SHOWN
    if rest > 0:
        found.append(
            "  " + ngettext("and {n} edit more", "and {n} edits more", rest).format(n=rest)
        )
    if column.status == "infeasible":
        found.append("  " + _("no plan; these rows cannot hold together:"))
        found += [cut(plain(f"    {row}"), COLUMNS) for row in column.why_none]
    elif column.status == "unknown":
        found.append("  " + _("no plan was found within the time limit"))
    elif column.status == "feasible":
        found.append("  " + _("stopped by the time limit: the best plan found so far"))
    return found


def _in_short(edit: str) -> str:
    """Leave out where a new row comes from: it is for those who read the file."""
    parsed = parse_edit(edit)
    cells = tuple(cell for cell in parsed.cells if cell[0] not in _NOT_SHOWN)
    return write_edit(replace(parsed, cells=cells)) if parsed.kind == "add" else edit


def _blocks(comparison: Comparison, all_lines: Sequence[Line]) -> Iterator[list[int]]:
    """Choose which columns stand side by side: the first one always, then as many as fit."""
    widths = [
        max(
            [len(part) for part in _heading(column.label)]
            + [len(line.cells[n]) for line in all_lines]
        )
        for n, column in enumerate(comparison.columns)
    ]
    room = COLUMNS - 2 - _NAME - 2 - min(_CELL, widths[0])
    block: list[int] = []
    left = room
    for n in range(1, len(widths)):
        wide = min(_CELL, widths[n]) + 2
        if block and wide > left:
            yield [0, *block]
            block, left = [], room
        block.append(n)
        left -= wide
    yield [0, *block]


def _heading(label: str) -> list[str]:
    """Break a name at its hyphens and spaces into lines of a cell's width."""
    rows = [""]
    for part in wording.clean(label).replace("-", "-\0").replace(" ", " \0").split("\0"):
        if rows[-1] and len(rows[-1] + part.rstrip()) > _CELL:
            rows.append("")
        rows[-1] += part
    return [row.strip() for row in rows]


def _block(
    comparison: Comparison, groups: list[tuple[str, list[Line]]], block: list[int]
) -> list[str]:
    headings = [_heading(comparison.columns[n].label) for n in block]
    height = max(map(len, headings))
    rows = [["", *(_from_below(parts, height, row) for parts in headings)] for row in range(height)]
    for title, group in groups:
        rows.append([title, *("" for _n in block)])
        for line in group:
            cells = [line.cells[n] or _absent(comparison.columns[n]) for n in block]
            rows.append([f" {line.name}", *cells])
    fitted = [
        [cut(plain(row[0]), _NAME), *(cut(plain(cell), _CELL) for cell in row[1:])] for row in rows
    ]
    return aligned(fitted, right=range(1, len(block) + 1))


def _from_below(parts: list[str], height: int, row: int) -> str:
    """Headings of fewer lines stand at the bottom."""
    place = row - (height - len(parts))
    return parts[place] if place >= 0 else ""


def _absent(column: Column) -> str:
    return _("no plan") if column.figures is None else ""
