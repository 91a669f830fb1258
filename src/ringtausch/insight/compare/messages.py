"""What comparing says to users, one function each."""

from __future__ import annotations

from ringtausch.language import _

__all__ = ["asked_twice", "nothing_to_compare", "variant_fails"]


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
