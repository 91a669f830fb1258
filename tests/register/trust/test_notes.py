"""Signed notes in the forms of C2SP, against a note that others have signed."""

from __future__ import annotations

import pytest

from ringtausch.register.trust.merkle import EMPTY_ROOT
from ringtausch.register.trust.notes import (
    Checkpoint,
    Note,
    SigningKey,
    VerifyingKey,
    key_note,
    note_of,
    previous_of,
    read_checkpoint,
    read_notes,
)

#: Keys and a note from the documentation of Go's `sumdb/note`, where this form comes from.
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
SIGNED = (
    TEXT
    + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
    "otpRZb6KE6RyyBwJnAM=\n"
)

TIME = "2025-07-20T10:00:00.000000Z"
OLD = SigningKey.from_seed("example.org/register", bytes([1]) * 32)
NEW = SigningKey.from_seed("example.org/register", bytes([2]) * 32)


def test_a_known_note_is_verified_and_signed_alike() -> None:
    key = SigningKey.parse(PRIVATE)
    assert (str(key.verifying), key.to_text()) == (PUBLIC, PRIVATE)
    (note,) = read_notes(SIGNED)
    assert note.signers([VerifyingKey.parse(PUBLIC)]) == (key.verifying,)
    assert str(note_of(TEXT, [key])) == SIGNED


def test_a_note_with_another_text_is_not_verified() -> None:
    (note,) = read_notes(SIGNED.replace("your problem is", "my problem is"))
    with pytest.raises(ValueError, match='the signature of "PeterNeumann" is wrong'):
        note.signers([VerifyingKey.parse(PUBLIC)])


def test_signatures_of_keys_that_nobody_asked_for_say_nothing() -> None:
    note = note_of("hello\n", [OLD, NEW])
    assert note.signers([NEW.verifying]) == (NEW.verifying,)
    assert note.signers([VerifyingKey.parse(PUBLIC)]) == ()


def test_a_new_key_is_fresh_and_its_name_is_checked() -> None:
    assert SigningKey.new("example.org").seed != SigningKey.new("example.org").seed
    with pytest.raises(ValueError, match='"a b" is no name of a key'):
        SigningKey.new("a b")


def test_a_private_key_does_not_show_itself() -> None:
    assert repr(OLD) == "SigningKey('example.org/register')"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (PUBLIC.replace("c74f", "c74e"), "the id of this public key does not belong to it"),
        (PUBLIC.replace("+ARp", "+ARq"), "the id of this public key does not belong to it"),
        (PUBLIC[:-4], "this is no public key for Ed25519: NAME+ID+KEY"),
        (PUBLIC.replace("+AR", "+BR"), "this is no public key for Ed25519: NAME+ID+KEY"),
        ("nonsense", "this is no public key for Ed25519: NAME+ID+KEY"),
        ("+c74f20a3+" + PUBLIC.split("+", 2)[2], "this is no public key for Ed25519: NAME+ID+KEY"),
    ],
)
def test_a_public_key_that_is_none_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        VerifyingKey.parse(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (PUBLIC, "this is no private key; one begins with PRIVATE+KEY+"),
        (PRIVATE.replace("c74f", "c74e"), "the id of this private key does not belong to it"),
        (PRIVATE[:-4], "this is no private key for Ed25519: NAME+ID+KEY"),
    ],
)
def test_a_private_key_that_is_none_is_refused_without_showing_it(text: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        SigningKey.parse(text)
    assert str(caught.value) == message


def test_a_checkpoint_says_origin_size_root_time_and_directory() -> None:
    first = Checkpoint("example.org/register/public", 0, EMPTY_ROOT, TIME, "ab" * 32)
    text = (
        "example.org/register/public\n"
        "0\n"
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
        f"time {TIME}\n"
        f"directory {'ab' * 32}\n"
    )
    assert first.text() == text
    note = first.signed(OLD)
    second = Checkpoint(
        "example.org/register/public", 0, EMPTY_ROOT, TIME, "ab" * 32, previous_of(note)
    )
    assert second.text() == f"{text}previous {second.previous}\n"
    assert [read_checkpoint(first.text()), read_checkpoint(second.text())] == [first, second]
    assert previous_of(None) == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [("\n0\n", "\n00\n"), ("\n0\n", "\n-1\n"), ("47DE", "47D"), ("time ", "at "), ("Z\n", "\n"),
     ("directory", "directories"), ("example.org", "example org"), ("\n0\n", "\n٣\n")],
)  # fmt: skip
def test_a_text_that_is_no_checkpoint_is_refused(old: str, new: str) -> None:
    text = Checkpoint("example.org/public", 0, EMPTY_ROOT, TIME, "ab" * 32).text()
    with pytest.raises(ValueError, match="this is no checkpoint: origin, size, root, time"):
        read_checkpoint(text.replace(old, new))


def test_notes_that_follow_one_another_are_read_in_order() -> None:
    notes = (
        note_of("one\n", [OLD]),
        note_of("two\nlines\n", [OLD, NEW]),
        note_of("three\n", [NEW]),
    )
    assert read_notes("\n".join(map(str, notes))) == notes
    assert read_notes("") == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("one\n\n— a", "the last line is not whole"),
        ("one\n", "line 1: a text, an empty line and a signature belong here"),
        ("\n— a AAAAAAAA\n", "line 1: a text, an empty line and a signature belong here"),
        ("one\n\n- a AAAAAAAA\n", "line 3: this is no signature"),
        ("one\n\n— a AAAA\n", "line 3: this is no signature"),
        ("one\n\n— a AAAAAAAA\n\n\n", "line 5: a text, an empty line and a signature belong here"),
    ],
)
def test_what_is_no_note_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        read_notes(text)
    assert str(caught.value) == message


def test_a_new_key_is_signed_by_the_old_one_and_by_itself() -> None:
    note = key_note("example.org/register", OLD, NEW, TIME)
    assert note.text == f"example.org/register/keys\n{NEW.verifying}\ntime {TIME}\n"
    assert note.signers([OLD.verifying, NEW.verifying]) == (OLD.verifying, NEW.verifying)
    assert isinstance(note, Note)
