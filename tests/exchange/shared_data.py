"""The public tables beside the checkout, which are not shipped: where they are, or why a test skips."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from ringtausch.exchange.imported import Imported
from ringtausch.register.recording import prepare
from ringtausch.register.statement import Statement
from tests.project_files import ROOT

__all__ = ["recorded", "shared"]


def shared(name: str) -> Path:
    """Return a file or folder of `shared` beside the checkout; skip where there is none."""
    path = ROOT.parent / "shared" / "data" / name
    if not path.exists():
        pytest.skip(f"needs ../shared/data/{name} beside the checkout, which is not shipped")
    return path


def recorded(imported: Imported) -> list[Statement]:
    """Record drafts as an import does, all at one moment."""
    numbers = count(1)
    moment = "2026-07-01T12:00:00.000000Z"
    return prepare(imported.drafts, [], imported.directory, moment, lambda: f"{next(numbers):032x}")
