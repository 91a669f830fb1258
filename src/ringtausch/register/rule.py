"""Rule 6 of the register: a named and versioned rule says which statements make the position.

In: a name, or a TOML file of the user's. Out: a rule: the classes that it admits, its rates between
currencies, and the statements that it sets aside, each with a reason that is shown with every figure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from ringtausch.language import _
from ringtausch.records.problems import InvalidInput, Problem, nearest
from ringtausch.register.vocabulary import CLASSES

__all__ = [
    "ALL_ADMITTED",
    "STRICT",
    "TRACKER",
    "InvalidRule",
    "Rate",
    "Rule",
    "read_rule",
    "rule_named",
]


class InvalidRule(InvalidInput):
    """A rule that does not exist, or a file of one that breaks the format."""


@dataclass(frozen=True, slots=True)
class Rate:
    """On a day one unit of a currency was so many of another one, according to a source."""

    currency: str
    to: str
    rate: Fraction
    on: date
    source: str


@dataclass(frozen=True)
class Rule:
    """Which statements make a position, and at which rates amounts are compared.

    Examples
    --------
    >>> STRICT.admits(2), STRICT.admits(3), TRACKER.admits(6)
    (True, False, True)
    """

    name: str
    version: str
    ranks: frozenset[int]
    rates: tuple[Rate, ...] = ()
    set_aside: Mapping[str, str] = field(default_factory=dict)  # id of a statement: the reason

    def admits(self, rank: int) -> bool:
        """Tell whether statements of a class, relative to the act, make a position."""
        return rank in self.ranks

    def rate(self, currency: str, to: str, on: date) -> Rate | None:
        """Return the latest rate of a day or before, None where there is none (rule 21).

        A rate the other way round serves as well, turned over exactly; of one day, the straight one comes
        first, and of several such the one that stands last in the rule.
        """
        best: tuple[date, bool, int, Rate] | None = None
        for place, known in enumerate(self.rates):
            straight = (known.currency, known.to) == (currency, to)
            if known.on <= on and (straight or (known.to, known.currency) == (currency, to)):
                found = (known.on, straight, place, known)
                best = found if best is None or found[:3] > best[:3] else best
        if best is None:
            return None
        known = best[3]
        return known if best[1] else Rate(currency, to, 1 / known.rate, known.on, known.source)


#: Only the party whose act it is: signed, or its official publication.
STRICT = Rule("strict", "1", frozenset({1, 2}))

#: The best class that there is, newest said within it.
TRACKER = Rule("tracker", "1", frozenset(CLASSES))

#: To ask what there would be if a rule left nothing out; nobody's figures are made by it.
ALL_ADMITTED = Rule("all", "1", frozenset(CLASSES))

_NAMED = {rule.name: rule for rule in (STRICT, TRACKER)}
_KEYS = ("name", "version", "classes", "rate", "set_aside")
_RATE_KEYS = ("currency", "to", "rate", "on", "source")


def rule_named(text: str) -> Rule:
    """Return the rule of a name, or read the file of one where the text ends in `.toml`.

    Raises
    ------
    InvalidRule
        There is no such rule, or the file breaks the format.

    Examples
    --------
    >>> rule_named("strict").name
    'strict'
    >>> rule_named("stirct")
    Traceback (most recent call last):
    ...
    ringtausch.register.rule.InvalidRule: --rule: there is no rule "stirct"; did you mean "strict"? There are strict, tracker, and files that end in .toml
    """
    if text in _NAMED:
        return _NAMED[text]
    if text.endswith(".toml"):
        return read_rule(Path(text))
    close = nearest(text, _NAMED)
    meant = _('; did you mean "{name}"?').format(name=close) if close else "."
    raise InvalidRule(
        [
            Problem(
                "--rule",
                0,
                "",
                text,
                _(
                    'there is no rule "{text}"{meant} There are {names}, and files that end in .toml'
                ).format(text=text, meant=meant, names=", ".join(_NAMED)),
            )
        ]
    )


def read_rule(path: Path) -> Rule:
    """Read a rule from a TOML file.

    `name` and `version` are texts, `classes` a list of numbers from 1 to 6 (all, where it is left out),
    each `[[rate]]` has `currency`, `to`, `rate` (a text such as "1.17" or "117/100"), `on` (a day) and
    `source`, and `[set_aside]` has the id of a statement and the reason, one a line.

    Raises
    ------
    InvalidRule
        With everything that is wrong with the file.
    """
    reading = _Reading(path.name)
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidRule([reading.problem("", "", error.strerror or str(error))]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = _("this is no TOML: {reason}").format(reason=error)
        raise InvalidRule([reading.problem("", "", message)]) from None
    rule = reading.rule(values)
    if reading.problems:
        raise InvalidRule(reading.problems)
    return rule


class _Reading:
    """Reads one file, and keeps every problem until the end."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def problem(self, column: str, value: object, message: str) -> Problem:
        return Problem(self.file, 0, column, str(value), message)

    def wrong(self, column: str, value: object, message: str) -> None:
        self.problems.append(self.problem(column, value, message))

    def rule(self, values: dict[str, Any]) -> Rule:
        self.known_keys("", values, _KEYS)
        rates = values.get("rate", [])
        if not isinstance(rates, list):
            self.wrong("rate", rates, _("rates are written below [[rate]], one for each"))
            rates = []
        read = [self.rate(number, rate) for number, rate in enumerate(rates, start=1)]
        return Rule(
            self.text("name", values),
            self.text("version", values),
            self.classes(values.get("classes", list(CLASSES))),
            tuple(rate for rate in read if rate is not None),
            self.set_aside(values.get("set_aside", {})),
        )

    def known_keys(self, place: str, values: dict[str, Any], known: tuple[str, ...]) -> None:
        for key, value in values.items():
            if key in known:
                continue
            close = nearest(key, known)
            meant = _('; did you mean "{name}"?').format(name=close) if close else ""
            message = _('unknown setting "{key}"{meant}').format(key=key, meant=meant)
            self.wrong(f"{place}{key}", value, message)

    def text(self, key: str, values: dict[str, Any], place: str = "") -> str:
        found = values.get(key, "")
        if isinstance(found, str) and found.strip():
            return found
        if key in values:
            message = _("has to be a text between quotation marks that is not empty")
        else:
            message = _('is missing; write {key} = "…"').format(key=key)
        self.wrong(place + key, found, message)
        return ""

    def classes(self, found: object) -> frozenset[int]:
        # True is a number to Python, and is none here.
        if isinstance(found, list) and found:
            ranks = [rank for rank in found if type(rank) is int and rank in CLASSES]
            if len(ranks) == len(found):
                return frozenset(ranks)
        self.wrong(
            "classes", found, _("has to be a list of classes from 1 to 6, for example [1, 2]")
        )
        return frozenset()

    def rate(self, number: int, found: object) -> Rate | None:
        place = f"rate {number}: "
        if not isinstance(found, dict):
            self.wrong(
                place.strip(": "), found, _("rates are written below [[rate]], one for each")
            )
            return None
        self.known_keys(place, found, _RATE_KEYS)
        count = len(self.problems)
        currency, to, source = (
            self.text(key, found, place) for key in ("currency", "to", "source")
        )
        if currency and currency == to:
            self.wrong(f"{place}to", to, _("is the currency itself; a rate is between two"))
        rate, day = self.number(place, found), self.day(place, found)
        if rate is None or day is None or len(self.problems) > count:
            return None
        return Rate(currency, to, rate, day, source)

    def number(self, place: str, values: dict[str, Any]) -> Fraction | None:
        found = values.get("rate")
        # A number of TOML with a point is a float, which is not exact.
        if isinstance(found, str) or type(found) is int:
            try:
                rate = Fraction(found)
            except (ValueError, ZeroDivisionError):
                rate = Fraction(0)
            if rate > 0:
                return rate
        message = _('has to be an exact number above 0, such as "1.17", between quotation marks')
        self.wrong(f"{place}rate", found, message)
        return None

    def day(self, place: str, values: dict[str, Any]) -> date | None:
        found = values.get("on")
        if type(found) is date:
            return found
        try:
            return date.fromisoformat(found if isinstance(found, str) else "")
        except ValueError:
            self.wrong(f"{place}on", found, _("has to be a day, such as 2025-07-01"))
            return None

    def set_aside(self, found: object) -> dict[str, str]:
        if not isinstance(found, dict):
            self.wrong(
                "set_aside", found, _('has to be a table: below [set_aside], "id" = "reason"')
            )
            return {}
        for identifier, reason in found.items():
            if not isinstance(reason, str) or not reason.strip():
                message = _("needs the reason why it is set aside, between quotation marks")
                self.wrong(f"set_aside: {identifier}", reason, message)
        return found
