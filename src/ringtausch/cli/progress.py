"""Progress on a terminal: shown once planning takes over a second, gone when it ends."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ringtausch.language import _

if TYPE_CHECKING:
    from rich.live import Live
    from rich.text import Text

    from ringtausch.planning import Progress

__all__ = ["TerminalProgress", "progress_line"]

_PATIENCE = 1.0  # seconds


def progress_line(progress: Progress, seconds: float) -> str:
    """Say in one line which objective is at work, its value, bound, gap and the time.

    Examples
    --------
    >>> from ringtausch.planning import Progress
    >>> progress_line(Progress("spend", 4, 6, 0.0, value=120.0, bound=90.0), 3.2)
    'spend (4 of 6)  best 120  bound 90  gap 25.0 %  3 s  Ctrl-C stops'
    """
    parts = []
    if progress.objective:
        parts.append(
            _("{objective} ({step} of {steps})").format(
                objective=progress.objective, step=progress.step, steps=progress.steps
            )
        )
    else:
        parts.append(_("writing the rules down"))
    if progress.value is not None:
        parts.append(_("best {value:.6g}").format(value=progress.value))
    if progress.bound is not None:
        parts.append(_("bound {bound:.6g}").format(bound=progress.bound))
    if progress.gap is not None:
        parts.append(_("gap {gap:.1f} %").format(gap=100 * progress.gap))
    parts.append(_("{seconds:.0f} s").format(seconds=seconds))
    parts.append(_("Ctrl-C stops"))
    return "  ".join(parts)


class TerminalProgress:
    """Shows how far planning is; does nothing where the error stream is no terminal."""

    def __init__(self) -> None:
        self._latest: Progress | None = None
        self._live: Live | None = None
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()

    def __call__(self, progress: Progress) -> None:
        """Take note of how far planning is."""
        self._latest = progress

    def __enter__(self) -> Self:
        """Start to wait for the moment from which progress is shown."""
        if sys.stderr.isatty():
            self._timer = threading.Timer(_PATIENCE, self._show)
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Take the line away."""
        if self._timer is not None:
            self._timer.cancel()
        with self._lock:
            if self._live is not None:
                self._live.stop()
            self._timer = None

    def _show(self) -> None:
        import time

        from rich.console import Console
        from rich.live import Live
        from rich.text import Text

        began = time.perf_counter() - _PATIENCE

        def line() -> Text:
            if self._latest is None:
                return Text("")
            text = progress_line(self._latest, time.perf_counter() - began)
            return Text(text, no_wrap=True, overflow="ellipsis")

        with self._lock:
            if self._timer is not None:  # planning has not ended meanwhile
                self._live = Live(
                    get_renderable=line,
                    console=Console(stderr=True),
                    refresh_per_second=4,
                    transient=True,
                )
                self._live.start()
