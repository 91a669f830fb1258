"""Words: every sentence meant for a user passes through here, so that it can be translated.

In: a sentence in English. Out: the same sentence in the user's language, where a catalogue for it is
packaged; otherwise as it came. The language is what `LANGUAGE`, `LC_ALL`, `LC_MESSAGES` or `LANG`
say, in this order, as gettext defines it. Must not know any room.

Catalogues are `locale/LANGUAGE/LC_MESSAGES/ringtausch.mo` inside the package; `make messages` writes
the template `locale/ringtausch.pot` that translators start from.
"""

from __future__ import annotations

import os
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

__all__ = ["DOMAIN", "LOCALE_FOLDER", "N_", "_", "ngettext"]

DOMAIN = "ringtausch"
LOCALE_FOLDER = Path(__file__).with_name("locale")

_LANGUAGE_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def _(message: str) -> str:
    """Translate a sentence.

    The sentence is a template: fill it in after it is translated, never before.

    Examples
    --------
    >>> _("{count} parties").format(count=3)
    '3 parties'
    """
    return _catalogue().gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate a sentence that depends on a number, in the plural form the language has for it.

    Examples
    --------
    >>> ngettext("{n} plan", "{n} plans", 2).format(n=2)
    '2 plans'
    """
    return _catalogue().ngettext(singular, plural, count)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name, which the extraction looks for
    """Mark a text that is translated later, where it is shown: in a table of names, say.

    Examples
    --------
    >>> rule_names = {1: N_("stock"), 2: N_("willingness")}
    >>> _(rule_names[2])
    'willingness'
    """
    return message


def _catalogue() -> NullTranslations:
    return _load(_languages())


def _languages() -> tuple[str, ...]:
    """Name the wanted languages, best first, as gettext would find them.

    Read at each call, not once: a server asks for another language per request, a test per case.
    """
    for variable in _LANGUAGE_VARIABLES:
        value = os.environ.get(variable)
        if value:
            return tuple(value.split(":"))
    return ()


@cache
def _load(languages: tuple[str, ...]) -> NullTranslations:
    return translation(DOMAIN, LOCALE_FOLDER, list(languages) or ["C"], fallback=True)
