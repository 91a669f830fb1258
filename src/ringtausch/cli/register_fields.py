"""The fields of a statement as options: `--matter`, `--source-rank`, and so on for every column.

In: nothing but this list; a test holds it against the columns of a table of statements. Out: a signature
that has an option for each. Nothing heavy is imported here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import typer

__all__ = ["FIELDS", "option_of", "with_fields"]

#: Each column of a table of statements that somebody can say, with what stands there and what it means.
FIELDS: dict[str, tuple[str, str]] = {
    "matter": ("NAME", "What it is about; a new name makes a new matter."),
    "kind": ("KIND", "transfer, replacement, contribution, payment, request, …"),
    "milestone": ("MILESTONE", "What became true, as pledged, handed_over, paid."),
    "event": ("NAME", "Which of several: a partial hand-over, an instalment."),
    "giver": ("PARTY", "Who gives, pays or owes."),
    "receiver": ("PARTY", "Who gets it, or asks for it."),
    "item": ("ITEM", "What moves, where it is no money."),
    "currency": ("CODE", "What moves, where it is money."),
    "quantity": ("N", "As 5, 2..4, 'up to 5', 'at least 5', unknown."),
    "unit": ("UNIT", "The item's unit, to be sure; another one is refused."),
    "true_on": ("DATE", "When it became true; else when it was said."),
    "said_on": ("DATE", "When it was said; else the source's date."),
    "said_by": ("NAME", "Who says so; else --as."),
    "source_rank": ("1..6", "1 signed, 2 official, 3 counterparty, 4 body, 5 press, 6 inferred."),
    "source_title": ("TEXT", "Of the document."),
    "source_publisher": ("NAME", "Who published it."),
    "source_date": ("DATE", "When it came out."),
    "source_address": ("URL", "Where it can be read."),
    "source_sha256": ("HASH", "SHA-256 of the document itself."),
    "value": ("AMOUNT", "What it is worth, as somebody says."),
    "value_currency": ("CODE", "In which."),
    "basis": ("BASIS", "book, acquisition, replacement, market or declared."),
    "method": ("TEXT", "How it was valued."),
    "value_document": ("TEXT", "The document that supports the value."),
    "visibility": ("WHO", "public, coalition, or 'DEU;POL'; else public."),
    "part_of": ("MATTER", "The matter that this one lies inside."),
    "share": ("N", "How much of it lies there; else all that is left."),
    "same_as": ("MATTER", "The matter that this is, told again."),
    "condition_words": ("TEXT", "What has to happen before it counts."),
    "condition_matters": ("A;B", "Matters that have to get somewhere first."),
    "condition_milestone": ("MILESTONE", "Where they have to get."),
    "condition_at_least": ("N", "How much of them, all together."),
    "until": ("DATE", "Until when it stands."),
    "terms_of": ("MATTER", "Of a replacement: the transfer. Of a payment: what for."),
    "terms_item": ("ITEM", "What is owed, where it is not the item given."),
    "terms_ratio": ("N", "Owed for one that was given, as 1 or 3/2."),
    "terms_rate": ("N", "What one of it settles; of an exchange, to for from."),
    "terms_due": ("DATE", "By when."),
    "terms_within": ("MONTHS", "By when, in months after the hand-over."),
    "terms_replacer": ("PARTY", "Who owes it, where it is not the giver."),
    "terms_guarantor": ("PARTY", "Who stands in."),
    "terms_earmark": ("NAME", "The only matter or party that it may pay for."),
    "terms_to_currency": ("CODE", "Of an exchange: what is bought."),
    "terms_to_quantity": ("AMOUNT", "How much of it."),
    "terms_rate_date": ("DATE", "Of the rate."),
    "terms_rate_source": ("TEXT", "Who says the rate."),
    "terms_boundary": ("A;B", "Of a stated total: the givers that it counts."),
    "terms_pool": ("POOL", "Of a stated total: the pool that it speaks of."),
    "terms_rung": ("MILESTONE", "Of a stated total: what it counts."),
    "terms_since": ("DATE", "Of a stated total: its first day."),
    "terms_through": ("DATE", "Of a stated total: its last day."),
    "chain": ("NAME", "Statements of one chain are corrected all together."),
    "note": ("TEXT", "For people; no figure depends on it."),
}

_Command = TypeVar("_Command", bound=Callable[..., None])


def option_of(name: str) -> str:
    """Write the option of a column."""
    return f"--{name.replace('_', '-')}"


def with_fields(command: _Command) -> _Command:
    """Give a command that takes `**fields` an option for each column."""
    signature = inspect.signature(command, eval_str=True)
    own = [one for one in signature.parameters.values() if one.kind is not one.VAR_KEYWORD]
    fields = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[
                str | None, typer.Option(option_of(name), metavar=metavar, help=text)
            ],
        )
        for name, (metavar, text) in FIELDS.items()
    ]
    signed: Any = command
    signed.__signature__ = signature.replace(parameters=[*own, *fields])
    signed.__annotations__ = {one.name: one.annotation for one in (*own, *fields)}
    return command
