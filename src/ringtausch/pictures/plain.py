"""Plain text in columns: what fits a terminal, with characters that every terminal has.

In: cells and sentences. Out: lines of at most 80 columns, as wide as characters take there. It knows
no plan.
"""

from __future__ import annotations

import textwrap
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["COLUMNS", "aligned", "cut", "plain", "wrapped"]

COLUMNS = 80

_SENTENCE_LINES = 5
#: What fonts of terminals may lack, or draw with another width.
_PLAIN = str.maketrans(
    {
        "\u202f": " ",
        "\u2212": "-",
        "–": "-",
        "×": "x",
        "“": '"',
        "”": '"',
        "\u2068": "",
        "\u2069": "",
    }
)


def plain(text: str) -> str:
    """Replace what a terminal may not have."""
    return text.translate(_PLAIN)


def aligned(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> list[str]:
    """Set rows in columns; the widest columns give way until a line fits.

    Parameters
    ----------
    rows
        cells, the same number in each row.
    right
        the columns that end at one place, as numbers do; they are never cut.

    Examples
    --------
    >>> aligned([["a", "10"], ["bcd", "5"]], right={1})
    ['  a    10', '  bcd   5']
    """
    if not rows:
        return []
    shown = [[plain(cell) for cell in row] for row in rows]
    widths = [max(_width(row[n]) for row in shown) for n in range(len(shown[0]))]
    room = COLUMNS - 2 - 2 * (len(widths) - 1)
    flexible = [n for n in range(len(widths)) if n not in right] or list(range(len(widths)))
    while sum(widths) > room and any(widths[n] > 1 for n in flexible):
        widths[max(flexible, key=widths.__getitem__)] -= 1
    lines = []
    for row in shown:
        cells = [
            _pad(cut(cell, width), width, before=n in right)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append(("  " + "  ".join(cells)).rstrip())
    return lines


def wrapped(sentence: str) -> list[str]:
    """Break a sentence into a few lines; what does not fit ends in an ellipsis."""
    # Characters that take two columns count twice, so that no line runs over.
    text = plain(sentence)
    wide = _width(text) > len(text)
    lines = textwrap.wrap(text, COLUMNS // 2 if wide else COLUMNS)
    if len(lines) > _SENTENCE_LINES:
        lines = [*lines[: _SENTENCE_LINES - 1], cut(" ".join(lines[_SENTENCE_LINES - 1 :]), 76)]
    return [cut(line, COLUMNS) for line in lines]


def cut(text: str, most: int) -> str:
    """Cut a text to so many columns, the last one an ellipsis."""
    if _width(text) <= most:
        return text
    kept, width = "", 1
    for char in text:
        width += _columns(char)
        if width > most:
            break
        kept += char
    return kept.rstrip() + "…"


def _width(text: str) -> int:
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or char in "\u200c\u200d":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _pad(text: str, width: int, *, before: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if before else text + space
