"""Pictures: the standalone report of a plan, and its summary for a terminal; the same of a comparison.

In: a scenario and a plan, or a comparison. Out: one HTML file with static pictures, or lines of text. It reads no
files but its own style sheet, and knows no solver.
"""

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
