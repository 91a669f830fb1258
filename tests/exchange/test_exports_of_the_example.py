"""The register that is shipped leaves in every form, and what checks each form accepts it."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from ringtausch.exchange.beancount import beancount_text
from ringtausch.exchange.data_package import write_data_package
from ringtausch.exchange.directory_tables import read_directory
from ringtausch.exchange.iati import Reporter, iati_xml
from ringtausch.exchange.statement_tables import read_statements
from ringtausch.register.positions import Positions
from ringtausch.register.rule import TRACKER
from tests.exchange.test_beancount import bean_check
from tests.exchange.test_data_package import check
from tests.exchange.test_iati import wrong_by_the_schema
from tests.project_files import ROOT

EXAMPLE = ROOT / "examples" / "register-2025"


@cache
def summer() -> Positions:
    said = [statement for statement, _place in read_statements(EXAMPLE / "statements.csv")]
    return Positions(said, TRACKER, date(2025, 12, 31), read_directory(EXAMPLE))


def test_beancount_finds_every_balance_of_the_example(tmp_path: Path) -> None:
    text = beancount_text(summer())
    assert bean_check(text, tmp_path) == []
    assert text.count(" balance ") > 5


def test_the_schema_accepts_the_example_and_what_has_no_amount_is_listed() -> None:
    found = iati_xml(summer(), Reporter("NOR", "NO-BRC-971277882", secondary=True))
    assert wrong_by_the_schema(found.text) == []
    assert found.activities == found.text.count("<iati-activity ")
    assert {left.why for left in found.left_out} >= {"no value", "unknown"}


def test_the_package_of_the_example_obeys_its_own_description(tmp_path: Path) -> None:
    write_data_package(summer(), tmp_path / "package")
    tables = check(tmp_path / "package")
    assert len(tables["positions"]) == len(summer().all())
    assert tables["conflicts"]
    assert tables["totals"]
