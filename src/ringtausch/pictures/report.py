"""The report: one HTML file that a minister can read, print and keep, offline and without scripts.

In: a scenario and a plan for it. Out: a page. The same plan gives the same bytes: no clock, no
counter, nothing of this machine.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from ringtausch.language import _, ngettext
from ringtausch.pictures import wording
from ringtausch.pictures.assumptions import assumptions_section
from ringtausch.pictures.burden import burden_section
from ringtausch.pictures.capability import capability_section
from ringtausch.pictures.deals import deals_section
from ringtausch.pictures.document import document, write_page
from ringtausch.pictures.facts import Facts
from ringtausch.pictures.flow import flow_section
from ringtausch.pictures.money import money_section
from ringtausch.pictures.needs import needs_section
from ringtausch.pictures.quality import quality_section, settings_section
from ringtausch.pictures.slack import slack_section
from ringtausch.pictures.slots import slots_section
from ringtausch.pictures.story import answer
from ringtausch.pictures.timeline import timeline_section
from ringtausch.pictures.whom import whom_section
from ringtausch.pictures.why import why_section
from ringtausch.pictures.windows import windows_section

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ringtausch.insight.asks import Asks
    from ringtausch.insight.explain import Explanation
    from ringtausch.pictures.page import Section
    from ringtausch.records import Plan, Scenario
    from ringtausch.records.values import Value

__all__ = ["report_html", "write_report"]


def write_report(
    scenario: Scenario,
    plan: Plan,
    path: str | Path,
    *,
    values: Iterable[Value] = (),
    why: Explanation | None = None,
    asks: Asks | None = None,
    force: bool = False,
) -> Path:
    """Write the report of a plan as one HTML file.

    Parameters
    ----------
    scenario, plan
        what was known, and what to do.
    path
        the file to write; folders above it are made.
    values
        what units are worth by other bases than the items' own: `rt.read_values(folder, scenario)`.
    why, asks
        what `rt.explain(scenario, plan)` and `rt.asks(scenario, plan=plan)` found, to be drawn too.
    force
        replace a file that is there already.

    Raises
    ------
    OutputExists
        There is a file already and `force` is not given.
    """
    page = report_html(scenario, plan, values=values, why=why, asks=asks)
    return write_page(page, path, force=force)


def report_html(
    scenario: Scenario,
    plan: Plan,
    *,
    values: Iterable[Value] = (),
    why: Explanation | None = None,
    asks: Asks | None = None,
) -> str:
    """Return the report of a plan as a page that needs nothing else.

    Parameters
    ----------
    scenario, plan
        what was known, and what to do.
    values
        what units are worth by other bases than the items' own.
    why, asks
        what `rt.explain(scenario, plan)` and `rt.asks(scenario, plan=plan)` found, to be drawn too.
    """
    facts = Facts(scenario, plan, tuple(values))
    sections = [
        flow_section(facts),
        needs_section(facts),
        deals_section(facts),
        timeline_section(facts),
        slack_section(facts),
        windows_section(facts),
        capability_section(facts),
        money_section(facts),
        slots_section(facts),
        burden_section(facts),
        *([] if why is None else [why_section(facts, why)]),
        *([] if asks is None else [whom_section(facts, asks)]),
        quality_section(facts),
        assumptions_section(facts),
        settings_section(facts),
    ]
    title = f"{wording.clean(scenario.name)} – {_('hand-over plan')}"
    return document(title, _header(facts, sections), sections, _footer())


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
