"""The comparison as one HTML page: the story, all at a glance, small multiples, the figures.

In: a comparison. Out: a page that works offline, prints, and needs no script. The same comparison
gives the same bytes.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import page, wording
from ringtausch.pictures.assumptions import linked
from ringtausch.pictures.comparison_overview import overview_picture
from ringtausch.pictures.comparison_panels import Panels, need_names, panel_key
from ringtausch.pictures.comparison_story import differences, overview, verdict, warnings
from ringtausch.pictures.comparison_tables import figures_section, made_section
from ringtausch.pictures.document import document, write_page
from ringtausch.pictures.facts import Facts
from ringtausch.pictures.story import answer

if TYPE_CHECKING:
    from pathlib import Path

    from ringtausch.insight.compare import Column, Comparison

__all__ = ["comparison_html", "write_comparison"]


def write_comparison(comparison: Comparison, path: str | Path, *, force: bool = False) -> Path:
    """Write a comparison as one HTML file.

    Parameters
    ----------
    comparison
        what `compare` found.
    path
        the file to write; folders above it are made.
    force
        replace a file that is there already.

    Raises
    ------
    OutputExists
        There is a file already and `force` is not given.
    """
    return write_page(comparison_html(comparison), path, force=force)


def comparison_html(comparison: Comparison) -> str:
    """Return a comparison as a page that needs nothing else.

    Parameters
    ----------
    comparison
        what `compare` found.
    """
    sections = [
        _glance(comparison),
        _one_by_one(comparison),
        figures_section(comparison),
        made_section(comparison),
    ]
    title = f"{wording.clean(comparison.base.scenario.name)} – {_('side by side')}"
    head = _header(comparison, sections)
    return document(title, head, sections, _footer(), styles=["comparison.css"])


def _header(comparison: Comparison, sections: list[page.Section]) -> str:
    said = "".join(f"<p>{html.escape(sentence)}</p>\n" for sentence in overview(comparison))
    warned = "".join(
        f'<p class="warning">{html.escape(sentence)}</p>\n' for sentence in warnings(comparison)
    )
    links = "".join(
        f'<li><a href="#{section.key}">{html.escape(section.title)}</a></li>\n'
        for section in sections
    )
    name = html.escape(wording.isolate(wording.clean(comparison.base.scenario.name)))
    return (
        f'<a class="skip" href="#content">{html.escape(_("Skip to the pictures"))}</a>\n<header>\n'
        f'<p class="kind">{html.escape(_("Variants side by side"))}</p>\n<h1>{name}</h1>\n{warned}'
        f'<div class="answer" role="region" aria-label="{html.escape(_("The answer"))}">\n{said}</div>\n'
        f'<nav aria-label="{html.escape(_("Parts of this page"))}"><ul>\n{links}</ul></nav>\n'
        "</header>\n"
    )


def _glance(comparison: Comparison) -> page.Section:
    lead = _(
        "A bar for each of the first aims; every figure is better the smaller it is. The dashed line"
        " is the scenario as it is. ▲ better and ▼ worse go by the first aim that differs,"
        " shown here or not."
    )
    return page.Section("glance", _("All at a glance"), lead, overview_picture(comparison))


def _one_by_one(comparison: Comparison) -> page.Section:
    lead = _(
        "What changes, beside what comes of it. All pictures of a kind have one scale; the dashed"
        " lines are the scenario as it is."
    )
    panels = Panels.of(comparison)
    body = page.key(panel_key(need_names(comparison))) + "".join(
        _article(comparison, panels, place, column)
        for place, column in enumerate(comparison.columns)
    )
    return page.Section("variants", _("One by one"), lead, body)


def _article(comparison: Comparison, panels: Panels, place: int, column: Column) -> str:
    pictures = "".join(
        f"<figure><figcaption>{html.escape(caption)}</figcaption>{picture}</figure>\n"
        for caption, picture in panels.draw(place, column)
    )
    trio = f'<div class="trio">{pictures}</div>\n' if pictures else ""
    title = html.escape(wording.isolate(wording.clean(column.title)))
    return (
        f'<article class="variant" id="v{place}" aria-labelledby="v{place}-heading">\n'
        f'<h3 id="v{place}-heading">{title}</h3>\n{_said(comparison, column)}'
        f"{trio}{_edits(place, column)}</article>\n"
    )


def _said(comparison: Comparison, column: Column) -> str:
    """Write the verdict, why it is asked, and what changes."""
    if column.kind == "base" and column.plan is not None:
        told = answer(Facts(column.scenario, column.plan))
        return "".join(f"<p>{html.escape(sentence)}</p>\n" for sentence in told)
    word, text = verdict(comparison, column)
    name = f"<code>{html.escape(wording.clean(column.name))}</code>" if column.name else ""
    if column.on:
        built = _("builds on {name}").format(name=wording.clean(column.on))
        name += f"<code>{html.escape(built)}</code>"
    parts = [f'<p class="verdict {word}">{html.escape(text)}{name}</p>\n']
    if column.reason:
        parts.append(f'<p class="why">{linked(column.reason)}</p>\n')
    sentences = differences(comparison, column) or [
        _("These rows cannot hold together: {row}").format(row=row) for row in column.why_none
    ]
    listed = "".join(f"<li>{html.escape(sentence)}</li>\n" for sentence in sentences)
    parts.append(f'<ul class="changes">\n{listed}</ul>\n' if listed else "")
    return "".join(parts)


def _edits(place: int, column: Column) -> str:
    """List the rows that are changed, behind a switch on a screen."""
    if not column.edits:
        return ""
    rows: list[list[page.Cell]] = [
        [page.Markup(f"<code>{html.escape(wording.clean(edit))}</code>")] for edit in column.edits
    ]
    name = f"v{place}-edits"
    return page.table(name, _("Rows changed"), [_("Edit")], rows, look="text")


def _footer() -> str:
    text = _(
        "Every figure here follows from the scenario, the edits of its variants and the plans found"
        " for them. Nothing in this page was loaded from elsewhere."
    )
    return f"<footer><p>{html.escape(text)}</p></footer>\n"
