"""Every sentence about a file of variants that cannot be used, one function each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ringtausch.language import _, ngettext
from ringtausch.records.edit_messages import some
from ringtausch.records.messages import or_suggest


def second_variant(name: str, first: int) -> str:
    """Say that a name is taken."""
    return _('a second variant "{name}"; the first is line {first}: give one another name').format(
        name=name, first=first
    )


def not_a_variant(name: str) -> str:
    """Say that a variant is a section."""
    return _("stands in no variant; write a line such as [my-variant] above {name}").format(
        name=name
    )


def no_name() -> str:
    """Say that a variant needs a name, which commands call it by."""
    return _("a variant needs a name; write a line such as [my-variant]")


def a_text() -> str:
    """Say what a title is."""
    return _("a text")


def a_list_of_edits(example: str) -> str:
    """Say what edits are."""
    return _("a list of edits such as {example}").format(example=example)


def not_a_hash(text: str) -> str:
    """Say what a variant may be made from."""
    return _(
        '"{text}" is no content hash; write the one that ringtausch check --json shows, or drop'
        " the line"
    ).format(text=text)


def unknown_variant(text: str, known: Iterable[str]) -> str:
    """Say that there is no such variant to build on."""
    return _('no variant "{text}"; {hint}').format(text=text, hint=or_suggest(text, known))


def circle(chain: Sequence[str]) -> str:
    """Say that variants build on each other."""
    if len(chain) == 2:
        return _("builds on itself; drop the line, or name another variant")
    return _("builds on itself: {chain}; let one of them stand alone").format(
        chain=_(" on ").join(chain)
    )


def made_from_another(names: Sequence[str], current: str) -> str:
    """Say that the scenario has changed since variants were written."""
    return ngettext(
        "{names} was written for another state of the scenario; see whether it still asks what it"
        ' should, then write from = "{current}"',
        "{names} were written for another state of the scenario; see whether they still ask what"
        ' they should, then write from = "{current}"',
        len(names),
    ).format(names=some(names, ", "), current=current[:16])
