"""The proof as a whole."""

import ast
import pickle
from pathlib import Path

from ringtausch.insight import verify
from ringtausch.insight.verify import RULE_NAMES, verification
from ringtausch.insight.verify.verification import RULES
from tests.builders import plan, scenario


def test_there_is_a_function_for_every_rule_under_the_name_of_the_page() -> None:
    names = [rule.__name__.replace("_", " ") for rule in RULES]
    assert names == list(RULE_NAMES.values())[1:]


def test_a_violation_names_rule_row_key_and_amount() -> None:
    case = scenario(horizon=1, stocks="A,gun,2", offers="o1,A,gun,9", lanes="A,B,gun,0")
    proof = verify(case, plan(case, dispatches="o1,A,B,gun,0,5"))
    (violation,) = proof.violations
    assert not proof.ok
    assert repr(proof) == "<Proof: 1 broken>"
    assert (violation.rule, violation.name, violation.row) == (1, "stock", "dispatches.csv:2")
    assert (violation.key, violation.amount) == (("A", "gun", "2025-01"), 3.0)
    assert str(violation) == violation.message


def test_a_proof_crosses_to_another_process() -> None:
    case = scenario(horizon=1, stocks="A,gun,2", offers="o1,A,gun,9", lanes="A,B,gun,0")
    proof = verify(case, plan(case, dispatches="o1,A,B,gun,0,5"))
    assert pickle.loads(pickle.dumps(proof)) == proof  # noqa: S301 - our own bytes


def test_a_notebook_shows_a_sentence_a_line() -> None:
    case = scenario(horizon=1, parties="A")
    proof = verify(case, plan(case, dispatches="<o1>,A,A,gun,0,5"))
    assert proof._repr_html_() == (
        "<ul><li>plan: dispatches.csv:2 names the offer &quot;&lt;o1&gt;&quot;, which the scenario"
        " does not have</li><li>plan: dispatches.csv:2 names the item &quot;gun&quot;, which the"
        " scenario does not have</li></ul>"
    )


def test_verification_shares_no_code_with_planning() -> None:
    """Of the records it uses rows, calendar and names, never what matches wildcards."""
    folder = Path(verification.__file__).parent
    used = {
        node.module
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and "ringtausch" in node.module
    }
    others = {module for module in used if not module.startswith("ringtausch.insight.verify")}
    assert others == {"ringtausch.language", "ringtausch.records", "ringtausch.records.problems"}
