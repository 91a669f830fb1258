"""The tables of the record."""

from __future__ import annotations

from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """All tables, empty."""

    initial = True

    dependencies: ClassVar[list[Any]] = []

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="Audience",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("visibility", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("moment", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="DirectoryRow",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("name", models.TextField()),
                ("body", models.TextField()),
                ("recorded_at", models.TextField()),
            ],
            options={
                "db_table": "hub_directory",
            },
        ),
        migrations.CreateModel(
            name="Key",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("recorded_at", models.TextField()),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("audience", models.TextField()),
                ("matter", models.TextField()),
                ("other", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("audience", models.TextField()),
                ("recorded_at", models.TextField()),
                ("leaf_index", models.BigIntegerField()),
                ("leaf_hash", models.BinaryField()),
                ("hash_version", models.SmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Register",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("format", models.IntegerField()),
                ("created_at", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("audience", models.TextField()),
                ("size", models.BigIntegerField()),
                ("root", models.BinaryField()),
                ("edge", models.BinaryField()),
                ("recorded_at", models.TextField()),
                ("note", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(models.F("audience"), models.F("size"), name="hub_checkpoint_size")
                ],
            },
        ),
        migrations.CreateModel(
            name="Payload",
            fields=[
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        serialize=False,
                        to="hub.statement",
                    ),
                ),
                ("audience", models.TextField()),
                ("recorded_at", models.TextField()),
                ("matter", models.TextField()),
                ("kind", models.TextField()),
                ("giver", models.TextField()),
                ("receiver", models.TextField()),
                ("debtor", models.TextField()),
                ("item", models.TextField()),
                ("chain", models.TextField()),
                ("salt", models.BinaryField()),
                ("body", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Redaction",
            fields=[
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        serialize=False,
                        to="hub.statement",
                    ),
                ),
                ("audience", models.TextField()),
                ("recorded_at", models.TextField()),
                ("approved_by", models.TextField()),
                ("reason", models.TextField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                models.F("audience"), models.F("leaf_index"), name="hub_leaf_once"
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="statement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, to="hub.statement"
            ),
        ),
        migrations.AddIndex(
            model_name="payload",
            index=models.Index(models.F("recorded_at"), name="hub_payload_recorded"),
        ),
        migrations.AddIndex(
            model_name="payload",
            index=models.Index(models.F("matter"), name="hub_payload_matter"),
        ),
        migrations.AddIndex(
            model_name="payload",
            index=models.Index(models.F("giver"), name="hub_payload_giver"),
        ),
        migrations.AddIndex(
            model_name="payload",
            index=models.Index(models.F("receiver"), name="hub_payload_receiver"),
        ),
        migrations.AddIndex(
            model_name="payload",
            index=models.Index(
                condition=models.Q(("debtor__gt", "")), fields=["debtor"], name="hub_payload_debtor"
            ),
        ),
        migrations.AddIndex(
            model_name="payload",
            index=models.Index(
                condition=models.Q(("chain__gt", "")), fields=["chain"], name="hub_payload_chain"
            ),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(models.F("matter"), name="hub_link_matter"),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(models.F("other"), name="hub_link_other"),
        ),
    ]
