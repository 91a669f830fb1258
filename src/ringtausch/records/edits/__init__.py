"""Edits: one language of change, `offers[offer=DEU-1].quantity=3`, that all rooms speak.

`parsing` knows the language, `selecting` finds the row that is meant, `draft` makes the changes one
after the other, `validity` asks whether the result is a scenario, `differences` says what has changed; `editing`
puts them together.
"""

from ringtausch.records.edits.differences import Change, changes_of
from ringtausch.records.edits.editing import (
    add_edit,
    drop_edit,
    edit,
    edit_scenario,
    locate,
    set_edit,
    undo_edits,
)
from ringtausch.records.edits.parsing import Edit, parse_edit, write_edit
from ringtausch.records.problems import InvalidEdit

__all__ = [
    "Change",
    "Edit",
    "InvalidEdit",
    "add_edit",
    "changes_of",
    "drop_edit",
    "edit",
    "edit_scenario",
    "locate",
    "parse_edit",
    "set_edit",
    "undo_edits",
    "write_edit",
]
