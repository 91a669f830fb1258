"""The report: one HTML file that a minister can read, print and keep, offline and without scripts.

In: a scenario and a plan for it. Out: a page. The same plan gives the same bytes: no clock, no
counter, nothing of this machine.
"""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING

from ringtausch.language import _, ngettext
from ringtausch.pictures import wording
from ringtausch.pictures.assumptions import assumptions_section
from ringtausch.pictures.burden import burden_section
from ringtausch.pictures.capability import capability_section
from ringtausch.pictures.facts import Facts
from ringtausch.pictures.flow import flow_section
from ringtausch.pictures.money import money_section
from ringtausch.pictures.needs import needs_section
from ringtausch.pictures.quality import quality_section, settings_section
from ringtausch.pictures.story import answer
from ringtausch.pictures.timeline import timeline_section

if TYPE_CHECKING:
    from ringtausch.pictures.page import Section
    from ringtausch.records import Plan, Scenario

__all__ = ["report_html", "write_report"]

_PATTERNS = """<svg class="defs" aria-hidden="true" focusable="false"><defs>
<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="2" height="6"/></pattern>
<pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse">
<rect class="stripe-ground" width="5" height="5"/><rect class="stripe" width="5" height="2.5"/></pattern>
<pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">
<rect class="dot-ground" width="5" height="5"/><circle class="dot" cx="2.5" cy="2.5" r="1.6"/></pattern>
</defs></svg>"""


def write_report(scenario: Scenario, plan: Plan, path: str | Path, *, force: bool = False) -> Path:
    """Write the report of a plan as one HTML file.

    Parameters
    ----------
    scenario, plan
        what was known, and what to do.
    path
        the file to write; folders above it are made.
    force
        replace a file that is there already.

    Raises
    ------
    OutputExists
        There is a file already and `force` is not given.
    """
    from ringtausch.records.folders import write_file_whole

    target = Path(path)
    page = report_html(scenario, plan)
    write_file_whole(target, lambda place: _write(place, page), force=force)
    return target


def _write(place: Path, page: str) -> None:
    # The same bytes on every system: no carriage returns on Windows.
    place.write_text(page, encoding="utf-8", newline="\n")


def report_html(scenario: Scenario, plan: Plan) -> str:
    """Return the report of a plan as a page that needs nothing else.

    Parameters
    ----------
    scenario, plan
        what was known, and what to do.
    """
    facts = Facts(scenario, plan)
    sections = [
        flow_section(facts),
        timeline_section(facts),
        capability_section(facts),
        needs_section(facts),
        money_section(facts),
        burden_section(facts),
        quality_section(facts),
        assumptions_section(facts),
        settings_section(facts),
    ]
    name = html.escape(wording.clean(scenario.name))
    style = Path(__file__).with_name("report.css").read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="{html.escape(_("en"))}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name} – {html.escape(_('hand-over plan'))}</title>\n<style>\n{style}</style>\n"
        f"</head>\n<body>\n{_PATTERNS}\n{_header(facts, sections)}"
        f'<main id="content">\n{"".join(section.html() for section in sections)}</main>\n'
        f"{_footer()}</body>\n</html>\n"
    )


def _header(facts: Facts, sections: list[Section]) -> str:
    said = "".join(f"<p>{html.escape(sentence)}</p>\n" for sentence in answer(facts))
    links = "".join(
        f'<li><a href="#{section.key}">{html.escape(section.title)}</a></li>\n'
        for section in sections
    )
    return (
        f'<a class="skip" href="#content">{html.escape(_("Skip to the pictures"))}</a>\n<header>\n'
        f'<p class="kind">{html.escape(_("Hand-over plan"))}</p>\n'
        f"<h1>{html.escape(wording.isolate(wording.clean(facts.scenario.name)))}</h1>\n"
        f'<p class="kind">{html.escape(_period(facts))}</p>\n{_warning(facts)}'
        f'<div class="answer" role="region" aria-label="{html.escape(_("The answer"))}">\n{said}</div>\n'
        f'<nav aria-label="{html.escape(_("Parts of this report"))}"><ul>\n{links}</ul></nav>\n'
        "</header>\n"
    )


def _period(facts: Facts) -> str:
    scenario = facts.scenario
    return _("{first} to {last}: {horizon} for hand-overs, {settlement} more to settle").format(
        first=wording.when(scenario, 0),
        last=wording.when(scenario, facts.count - 1),
        horizon=wording.periods(scenario, scenario.horizon),
        settlement=wording.periods(scenario, scenario.settlement),
    )


def _warning(facts: Facts) -> str:
    """Say so when the plan was made for other figures than these."""
    said = []
    if facts.plan.scenario_hash != facts.scenario.content_hash:
        said.append(
            _(
                "This plan was made for another state of the scenario: the content hashes differ."
                " Plan again before you rely on it."
            )
        )
    if facts.misplaced:
        said.append(
            ngettext(
                "{n} row of the plan names something that the scenario does not have; it is left"
                " out here.",
                "{n} rows of the plan name something that the scenario does not have; they are left"
                " out here.",
                facts.misplaced,
            ).format(n=wording.number(facts.misplaced))
        )
    return f'<p class="warning">{html.escape(" ".join(said))}</p>\n' if said else ""


def _footer() -> str:
    text = _(
        "Every figure here follows from the scenario and the plan beside this report; the plan's CSV"
        " files hold them all. Nothing in this page was loaded from elsewhere."
    )
    return f"<footer><p>{html.escape(text)}</p></footer>\n"
