"""Parts of the page: sections, figures, tables that open, keys to the marks.

In: text and mark-up of pictures. Out: HTML. A closed table is hidden by the style sheet alone, so
that it needs no script and is always printed: the switch (`details`) stands before the table, not
around it.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ringtausch.language import _, ngettext
from ringtausch.pictures import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "ROWS_AT_MOST", "Cell", "Markup", "Section", "figure", "key", "lines", "note", "panels", "table",
]  # fmt: skip

#: Cells of so few letters stay on one line.
_UNBROKEN = 18

#: On paper a table of so few rows is kept on one page.
_SHORT = 10

#: A table in the page shows so many rows; the rest stands in the plan's own files.
ROWS_AT_MOST = 400


class Markup(str):
    """Text that is HTML already and is not escaped again."""

    __slots__ = ()


#: A cell: text, mark-up, or a number with the text that shows it.
Cell = str | Markup | tuple[float, str]


@dataclass(frozen=True)
class Section:
    """A part of the page with a heading, a sentence that says what to see, and what is drawn."""

    key: str
    title: str
    lead: str
    body: str

    def html(self) -> str:
        """Write the section; heading and lead are escaped here, the body is mark-up already."""
        return (
            f'<section id="{self.key}" aria-labelledby="{self.key}-heading">'
            f'<div class="top"><h2 id="{self.key}-heading">{html.escape(self.title)}</h2>'
            f'<p class="lead">{html.escape(self.lead)}</p></div>\n{self.body}\n</section>\n'
        )


def note(text: str) -> str:
    """Write a remark below a picture; nothing for no text."""
    return f'<p class="note">{html.escape(text)}</p>\n' if text else ""


def lines(texts: Iterable[str]) -> str:
    """Write remarks as a list."""
    found = "".join(f"<li>{html.escape(text)}</li>" for text in texts)
    return f'<ul class="note">{found}</ul>\n'


def figure(picture: str, caption: str = "", *, name: str = "") -> str:
    """Frame a wide picture; on a narrow screen it scrolls inside its frame, by keyboard too."""
    words = f"<figcaption>{html.escape(caption)}</figcaption>" if caption else ""
    said = html.escape(name or caption)
    return (
        f'<figure>{words}<div class="wide" role="group" tabindex="0" aria-label="{said}">'
        f"{picture}</div></figure>\n"
    )


def panels(pictures: Iterable[tuple[str, str, bool, str]]) -> str:
    """Lay small pictures out side by side, one below the other on a phone.

    Parameters
    ----------
    pictures
        caption, what came of it in words, whether that is bad news, mark-up.
    """
    found = "".join(
        f"<figure><figcaption>{html.escape(caption)}"
        f'<p class="outcome{" alert" if bad else ""}">{html.escape(outcome)}</p></figcaption>'
        f"{picture}</figure>\n"
        for caption, outcome, bad, picture in pictures
    )
    return f'<div class="panels">{found}</div>\n'


def key(marks: Iterable[tuple[str, str]]) -> str:
    """Explain marks: each a small picture and its words. The words are enough without the mark."""
    found = "".join(
        f'<li><svg viewBox="0 0 28 16" aria-hidden="true">{mark}</svg>{html.escape(words)}</li>'
        for mark, words in marks
    )
    return f'<ul class="key">{found}</ul>\n'


def table(  # noqa: PLR0913  # a table has a name, heads, rows, and says what it leaves out
    name: str,
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    file: str = "",
    total: int | None = None,
    shut: bool = True,
    look: str = "",
) -> str:
    """Write a table behind a switch, closed at first on a screen, always open in print.

    Parameters
    ----------
    name
        unique in the page.
    caption
        what the table holds.
    columns
        the headings; the first column heads its row.
    rows
        cells: text, or (number, its text), which is set to the right.
    file
        the file that has every row, named where rows are left out.
    total
        how many rows there are in all, where only the first ones are given.
    shut
        whether it is closed at first; an open one has no switch.
    look
        `text` where its cells are sentences rather than figures, `text sources` where addresses,
        `text stack` where on a phone the cells of a row stand below each other.
    """
    shown = rows[:ROWS_AT_MOST]
    everything = len(rows) if total is None else total
    numeric = [any(isinstance(row[n], tuple) for row in shown) for n in range(len(columns))]
    head = "".join(
        f'<th scope="col"{_class(right)}>{html.escape(column)}</th>'
        for column, right in zip(columns, numeric, strict=True)
    )
    body = "".join(_row(row, numeric) for row in shown)
    more = ""
    if everything > len(shown):
        left_out = _("{n} more rows; {file} has them all.") if file else _("{n} more rows.")
        rest = wording.number(everything - len(shown))
        more = note(left_out.format(n=rest, file=file))
    said = html.escape(caption)
    classes = f"table {look} {'short' if len(shown) <= _SHORT else ''}".split()
    return (
        f"{_switch(said, everything) if shut else ''}"
        f'<div class="{" ".join(classes)}" role="region" tabindex="0" aria-labelledby="{name}-caption">'
        f'<table><caption id="{name}-caption">{said}</caption>'
        f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>{more}</div>\n"
    )


def _switch(said: str, rows: int) -> str:
    count = ngettext("{n} row", "{n} rows", rows).format(n=wording.number(rows))
    summary = f'<summary>{said}<span class="count">{count}</span></summary>'
    return f'<details class="switch">{summary}</details>'


def _row(cells: Sequence[Cell], numeric: Sequence[bool]) -> str:
    parts = []
    for n, (cell, right) in enumerate(zip(cells, numeric, strict=True)):
        said = cell[1] if isinstance(cell, tuple) else cell
        text = said if isinstance(said, Markup) else html.escape(said)
        tag = 'th scope="row"' if n == 0 else "td"
        # Dates and other short cells are not broken at their hyphens.
        look = _class(right) or (' class="s"' if 0 < len(said) <= _UNBROKEN else "")
        parts.append(f"<{tag}{look}>{text}</{tag[:2]}>")
    return f"<tr>{''.join(parts)}</tr>\n"


def _class(right: bool) -> str:  # the one thing it asks
    return ' class="n"' if right else ""
