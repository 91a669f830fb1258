"""What tests of families share: small families stay apart."""

from __future__ import annotations

import pytest

from ringtausch.planning.families import splitting


@pytest.fixture
def _apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let families of few rows be families of their own, so that small problems have several."""
    monkeypatch.setattr(splitting, "_SMALL", 0)
