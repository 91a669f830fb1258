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
from ringtausch.cli.loop_messages import AdoptedMessage, ScenarioMadeMessage
from ringtausch.cli.measures_messages import MeasuresMessage
from ringtausch.cli.message import Message
from ringtausch.cli.messages import CheckMessage, OutcomeMessage, ProofMessage
from ringtausch.cli.register_messages import (
    ImportedMessage,
    MadeMessage,
    RecordedMessage,
    StatementsMessage,
    WrittenMessage,
)
from ringtausch.cli.register_position_messages import BalancesMessage, PositionsMessage
from ringtausch.cli.register_totals_messages import (
    FlowsMessage,
    LookThroughMessage,
    TotalsMessage,
)
from ringtausch.cli.register_trust_messages import (
    AuditMessage,
    CheckpointsMessage,
    ProvenMessage,
    RedactedMessage,
)
from ringtausch.cli.register_waiting_messages import (
    ConflictsMessage,
    OverdueMessage,
    WaitingMessage,
)
from ringtausch.cli.room_messages import PricesMessage, RoomMessage

__all__ = ["MESSAGES"]

MESSAGES: dict[str, type[Message]] = {
    "asks-1": AsksMessage,
    "audit-1": AuditMessage,
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
    "register-adopted-1": AdoptedMessage,
    "register-balances-1": BalancesMessage,
    "register-checkpoints-1": CheckpointsMessage,
    "register-conflicts-1": ConflictsMessage,
    "register-flows-1": FlowsMessage,
    "register-imported-1": ImportedMessage,
    "register-look-through-1": LookThroughMessage,
    "register-made-1": MadeMessage,
    "register-overdue-1": OverdueMessage,
    "register-positions-1": PositionsMessage,
    "register-proven-1": ProvenMessage,
    "register-recorded-1": RecordedMessage,
    "register-redacted-1": RedactedMessage,
    "register-scenario-1": ScenarioMadeMessage,
    "register-statements-1": StatementsMessage,
    "register-totals-1": TotalsMessage,
    "register-waiting-1": WaitingMessage,
    "register-written-1": WrittenMessage,
    "room-1": RoomMessage,
    "variants-1": VariantsMessage,
}
