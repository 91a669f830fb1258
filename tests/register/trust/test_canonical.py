"""What is hashed has one spelling, and a leaf says what it is of."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from ringtausch.register.ranges import Range
from ringtausch.register.statement import Source, Statement
from ringtausch.register.trust.canonical import (
    Leaf,
    Redaction,
    canonical,
    leaf_of,
    new_salt,
    refuses_redaction,
)


def said(identifier: str, corrects: str = "") -> Statement:
    return Statement(
        "m", "transfer", "pledged", Source(2), "DEU", "DEU", id=identifier, corrects=corrects
    )


def test_objects_are_sorted_by_utf16_code_units_as_the_rfc_s_own_example_has_it() -> None:
    """Section 3.2.3 of RFC 8785: the astral smiley stands before U+FB33, by code points it would not."""
    names = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    assert list(json.loads(canonical(names)).values()) == [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]


def test_texts_are_escaped_as_the_rfc_says() -> None:
    """The string of section 3.2.2, and the short escapes."""
    text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"
    assert canonical(text).decode() == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'
    assert canonical("\b\t\f\r\x7f").decode() == '"\\b\\t\\f\\r\x7f"'


def test_a_whole_number_is_written_digit_by_digit_beyond_what_a_float_holds() -> None:
    assert canonical([2**53 + 1, -7, 0, True, False, None]) == (
        b"[9007199254740993,-7,0,true,false,null]"
    )


@pytest.mark.parametrize(
    ("value", "kind"),
    [(0.5, TypeError), ({1: 2}, TypeError), (b"", TypeError), ({"a": [float("nan")]}, TypeError),
     ("\ud800", ValueError), (10**30, ValueError), ({1, 2}, TypeError)],
)  # fmt: skip
def test_what_has_no_one_spelling_is_refused(value: Any, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        canonical(value)


def test_a_leaf_is_the_hash_of_version_salt_and_json() -> None:
    """By hand: 0x00 of the RFC, the version, 32 bytes of salt, the sorted fields that are not empty."""
    salt = bytes(range(32))
    text = (
        '{"statement":{"id":"01","kind":"transfer","matter":"m","milestone":"pledged",'
        '"recorded_by":"DEU","said_by":"DEU","source":{"rank":2}},"type":"statement"}'
    )
    leaf = leaf_of(said("01"), salt)
    assert leaf.payload == text.encode()
    assert leaf.hash == hashlib.sha256(b"\x00\x01" + salt + text.encode()).digest()


def test_two_salts_make_two_leaves_of_one_statement() -> None:
    assert leaf_of(said("01"), new_salt()).hash != leaf_of(said("01"), new_salt()).hash


def test_a_leaf_gives_its_statement_or_redaction_back_and_a_redacted_one_neither() -> None:
    statement = Statement(
        "m", "transfer", "pledged", Source(2, title="ü"), "DEU", "DEU", quantity=Range(1, None)
    )
    record = Redaction(0, "00" * 32, "01", "board", "a name", "desk", "2025-07-20T10:00:00.000000Z")
    assert (leaf_of(statement, bytes(32)).statement, leaf_of(statement, bytes(32)).redaction) == (
        statement,
        None,
    )
    leaf = leaf_of(record, bytes(32))
    assert (leaf.statement, leaf.redaction) == (None, record)
    assert leaf.redacted() == Leaf(leaf.hash, None, None)
    assert leaf.redacted().is_redacted
    assert not leaf.is_redacted


def test_the_only_correction_of_what_would_stand_again_is_not_redacted() -> None:
    """Rule 3: of a chain only the end stands, as far as it is in view."""
    assert refuses_redaction("02", [said("01"), said("02", "01")]) == (
        '"02" is the only correction of "01", which would stand again; correct or redact "01" first'
    )
    assert refuses_redaction("02", [said("02", "01")]) is None  # 01 is redacted already
    assert refuses_redaction("02", [said("01"), said("02", "01"), said("03", "01")]) is None
    assert refuses_redaction("01", [said("01"), said("02", "01")]) is None
    assert refuses_redaction("09", [said("01")]) == 'there is no statement "09" to redact'
