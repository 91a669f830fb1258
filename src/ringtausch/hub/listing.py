"""Choose statements by who, what and when they are about.

In: statements in view and what is asked for. Out: those of them, in the order of recording; or what is wrong
with the question.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from ringtausch.language import _
from ringtausch.records.messages import or_suggest
from ringtausch.records.problems import Problem
from ringtausch.register.dates import first_day, wrong_date
from ringtausch.register.statement import Statement
from ringtausch.register.vocabulary import KINDS, milestones

__all__ = ["Filter", "matching"]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which statements; what is empty is not asked."""

    party: str = ""  # giver, receiver, sayer or recorder
    matter: str = ""  # a pattern
    kind: str = ""
    milestone: str = ""
    said_by: str = ""
    since: str = ""  # recorded on that day or after

    def problems(self) -> list[Problem]:
        """Say which words mean nothing."""
        found = []
        known = tuple(dict.fromkeys(name for kind in KINDS for name in milestones(kind)))
        for option, text, names in (
            ("--kind", self.kind, KINDS),
            ("--milestone", self.milestone, known),
        ):
            if text and text not in names:
                message = _('there is no "{text}"; {hint}').format(
                    text=text, hint=or_suggest(text, names)
                )
                found.append(Problem(option, 0, "", text, message))
        wrong = wrong_date(self.since) if self.since else None
        if wrong is not None:
            found.append(Problem("--since", 0, "", self.since, wrong))
        return found


def matching(statements: Iterable[Statement], wanted: Filter) -> list[Statement]:
    """Keep the statements that are asked for."""
    since = first_day(wanted.since).isoformat() if wanted.since else ""
    return [
        said
        for said in statements
        if (
            not wanted.party
            or wanted.party
            in (said.giver, said.receiver, said.said_by, said.recorded_by, said.terms.replacer)
        )
        and (not wanted.matter or fnmatchcase(said.matter, wanted.matter))
        and wanted.kind in {"", said.kind}
        and wanted.milestone in {"", said.milestone}
        and wanted.said_by in {"", said.said_by}
        and said.recorded_at >= since
    ]
