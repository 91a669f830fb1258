"""What all tests share: how hypothesis looks for examples, and messages in the source's language."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# A slow machine is no defect. On CI the examples are the same in every run: a failure there is one
# that anybody can repeat; at home each run looks further.
settings.register_profile("ringtausch", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("ringtausch")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no setting of the machine choose the language in processes that a test starts."""
    monkeypatch.setenv("LANGUAGE", "en")
