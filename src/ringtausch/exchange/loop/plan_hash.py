"""The hash of a plan folder: what proposals point at, so that nobody can say they came from another plan."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ringtausch.records.plan import PLAN_TABLES
from ringtausch.records.plan_files import PLAN_FILE

__all__ = ["plan_hash"]


def plan_hash(folder: str | Path) -> str:
    """Return the SHA-256 of a plan: of its plan.json and its tables, byte by byte, in the order of the page.

    What stands beside them in the folder does not count. Of each file that there is, its name, its length
    and its bytes are hashed: `dispatches.csv`, a line feed, the length in decimal digits, a line feed, bytes.
    """
    digest = hashlib.sha256()
    for name in (PLAN_FILE, *(f"{table}.csv" for table in PLAN_TABLES)):
        path = Path(folder) / name
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{name}\n{len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()
