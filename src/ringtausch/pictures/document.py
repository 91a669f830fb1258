"""A page as one file: style, patterns, header, sections, footer; nothing is loaded from elsewhere.

In: mark-up. Out: an HTML document, and a file of it, the same bytes on every system.
"""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING

from ringtausch.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ringtausch.pictures.page import Section

__all__ = ["document", "write_page"]

_PATTERNS = """<svg class="defs" aria-hidden="true" focusable="false"><defs>
<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="2" height="6"/></pattern>
<pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse">
<rect class="stripe-ground" width="5" height="5"/><rect class="stripe" width="5" height="2.5"/></pattern>
<pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">
<rect class="dot-ground" width="5" height="5"/><circle class="dot" cx="2.5" cy="2.5" r="1.6"/></pattern>
</defs></svg>"""


def document(
    title: str,
    header: str,
    sections: Sequence[Section],
    footer: str,
    styles: Iterable[str] = (),
) -> str:
    """Put a page together.

    Parameters
    ----------
    title
        what a window is called; escaped here.
    header, sections, footer
        mark-up from top to bottom.
    styles
        style sheets of this room, beside the report's own.
    """
    here = Path(__file__)
    sheets = [here.with_name(name).read_text(encoding="utf-8") for name in ("report.css", *styles)]
    return (
        f'<!DOCTYPE html>\n<html lang="{html.escape(_("en"))}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>\n{''.join(sheets)}</style>\n"
        f"</head>\n<body>\n{_PATTERNS}\n{header}"
        f'<main id="content">\n{"".join(section.html() for section in sections)}</main>\n'
        f"{footer}</body>\n</html>\n"
    )


def write_page(page: str, path: str | Path, *, force: bool) -> Path:
    """Write a page whole or not at all.

    Raises
    ------
    OutputExists
        There is a file already and `force` is not given.
    """
    from ringtausch.records.folders import write_file_whole

    target = Path(path)
    write_file_whole(target, lambda place: _write(place, page), force=force)
    return target


def _write(place: Path, page: str) -> None:
    # The same bytes on every system: no carriage returns on Windows.
    place.write_text(page, encoding="utf-8", newline="\n")
