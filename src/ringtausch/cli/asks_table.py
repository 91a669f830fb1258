"""Asks on a terminal: all of them at once, answers as they come, and the table at the end.

In: concessions and answers. Out: lines of at most 80 columns, or a live table on a terminal.
"""

from __future__ import annotations

import io
import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ringtausch.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.live import Live
    from rich.table import Table

    from ringtausch.insight.asks import Ask, Asks, Concession, Reach

__all__ = ["Answers", "ask_lines", "reach_lines"]

_WIDTH = 80
_CHANGE = 24
_ROOM = 4  # lines of the terminal that the live table leaves


def change_of(ask: Ask) -> str:
    """Say in a few characters which objective an ask changes first, and by how much.

    An objective as large as money is written in millions.
    """
    if ask.verdict in {"same", "impossible", "open"}:
        words = {"same": _("no change"), "impossible": _("no plan"), "open": _("not known yet")}
        return words[ask.verdict]
    size = abs(ask.change)
    text = f"{size / 1e6:,.4g} m" if size >= 999_500 else f"{size:,.4g}"
    return f"{ask.first} {'−' if ask.change < 0 else '+'}{text}"


def ask_lines(found: Asks, top: int | None, *, everything: bool) -> list[str]:
    """Write the table: what each ask changes first, and the sentence to ask with."""
    shown = list(found.asks if everything else found.of("better"))
    left_out = len(shown) - len(shown[:top])
    table = _table()
    for number, ask in enumerate(shown[:top], start=1):
        table.add_row(str(number), change_of(ask), ask.sentence)
    lines = _printed(table) if shown else [_("No single concession makes anything better.")]
    return [*lines, "", *_counts(found, left_out, everything=everything)]


def _counts(found: Asks, left_out: int, *, everything: bool) -> list[str]:
    """Say what is not shown."""
    said = []
    if left_out > 0:
        said.append(ngettext("{n} more below these", "{n} more below these", left_out))
    amounts = [left_out] if left_out > 0 else []
    if not everything:
        for verdict, one, many in (
            ("same", "{n} changes nothing", "{n} change nothing"),
            ("worse", "{n} makes something worse", "{n} make something worse"),
            ("impossible", "{n} leaves no plan", "{n} leave no plan"),
        ):
            count = len(found.of(verdict))  # type: ignore[arg-type]
            if count:
                said.append(ngettext(one, many, count))
                amounts.append(count)
    texts = [text.format(n=n) for text, n in zip(said, amounts, strict=True)]
    lines = []
    if texts:
        lines.append(_("{counts}; --all lists them").format(counts=", ".join(texts)))
    still = len(found.of("open"))
    if still:
        lines.append(
            ngettext(
                "{n} is not answered: the search was stopped",
                "{n} are not answered: the search was stopped",
                still,
            ).format(n=still)
        )
    return [*lines, _("{n} asks, {seconds:.1f} s").format(n=len(found.asks), seconds=found.seconds)]


def reach_lines(found: Reach) -> list[str]:
    """Say what it takes to reach a goal, the smallest set first."""
    if found.status == "unreachable":
        return [
            _("No concessions of the list reach {goal}, not even all of them.").format(
                goal=found.goal
            ),
            _("Larger ones may: --units, --months, --amount."),
        ]
    if found.status == "open":
        return [
            ngettext(
                "Time ran out; it takes at least {n} concession.",
                "Time ran out; it takes at least {n} concessions.",
                found.at_least,
            ).format(n=found.at_least)
        ]
    table = _table()
    for number, one in enumerate(found.sets, start=1):
        count = len(one.concessions)
        asks = ngettext("{n} concession", "{n} concessions", count).format(n=count)
        weight = _("reluctance {weight}").format(weight=one.reluctance)
        table.add_row(str(number), f"{asks}\n{weight}", one.sentence)
    said = (
        _("Proved: fewer do not reach it, and none with less reluctance.")
        if found.proved
        else _("Time ran out: the first is proved the smallest, what follows may not be the next.")
    )
    return [*_printed(table), "", said, _("{seconds:.1f} s").format(seconds=found.seconds)]


def _table() -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, width=_WIDTH, show_edge=False, pad_edge=False)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column(_("changes first"), max_width=_CHANGE)
    table.add_column(_("the sentence to ask with"), ratio=1)
    return table


def _printed(table: Table) -> list[str]:
    """Draw a table as plain text."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out, width=_WIDTH, color_system=None, force_terminal=False, highlight=False
    )
    console.print(table, markup=False)
    return [line.rstrip() for line in out.getvalue().rstrip().splitlines()]


class Answers:
    """Shows all asks at once and fills in the answers; nothing where there is no terminal."""

    def __init__(self, concessions: Sequence[Concession]) -> None:
        self._open = {concession.wish: concession for concession in concessions}
        self._answered: list[Ask] = []
        self._total = len(concessions)
        self._live: Live | None = None

    def __enter__(self) -> Self:
        """Begin to show them."""
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.live import Live

            console = Console(stderr=True)
            self._live = Live(
                get_renderable=lambda: self._drawn(*console.size),
                console=console,
                refresh_per_second=4,
                transient=True,
            )
            self._live.start(refresh=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Take the table away."""
        if self._live is not None:
            self._live.stop()

    def take(self, ask: Ask, _answered: int, total: int) -> None:
        """Fill in an answer."""
        self._answered.append(ask)
        self._open.pop(ask.wish, None)
        self._total = total

    def _drawn(self, columns: int, lines: int) -> Table:
        """Draw what is answered and helps, then what is not answered yet, as far as there is room."""
        from rich.table import Table

        room = max(1, lines - _ROOM)
        table = Table(
            box=None,
            title=_("{n} of {total} answered; Ctrl-C stops").format(
                n=len(self._answered), total=self._total
            ),
            width=min(columns, 120),
            show_header=False,
        )
        table.add_column(width=_CHANGE, no_wrap=True)
        table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        better = sorted(
            (ask for ask in self._answered if ask.verdict == "better"), key=lambda ask: ask.vector
        )
        rows = [(change_of(ask), ask.wish) for ask in better]
        rows += [("…", concession.wish) for concession in self._open.values()]
        for change, wish in rows[:room]:
            table.add_row(change, wish)
        if len(rows) > room:
            table.add_row("", _("and {n} more").format(n=len(rows) - room))
        return table
