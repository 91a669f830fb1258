"""Pictures: the standalone report of a plan, and its summary for a terminal; the same of a comparison.

In: a scenario and a plan, or a comparison. Out: one HTML file with static pictures, or lines of text. It reads no
files but its own style sheet, and knows no solver.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ringtausch.lazy import first_use

if TYPE_CHECKING:
    from ringtausch.pictures.comparison import comparison_html, write_comparison
    from ringtausch.pictures.comparison_terminal import comparison_lines
    from ringtausch.pictures.report import report_html, write_report
    from ringtausch.pictures.terminal import summary

__all__ = [
    "comparison_html",
    "comparison_lines",
    "report_html",
    "summary",
    "write_comparison",
    "write_report",
]

_HOMES = {
    "comparison_html": "comparison",
    "comparison_lines": "comparison_terminal",
    "report_html": "report",
    "summary": "terminal",
    "write_comparison": "comparison",
    "write_report": "report",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    return first_use(__name__, _HOMES, name)
