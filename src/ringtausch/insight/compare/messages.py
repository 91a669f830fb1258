"""What comparing says to users, one function each."""

from __future__ import annotations

from ringtausch.language import _, ngettext

__all__ = ["another_scenario", "asked_twice", "breaks_rules", "nothing_to_compare", "variant_fails"]

_HASH_SHOWN = 12


def another_scenario(name: str, made_for: str, here: str) -> str:
    """Say that a plan belongs to another scenario, or to another state of this one."""
    return _(
        'it was made for another scenario: "{name}" with the content hash {made_for}…, and not the'
        " one here with {here}…; make a plan of this one first: ringtausch plan"
    ).format(name=name, made_for=made_for[:_HASH_SHOWN], here=here[:_HASH_SHOWN])


def breaks_rules(first: str, count: int) -> str:
    """Say that a plan cannot stand beside others because it breaks rules."""
    if count == 1:
        return _("it breaks a rule: {first}").format(first=first)
    more = ngettext("{n} more", "{n} more", count - 1).format(n=count - 1)
    return _("it breaks rules: {first} (and {more})").format(first=first, more=more)


def variant_fails(variant: str, message: str) -> str:
    """Say which variant an edit belongs to."""
    return _("variant {variant}: {message}").format(variant=variant, message=message)


def asked_twice(name: str) -> str:
    """Say that a variant is named more than once."""
    return _('"{name}" is asked for more than once; name it once').format(name=name)


def nothing_to_compare(folder: str) -> str:
    """Say that there is nothing to put beside the scenario."""
    return _(
        "{folder} has no variants, so there is nothing to compare; write some into variants.toml, or"
        " give an older plan with --plan"
    ).format(folder=folder)
