# ruff: noqa: D106, DJ008 - a row has no name of its own, and Meta says what it always says
"""The tables of a register (page *register*, sections *Trust* and *Storage*).

Everything is appended, nothing changed; the database itself refuses the rest (`sqlite`, `postgres`). What
a redaction may remove stands in `Payload` and `Link` alone, the leaf of the tree in `Statement`. Keys
are random or names: a counter would tell one party of another's activity.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ringtausch.hub.settings import configure

__all__ = [
    "Audience",
    "Checkpoint",
    "Clock",
    "DirectoryRow",
    "Key",
    "Link",
    "Payload",
    "Redaction",
    "Register",
    "Statement",
]

# The tables can be imported by themselves, as Django's own commands and doctests do.
configure()


class Register(models.Model):
    """One row: that this database is a register, and in which format."""

    id = models.TextField(primary_key=True)
    format = models.IntegerField()
    created_at = models.TextField()


class Clock(models.Model):
    """One row: the last moment of recording. Writers wait here for each other, in one place."""

    id = models.TextField(primary_key=True)
    moment = models.TextField()


class DirectoryRow(models.Model):
    """A party, an item, or who belongs to the coalition; of one name the newest row holds."""

    id = models.TextField(primary_key=True)
    kind = models.TextField()
    name = models.TextField()
    body = models.TextField()  # JSON
    recorded_at = models.TextField()

    class Meta:
        db_table = "hub_directory"


class Audience(models.Model):
    """A tree, and those who may read it; of a set of parties the name is a hash."""

    name = models.TextField(primary_key=True)
    visibility = models.TextField()  # canonical JSON: ["public"], ["coalition"], or names in order


class Statement(models.Model):
    """The leaf of a statement, or of a redaction, in the tree of its audience: it stays for ever."""

    id = models.TextField(primary_key=True)
    audience = models.TextField()
    recorded_at = models.TextField()
    leaf_index = models.BigIntegerField()
    leaf_hash = models.BinaryField()
    hash_version = models.SmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            # Whoever writes to an audience reads it, so that this tells nobody anything new.
            models.UniqueConstraint("audience", "leaf_index", name="hub_leaf_once")
        ]


class Payload(models.Model):
    """What a statement says, and what it is found by; a redaction removes the row."""

    statement = models.OneToOneField(Statement, models.DO_NOTHING, primary_key=True)
    audience = models.TextField()
    recorded_at = models.TextField()
    matter = models.TextField()
    kind = models.TextField()
    giver = models.TextField()
    receiver = models.TextField()
    debtor = models.TextField()
    item = models.TextField()
    chain = models.TextField()
    salt = models.BinaryField()
    body = models.TextField()  # canonical JSON; of a redaction too, which has no matter

    class Meta:
        indexes: ClassVar = [
            models.Index("recorded_at", name="hub_payload_recorded"),
            models.Index("matter", name="hub_payload_matter"),
            models.Index("giver", name="hub_payload_giver"),
            models.Index("receiver", name="hub_payload_receiver"),
            # Few statements have these: an index of all rows would cost every one of them a page.
            models.Index(
                fields=["debtor"], name="hub_payload_debtor", condition=models.Q(debtor__gt="")
            ),
            models.Index(
                fields=["chain"], name="hub_payload_chain", condition=models.Q(chain__gt="")
            ),
        ]


class Link(models.Model):
    """A matter that a statement names beside its own: what has to be read together."""

    id = models.TextField(primary_key=True)
    statement = models.ForeignKey(Statement, models.DO_NOTHING)
    audience = models.TextField()
    matter = models.TextField()
    other = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index("matter", name="hub_link_matter"),
            models.Index("other", name="hub_link_other"),
        ]


class Redaction(models.Model):
    """That the payload of a statement was removed, by whose approval and why."""

    statement = models.OneToOneField(Statement, models.DO_NOTHING, primary_key=True)
    audience = models.TextField()
    recorded_at = models.TextField()
    approved_by = models.TextField()
    reason = models.TextField()


class Checkpoint(models.Model):
    """A signed head of the tree of an audience."""

    id = models.TextField(primary_key=True)
    audience = models.TextField()
    size = models.BigIntegerField()
    root = models.BinaryField()
    edge = models.BinaryField()  # of the tree at that size: the next one goes on from here
    recorded_at = models.TextField()
    note = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index("audience", "size", name="hub_checkpoint_size")]


class Key(models.Model):
    """The public key that signs checkpoints, and the notes by which others took its place."""

    id = models.TextField(primary_key=True)
    recorded_at = models.TextField()
    text = models.TextField()
