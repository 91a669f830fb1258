"""Processes of their own that write into a register: what they run, and how they are started.

They fork from a server that has everything imported, so that twenty start in a second.
"""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any

from ringtausch.hub import open_register
from ringtausch.records.problems import InvalidInput
from tests.hub.making import as_they_come, pledge

__all__ = ["context", "reserve_one", "write_threes"]


def context() -> Any:
    """Give a way to start processes that neither fork from the tests nor import everything anew."""
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(
        [
            __name__,
            "django.db.backends.postgresql.base",
            "django.db.backends.sqlite3.base",
            "ringtausch.hub.postgres",
            "ringtausch.hub.store",
            "ringtausch.register.recording",
            "ringtausch.register.refusing",
        ]
    )
    return found


def reserve_one(address: str, matter: str, barrier: Barrier, answers: Connection) -> None:
    """Reserve one launcher at the same time as all others; tell whether it was there."""
    with open_register(address) as store:
        barrier.wait(60)
        try:
            store.append([pledge(matter, milestone="reserved")], "DEU")
        except InvalidInput as refusal:
            answers.send(str(refusal))
        else:
            answers.send("reserved")


def write_threes(address: str, name: str, told: Connection) -> None:
    """Append three statements at a time for ever, and tell of each three once it is acknowledged."""
    number = 0
    with open_register(address) as store:
        while True:
            drafts = [pledge(f"{name}-{number}") for _ in range(3)]
            made = store.append(drafts, "DEU", prepare=as_they_come)
            told.send([one.id for one in made])
            number += 1
