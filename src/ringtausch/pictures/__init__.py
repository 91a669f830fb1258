"""Pictures: the standalone report of a plan, and its summary for a terminal.

In: a scenario and a plan. Out: one HTML file with static pictures, or lines of text. It reads no
files but its own style sheet, and knows no solver.
"""

from ringtausch.pictures.report import report_html, write_report
from ringtausch.pictures.terminal import summary

__all__ = ["report_html", "summary", "write_report"]
