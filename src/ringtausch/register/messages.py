"""Every sentence that says why something may not be recorded, one function each.

A message says what stands there, what may stand there and what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable

from ringtausch.language import _
from ringtausch.records.messages import or_suggest
from ringtausch.register.ranges import say_amount

# ---- words and names


def must_be_filled(column: str) -> str:
    """Say that a field may not be empty."""
    return _("is empty; every statement needs a {column}").format(column=column)


def unknown_kind(text: str, known: Iterable[str]) -> str:
    """Say that there is no such kind of matter."""
    return _('"{text}" is no kind of matter; {hint}').format(
        text=text, hint=or_suggest(text, known)
    )


def unknown_milestone(text: str, kind: str, known: Iterable[str]) -> str:
    """Say that a kind of matter has no such milestone, and which ones it has."""
    names = tuple(known)
    hint = or_suggest(text, names)
    return _('"{text}" is no milestone of a {kind}, which has {names}; {hint}').format(
        text=text, kind=kind, hint=hint, names=", ".join(names)
    )


def unknown_rung(text: str, known: Iterable[str]) -> str:
    """Say that no kind of matter has such a milestone."""
    return _('"{text}" is no milestone of any kind of matter; {hint}').format(
        text=text, hint=or_suggest(text, known)
    )


def unknown_party(text: str, known: Iterable[str]) -> str:
    """Say that the directory has no such party."""
    return _('"{text}" is no party of the directory; {hint}').format(
        text=text, hint=or_suggest(text, known)
    )


def sayer_is_no_party(text: str, rank: int, known: Iterable[str]) -> str:
    """Say that a source of a party is said by one that is none."""
    return _(
        '"{text}" is no party of the directory, and a source of class {rank} is a party\'s own;'
        " name a party, or give the source class 4, 5 or 6; {hint}"
    ).format(text=text, rank=rank, hint=or_suggest(text, known))


def unknown_item(text: str, known: Iterable[str]) -> str:
    """Say that the directory has no such item."""
    return _('"{text}" is no item of the directory; {hint}').format(
        text=text, hint=or_suggest(text, known)
    )


def unknown_currency(text: str, known: Iterable[str]) -> str:
    """Say that there is no such currency."""
    return _('"{text}" is no currency; write a code of ISO 4217 such as EUR; {hint}').format(
        text=text, hint=or_suggest(text, known)
    )


def unknown_basis(text: str, known: Iterable[str]) -> str:
    """Say that a value has no such basis."""
    names = tuple(known)
    return _('"{text}" is no basis of a value; write one of {names}; {hint}').format(
        text=text, names=", ".join(names), hint=or_suggest(text, names)
    )


def untidy_text(text: str) -> str:
    """Say which characters a text may not have."""
    return _(
        '"{text}" has a character that cannot be seen, or blanks at an end; write it without them'
    ).format(text=text.encode("unicode_escape").decode()[:60])


def separator_in_name(text: str) -> str:
    """Say that a name may not hold the sign that separates names."""
    return _('"{text}" has a semicolon, which separates names; write it without one').format(
        text=text
    )


def too_long(length: int, longest: int) -> str:
    """Say that a text is too long."""
    return _("has {length:,} characters; write at most {longest:,}").format(
        length=length, longest=longest
    )


# ---- who and what


def needs_party(column: str, milestone: str) -> str:
    """Say that a milestone needs a side of the matter."""
    return _("is empty; {milestone} needs a {column}").format(milestone=milestone, column=column)


def same_party(text: str) -> str:
    """Say that nobody gives to itself."""
    return _('"{text}" is giver and receiver; name another party as one of them').format(text=text)


def item_and_currency(item: str, currency: str) -> str:
    """Say that a quantity is of an item or of a currency."""
    return _(
        "is of an item ({item}) and of a currency ({currency}); keep one of them, and state the other"
        " in a statement of its own"
    ).format(item=item, currency=currency)


def wants_item(kind: str, currency: str) -> str:
    """Say that a kind of matter is about an item, not money."""
    return _(
        '"{currency}" stands here, and a {kind} moves an item; name the item, and write what it is'
        " worth as value and value_currency"
    ).format(kind=kind, currency=currency)


def wants_money(kind: str, item: str) -> str:
    """Say that a kind of matter is about money, not an item."""
    return _('"{item}" stands here, and a {kind} moves money; name a currency instead').format(
        kind=kind, item=item
    )


def needs_unit(column: str, kind: str) -> str:
    """Say that a statement does not say of what."""
    if column == "item":
        return _("is empty; a {kind} needs an item").format(kind=kind)
    return _("is empty; a {kind} needs a {column}").format(kind=kind, column=column)


def quantity_of_nothing() -> str:
    """Say that a number needs an item or a currency."""
    return _("is a number of nothing; name its item or its currency")


def wrong_unit(text: str, item: str, unit: str) -> str:
    """Say that a quantity is in another unit than its item is counted in."""
    return _(
        '"{text}" is not the unit of {item}, which is counted in {unit}; nothing is converted:'
        " write the quantity in {unit}"
    ).format(text=text, item=item, unit=unit)


# ---- amounts


def not_whole(amount: int, scale: int, item: str) -> str:
    """Say that an item comes in whole numbers only."""
    return _("{amount} of {item} is no whole number, and {item} is not divisible").format(
        amount=say_amount(amount, scale), item=item
    )


def not_minor_units(amount: int, scale: int, currency: str, smallest: int) -> str:
    """Say that a real payment is made in whole coins."""
    return _(
        "{amount} {currency} cannot be paid; the smallest coin is {smallest} {currency}"
    ).format(
        amount=say_amount(amount, scale), currency=currency, smallest=say_amount(smallest, scale)
    )


def too_large(amount: int, scale: int) -> str:
    """Say that a number is out of range."""
    return _("{amount} is too large; write a number below {largest}").format(
        amount=say_amount(amount, scale), largest=say_amount(10**18, scale)
    )


def not_below_zero(text: str) -> str:
    """Say that an amount is 0 or more."""
    return _('"{text}" is below zero; write 0 or more').format(text=text)


def percentage(text: str) -> str:
    """Say that shares and quantities are amounts."""
    return _('"{text}" is a percentage; write the amount itself, such as 5 or 2.5').format(
        text=text
    )


def not_exact(text: str) -> str:
    """Say how ratios and rates are written."""
    return _(
        '"{text}" is no exact number above 0; write for example 2, 1.5 or the fraction 3/2'
    ).format(text=text)


def needs_exact_quantity() -> str:
    """Say that an exchange is of one amount."""
    return _("an exchange is of one exact amount; write how much was sold")


def not_months(number: int) -> str:
    """Say how many months after a hand-over something may be due."""
    return _("{number} is no number of months; write a whole number from 0 to 1200").format(
        number=number
    )


# ---- worth


def needs_value(column: str) -> str:
    """Say that a field explains a value that is not there."""
    return _("stands here without a value; write the value, or leave {column} empty").format(
        column=column
    )


def value_needs(column: str) -> str:
    """Say what a value cannot be without."""
    return _("is empty; a value needs a {column}").format(column=column)


# ---- dates


def no_date() -> str:
    """Say that a statement has no date at all (rule 2)."""
    return _(
        "is empty, and so are said_on and source_date; write when it became true, was said or was"
        " published"
    )


def in_the_future(text: str, recorded: str) -> str:
    """Say that nothing is true before its time (rule 2)."""
    return _(
        '"{text}" is after {recorded}, the day of recording; what is still to come is a promise:'
        " record what is true by now, and write the date to come as terms_due or until"
    ).format(text=text, recorded=recorded)


def ends_before_it_begins(since: str, through: str) -> str:
    """Say that a window has no day."""
    return _('"{through}" is before "{since}"; write the earlier date as terms_since').format(
        since=since, through=through
    )


# ---- sources and readers


def wrong_rank(rank: int) -> str:
    """Say which classes of sources there are."""
    return _(
        "{rank} is no class of sources; write 1 (signed by the party whose act it is), 2 (its official"
        " publication), 3 (the counterparty), 4 (an international body), 5 (press) or 6 (inference)"
    ).format(rank=rank)


def wrong_hash(text: str) -> str:
    """Say what a SHA-256 looks like."""
    return _(
        '"{text}" is no SHA-256; write its 64 digits, 0 to 9 and a to f, or leave it empty'
    ).format(text=text)


def nobody_may_read() -> str:
    """Say that a statement is visible to somebody."""
    return _("is empty; write public, coalition, or the names of the parties that may read it")


def mixed_visibility(word: str) -> str:
    """Say that public or coalition stands alone."""
    return _('"{word}" stands beside names; write it alone, or the names alone').format(word=word)


def unsorted_visibility(names: Iterable[str]) -> str:
    """Say in which order readers are named."""
    return _("the readers are not in order, or named twice; write {names}").format(
        names=";".join(names)
    )


# ---- links, conditions, terms


def link_to_itself(text: str) -> str:
    """Say that no matter lies inside itself or is told again by itself."""
    return _('"{text}" is the matter itself; name another matter').format(text=text)


def two_links_to_one(text: str) -> str:
    """Say that a matter is not both a part of another one and the same."""
    return _(
        '"{text}" is named as same_as and as part_of; it cannot be both: leave one empty'
    ).format(text=text)


def share_without_link() -> str:
    """Say that a share is a share of something."""
    return _("is a share of nothing; name in part_of what it is a share of, or leave it empty")


def links_nothing() -> str:
    """Say that a link names another matter."""
    return _("is empty, and so is same_as; linked needs the matter that this one belongs to")


def condition_says_nothing() -> str:
    """Say what a condition needs."""
    return _("the condition says nothing; write words, or matters, a milestone and a number")


def condition_without_matters(column: str) -> str:
    """Say that a milestone and a number need matters."""
    return _(
        "stands here without condition_matters; name the matters that are waited for, or leave"
        " {column} empty"
    ).format(column=column)


def condition_needs(column: str) -> str:
    """Say what a condition on matters is without."""
    return _("is empty; a condition on matters needs a {column}").format(column=column)


def terms_of_another_kind(kind: str, allowed: Iterable[str]) -> str:
    """Say which terms a kind of matter has."""
    names = ", ".join(f"terms_{name}" for name in allowed)
    if not names:
        return _("a {kind} has no terms; leave it empty").format(kind=kind)
    return _("a {kind} has no such term; its terms are {names}").format(kind=kind, names=names)


def needs_term(kind: str, milestone: str, column: str) -> str:
    """Say that a milestone says nothing without a term."""
    return _("is empty; {milestone} of a {kind} needs {column}").format(
        kind=kind, milestone=milestone, column=column
    )


# ---- corrections and chains (rule 3)


def needs_reason() -> str:
    """Say that a correction says why."""
    return _("is empty; a correction needs a reason")


def void_corrects_nothing() -> str:
    """Say that void takes the place of a statement."""
    return _("is empty; void puts nothing in the place of a statement: name the one it corrects")


def corrects_unknown(text: str) -> str:
    """Say that the recorder sees no such statement."""
    return _(
        '"{text}" is no earlier statement in view; write the id of one as it is listed'
    ).format(text=text)


def corrects_of_another(text: str, recorder: str) -> str:
    """Say that only the one who recorded a statement corrects it."""
    return _(
        '"{text}" was recorded by {recorder}, who alone corrects it; record what you know as a'
        " statement of your own, and both will stand as a conflict"
    ).format(text=text, recorder=recorder)


def corrects_another_matter(text: str, matter: str) -> str:
    """Say that a correction stays with its matter."""
    return _(
        '"{text}" is about the matter "{matter}"; a correction is about the same one: make it void'
        " there, and state the other matter on its own"
    ).format(text=text, matter=matter)


def corrects_other_readers(text: str, visibility: Iterable[str]) -> str:
    """Say that a correction has the readers of what it corrects."""
    return _(
        '"{text}" may be read by {readers}; a correction is for the same readers: write them as its'
        " visibility"
    ).format(text=text, readers=";".join(visibility))


def another_kind(matter: str, kind: str) -> str:
    """Say that a matter is of one kind."""
    return _(
        'the matter "{matter}" is a {kind} in the register; write {kind}, or name another matter'
    ).format(matter=matter, kind=kind)


def same_as_another_kind(matter: str, kind: str) -> str:
    """Say that only matters of one kind can be the same (rule 15)."""
    return _(
        'the matter "{matter}" is a {kind}; only matters of one kind can be the same: use part_of'
    ).format(matter=matter, kind=kind)


def chain_left_behind(chain: str, missing: Iterable[str]) -> str:
    """Say that a chain is corrected all together."""
    return _(
        'the chain "{chain}" is made or undone as one; correct these of its statements as well, at'
        " the same time: {missing}"
    ).format(chain=chain, missing=", ".join(missing))


def repeated_id(text: str, first: str) -> str:
    """Say that two rows have one id."""
    return _('"{text}" is the id of {first} already; leave it empty, it is given').format(
        text=text, first=first
    )


def recorded_already(text: str) -> str:
    """Say that a row comes out of this register."""
    return _(
        '"{text}" is in the register already; take the row out, or leave id empty and name in corrects'
        " what it corrects"
    ).format(text=text)


# ---- steps (rule 11)


def step_back(sayer: str, said: str, milestone: str, onward: str) -> str:
    """Say that a step goes behind what the same one said."""
    return _('{sayer} said {said}; "{milestone}" would go back behind that; {onward}').format(
        sayer=sayer, said=said, milestone=milestone, onward=onward
    )


def step_after_end(sayer: str, said: str, milestone: str, onward: str) -> str:
    """Say that nothing goes on after an end."""
    return _(
        '{sayer} said {said}, which ends the matter; "{milestone}" would go on after it; {onward}'
    ).format(sayer=sayer, said=said, milestone=milestone, onward=onward)


def mark_of_nothing(sayer: str, milestone: str, marked: Iterable[str], onward: str) -> str:
    """Say that a mark follows what it marks."""
    return _(
        '"{milestone}" marks what was {marked}, and nobody has said so yet, {sayer} neither; {onward}'
    ).format(sayer=sayer, milestone=milestone, marked=_(" or ").join(marked), onward=onward)


def said_before(milestone: str, matter: str, on: str, identifier: str) -> str:
    """Quote a statement of the register: what, when, and its id where it has one."""
    if not identifier:
        return _('"{milestone}" of {matter} on {on}').format(
            milestone=milestone, matter=matter, on=on
        )
    return _('"{milestone}" of {matter} on {on} (statement {identifier})').format(
        milestone=milestone, matter=matter, on=on, identifier=identifier
    )


def could_come_next(milestones: Iterable[str]) -> str:
    """Say which steps are open, and that a mistake is corrected."""
    names = ", ".join(milestones)
    if not names:
        return _("nothing comes after it; correct that statement, or name another matter or event")
    return _("next could come {names}; or correct that statement").format(names=names)
