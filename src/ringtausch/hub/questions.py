"""Read what a total is asked about: words against the directory and the vocabulary (rules 18 to 23).

In: an open register and words. Out: a `Question`, or everything that is wrong with the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ringtausch.language import _
from ringtausch.records.messages import or_suggest
from ringtausch.records.problems import Problem
from ringtausch.register.currencies import CURRENCIES
from ringtausch.register.dates import last_day, wrong_date
from ringtausch.register.question import BY, Question
from ringtausch.register.vocabulary import BASES, KINDS, RUNGS

if TYPE_CHECKING:
    from ringtausch.hub.asking import Asked

__all__ = ["read_question", "read_since"]

_ROWS = tuple(filter(None, BY))


def read_question(asked: Asked, words: Mapping[str, Any]) -> tuple[Question | None, list[Problem]]:
    """Read a question.

    Parameters
    ----------
    asked
        The register, for its names.
    words
        by, kinds, rungs, currency, item, pool, givers, receivers, matters, boundary, basis and
        per_currency; what is empty is not asked.
    """
    kinds, rungs = tuple(words["kinds"]), tuple(words["rungs"])
    if not kinds:
        kinds = ("payment",) if words["by"] == "contributor" else ("contribution",)
    if not rungs:
        rungs = tuple(_USUAL[kind] for kind in kinds if kind in _USUAL)
    problems = [*_wrong_names(asked, words), *_wrong_words(words, kinds, rungs)]
    if problems:
        return None, problems
    unit = words["currency"] or words["item"]
    question = Question(
        kinds,
        rungs,
        currency=words["currency"],
        item=words["item"],
        givers=frozenset(words["givers"]),
        receivers=frozenset(words["receivers"]),
        pool=words["pool"],
        boundary=frozenset(words["boundary"]),
        by=words["by"],
        per_currency=words["per_currency"] or not unit,
        basis=words["basis"],
        matters=tuple(words["matters"]),
    )
    return question, []


#: What counts of a kind where nothing else is asked for.
_USUAL = {
    "contribution": "committed",
    "payment": "paid",
    "transfer": "handed_over",
    "replacement": "accepted",
    "request": "asked",
    "consent": "granted",
    "exchange": "exchanged",
    "holding": "counted",
    "package": "stated",
}


def read_since(text: str | None, as_of: date) -> tuple[date | None, list[Problem]]:
    """Read after which day something is new; None where nobody asks (rule 22)."""
    if not text:
        return None, []
    wrong = wrong_date(text)
    if wrong is not None:
        return None, [Problem("--since", 0, "", text, wrong)]
    day = last_day(text)
    if day >= as_of:
        message = _("{day} is not before the as-of date {as_of}; nothing can be new").format(
            day=day.isoformat(), as_of=as_of.isoformat()
        )
        return None, [Problem("--since", 0, "", text, message)]
    return day, []


def _wrong_names(asked: Asked, words: Mapping[str, Any]) -> Iterable[Problem]:
    parties = asked.directory.parties
    named = {
        "--giver": words["givers"],
        "--receiver": words["receivers"],
        "--boundary": words["boundary"],
        "--pool": [words["pool"]] if words["pool"] else [],
    }
    for option, names in named.items():
        for name in names:
            if name not in parties:
                message = _('there is no party "{name}"; {hint}').format(
                    name=name, hint=or_suggest(name, parties)
                )
                yield Problem(option, 0, "", name, message)
    pool = words["pool"]
    if pool in parties and not asked.directory.is_pool(pool):
        message = _('"{name}" is no pool of the directory').format(name=pool)
        yield Problem("--pool", 0, "", pool, message)
    item = words["item"]
    if item and item not in asked.directory.items:
        message = _('there is no item "{name}"; {hint}').format(
            name=item, hint=or_suggest(item, asked.directory.items)
        )
        yield Problem("--item", 0, "", item, message)


def _wrong_words(
    words: Mapping[str, Any], kinds: tuple[str, ...], rungs: tuple[str, ...]
) -> Iterable[Problem]:
    choices = [("--by", words["by"], _ROWS), ("--basis", words["basis"], BASES)]
    choices += [("--currency", words["currency"], tuple(CURRENCIES))]
    choices += [("--kind", kind, KINDS) for kind in kinds]
    for option, text, known in choices:
        if text and text not in known:
            message = _('there is no "{text}"; {hint}').format(
                text=text, hint=or_suggest(text, known)
            )
            yield Problem(option, 0, "", text, message)
    if words["currency"] and words["item"]:
        message = _("a total counts one thing: leave out --currency or --item")
        yield Problem("--item", 0, "", words["item"], message)
    for kind in kinds:
        if kind in RUNGS and not set(rungs) & set(RUNGS[kind]):
            message = _("none of {rungs} is a milestone of a {kind}, which has {known}").format(
                rungs=", ".join(rungs) or _("nothing"), kind=kind, known=", ".join(RUNGS[kind])
            )
            yield Problem("--rung", 0, "", ", ".join(rungs), message)
    if words["by"] == "contributor" and not (words["pool"] and kinds == ("payment",)):
        message = _("a pool's payments alone are attributed to contributors: name the --pool")
        yield Problem("--by", 0, "", "contributor", message)
