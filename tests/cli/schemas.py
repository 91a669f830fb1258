"""The JSON schemas of what the program prints, as they follow from its messages.

Run it to write them into the documentation anew: `python -m tests.cli.schemas`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ringtausch.cli.schemas import MESSAGES

__all__ = ["SCHEMAS", "schema_of", "schema_text"]

#: Where the schemas stand; `plan-1.json`, of a file and not of a message, is written by hand.
SCHEMAS = Path(__file__).parents[2] / "docs" / "reference" / "schemas"


def schema_text(name: str) -> str:
    """Write the schema of a message as its file."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **MESSAGES[name].model_json_schema(by_alias=True, mode="serialization"),
        # members may be added to a version: a reader ignores those that it does not know
        "additionalProperties": True,
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def schema_of(name: str) -> Any:
    """Read a schema of the documentation: check-1, outcome-1, proof-1 or plan-1."""
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


if __name__ == "__main__":
    SCHEMAS.mkdir(exist_ok=True)
    for message in MESSAGES:
        (SCHEMAS / f"{message}.json").write_text(schema_text(message), encoding="utf-8")
