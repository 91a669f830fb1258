"""All messages that commands print with `--json`, by the name of their schema and its version.

The version goes up when a member is removed or changes its meaning; members may be added without.
`docs/reference/schemas` holds the JSON schemas that follow from these classes. No command imports this
file: each loads its own messages alone.
"""

from __future__ import annotations

from ringtausch.cli.asks_messages import AsksMessage
from ringtausch.cli.compare_messages import CompareMessage
from ringtausch.cli.diagnose_messages import DiagnosisMessage
from ringtausch.cli.edit_messages import EditMessage, VariantsMessage
from ringtausch.cli.explain_messages import ExplainMessage
from ringtausch.cli.export_messages import ExportMessage
from ringtausch.cli.fallback_messages import FallbackMessage
from ringtausch.cli.measures_messages import MeasuresMessage
from ringtausch.cli.message import Message
from ringtausch.cli.messages import CheckMessage, OutcomeMessage, ProofMessage
from ringtausch.cli.room_messages import PricesMessage, RoomMessage

__all__ = ["MESSAGES"]

MESSAGES: dict[str, type[Message]] = {
    "asks-1": AsksMessage,
    "check-1": CheckMessage,
    "compare-1": CompareMessage,
    "diagnosis-1": DiagnosisMessage,
    "edit-1": EditMessage,
    "explanation-1": ExplainMessage,
    "export-1": ExportMessage,
    "fallback-1": FallbackMessage,
    "measures-1": MeasuresMessage,
    "outcome-1": OutcomeMessage,
    "prices-1": PricesMessage,
    "proof-1": ProofMessage,
    "room-1": RoomMessage,
    "variants-1": VariantsMessage,
}
