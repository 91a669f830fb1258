"""The language of edits: what is read, how it is written again, what is no edit."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from ringtausch.records.edits.parsing import (
    BadEdit,
    Edit,
    Path,
    parse_edit,
    parse_path,
    write_edit,
    write_path,
)

READ = {
    "offers[offer=DEU-1].quantity=3": ("set", "offers", (("offer", "DEU-1"),), "quantity", "3"),
    "lanes[from=DEU,to=*].opens=": ("set", "lanes", (("from", "DEU"), ("to", "*")), "opens", ""),
    " needs [ need = N 2 , party = B ] . due = 2025-09-01 ": (
        "set",
        "needs",
        (("need", "N 2"), ("party", "B")),
        "due",
        "2025-09-01",
    ),
    "arrivals[row=3].quantity=1": ("set", "arrivals", (("row", "3"),), "quantity", "1"),
    'parties[party="a, \\"b\\" ]"].name=c, d': (
        "set",
        "parties",
        (("party", 'a, "b" ]'),),
        "name",
        "c, d",
    ),
    'parties[party=A].name=" two\\nlines "': (
        "set",
        "parties",
        (("party", "A"),),
        "name",
        " two\nlines ",
    ),
    "+stocks[party=A,item=gun,quantity=2]": (
        "add",
        "stocks",
        (("party", "A"), ("item", "gun"), ("quantity", "2")),
        "",
        "",
    ),
    "-needs[need=N2]": ("drop", "needs", (("need", "N2"),), "", ""),
    "- needs[]": ("drop", "needs", (), "", ""),
    "scenario.horizon=30": ("setting", "scenario", (), "horizon", "30"),
    "scenario.objectives = spend, unmet_need": (
        "setting",
        "scenario",
        (),
        "objectives",
        "spend, unmet_need",
    ),
    "fx.USD=": ("setting", "fx", (), "USD", ""),
    'fx."a=b"=0.5': ("setting", "fx", (), "a=b", "0.5"),
}

PLAIN = {
    " needs [ need = N 2 , party = B ] . due = 2025-09-01 ": "needs[need=N 2,party=B].due=2025-09-01",
    'offers[offer="DEU-1"].quantity="3"': "offers[offer=DEU-1].quantity=3",
    "parties[party=A].name=c, d": 'parties[party=A].name="c, d"',
    'parties[party=A].name=" x"': 'parties[party=A].name=" x"',
    'parties[party=A].name="back\\\\slash, \\t"': 'parties[party=A].name="back\\\\slash, \\t"',
    "fx.USD = 0.9": "fx.USD=0.9",
    'fx."U S D"=0.9': "fx.U S D=0.9",
}

NO_EDIT = {
    "": (
        "is no edit; write one such as offers[offer=DEU-1].quantity=3, +needs[need=N9,…],"
        " -needs[need=N2] or scenario.horizon=30"
    ),
    "=3": (
        "is no edit; write one such as offers[offer=DEU-1].quantity=3, +needs[need=N9,…],"
        " -needs[need=N2] or scenario.horizon=30"
    ),
    "offers": "names no row; write it in brackets: offers[COLUMN=VALUE]",
    "-offers": "names no row; write it in brackets: -offers[COLUMN=VALUE]",
    "+offers": "says no cells; write the new row in brackets: +offers[COLUMN=VALUE,…]",
    "offers[offer=X]": (
        "names a row but no change; write offers[offer=X].COLUMN=VALUE, or -offers[offer=X] to drop it"
    ),
    "offers[offer=X].": "names no column after the dot; write offers[offer=X].COLUMN=VALUE",
    "offers[offer=X].quantity": "says no value; write offers[offer=X].quantity=VALUE",
    "offers[offer=X].quantity 3": "says no value; write offers[offer=X].quantity=VALUE",
    "offers[X].quantity=3": '"X" is no pair of column and value; write offers[COLUMN=VALUE,…]',
    "offers[offer=X,].quantity=3": '"" is no pair of column and value; write offers[COLUMN=VALUE,…]',
    "offers[offer=X,offer=Y].quantity=3": "offer stands twice in the brackets; keep one",
    "offers[offer=X.quantity=3": "the bracket after offers is not closed; write ] behind the last value",
    'offers[offer="X].quantity=3': 'the quotes of "X].quantity=3 are not closed; write " behind the value',
    'offers[offer=5" gun].quantity=3': (
        'cannot be read from " gun on; put the value of offer in double quotes, a double quote in it'
        ' as \\"'
    ),
    'offers[offer="X" Y].quantity=3': (
        'cannot be read from Y on; put the value of offer in double quotes, a double quote in it as \\"'
    ),
    'parties[party=A].name="x" y': '"y" is too much; the edit ends before it',
    "-needs[need=N2].due=2025-01-01": '".due=2025-01-01" is too much; the edit ends before it',
    "scenario.": "names no setting after the dot; write scenario.SETTING=VALUE",
    "scenario.=3": "names no setting after the dot; write scenario.SETTING=VALUE",
    "scenario.horizon": "says no value; write scenario.horizon=VALUE",
}


@pytest.mark.parametrize("text", READ)
def test_an_edit_is_read_into_its_parts(text: str) -> None:
    assert parse_edit(text) == Edit(text, *READ[text])  # type: ignore[arg-type]


@pytest.mark.parametrize("text", PLAIN)
def test_an_edit_is_written_in_its_plain_form(text: str) -> None:
    assert write_edit(parse_edit(text)) == PLAIN[text]
    assert write_edit(parse_edit(PLAIN[text])) == PLAIN[text]


@pytest.mark.parametrize("text", NO_EDIT)
def test_what_is_no_edit_is_told_what_is_missing(text: str) -> None:
    with pytest.raises(BadEdit) as refused:
        parse_edit(text)
    assert str(refused.value) == NO_EDIT[text]


def test_a_path_names_a_row_and_nothing_else() -> None:
    path = parse_path('production[supplier=S,item="a, b",from=2025-01-01]')
    assert path == Path("production", (("supplier", "S"), ("item", "a, b"), ("from", "2025-01-01")))
    assert write_path(path) == 'production[supplier=S,item="a, b",from=2025-01-01]'
    for text, message in {
        "needs": "names no row; write table and cells, such as needs[need=N2]",
        "needs[need=N2].due=2025-01-01": '".due=2025-01-01" is too much; the edit ends before it',
    }.items():
        with pytest.raises(BadEdit) as refused:
            parse_path(text)
        assert str(refused.value) == message


WORDS = st.from_regex(r"[a-z_]{1,6}", fullmatch=True)
CELLS = st.lists(st.tuples(WORDS, st.text()), max_size=3, unique_by=lambda cell: cell[0]).map(tuple)
ANY = st.one_of(
    st.builds(Edit, st.just(""), st.just("set"), WORDS, CELLS, WORDS, st.text()),
    st.builds(Edit, st.just(""), st.sampled_from(["add", "drop"]), WORDS, CELLS),
    st.builds(
        Edit, st.just(""), st.just("setting"), WORDS, st.just(()), st.text(min_size=1), st.text()
    ),
)


@given(ANY)
@settings(derandomize=True, database=None)
def test_what_is_written_reads_back_equal(edit: Edit) -> None:
    """Any text may be a value: commas, brackets, quotes, line breaks, spaces at the ends."""
    text = write_edit(edit)
    again = parse_edit(text)
    assert again == Edit(text, edit.kind, edit.table, edit.cells, edit.column, edit.value)
