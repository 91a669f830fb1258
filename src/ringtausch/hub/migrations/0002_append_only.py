"""Let the database itself keep the record append-only; each vendor in its own way."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations


def secure(_apps: Any, editor: Any) -> None:
    """Put triggers, and on PostgreSQL policies and grants, in place."""
    if editor.connection.vendor == "sqlite":
        from ringtausch.hub import sqlite

        sqlite.secure(editor)
    else:
        from ringtausch.hub import postgres_rules

        postgres_rules.secure(editor)


class Migration(migrations.Migration):
    """Nothing is ever undone: there is no way back."""

    dependencies: ClassVar = [("hub", "0001_record")]
    operations: ClassVar = [migrations.RunPython(secure, elidable=False)]
