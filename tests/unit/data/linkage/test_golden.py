"""What is best known of a person who is registered several times."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from salus.data.linkage.golden import golden, survivor, under_golden
from salus.data.linkage.linkage import link
from tests.fakes.register import JANE, register

FIELDS = ("patient_id", "phone", "sex", "address")


def row(*values: str | None) -> dict[str, str | None]:
    """Describe a registration."""
    return dict(zip(FIELDS, values, strict=True))


def test_most_registrations_win() -> None:
    """What two of three say is kept."""
    best = survivor([row("A", "1", None, "x"), row("B", "2", None, "x"), row("C", "2", None, "y")])
    assert best == row("A", "2", None, "x")


def test_the_fullest_registration_breaks_a_tie() -> None:
    """Where each says something else, the one with most fields filled is believed."""
    best = survivor([row("A", "1", None, None), row("B", "2", "male", "x")])
    assert best == row("A", "2", "male", "x")


def test_the_earliest_breaks_the_last_tie() -> None:
    """Of equally full registrations the first is believed."""
    assert survivor([row("A", "1", "f", "x"), row("B", "2", "m", "y")]) == row("A", "1", "f", "x")


def test_one_row_for_each_person() -> None:
    """The others stay as they are, and a death that one desk knows of is known."""
    died = JANE | {"death_date": date(2020, 1, 1), "phone": None}
    rows = register(JANE, {"given_name": "Tom"}, died)
    best = golden(rows, link(rows))
    assert best.schema.equals(rows.schema, check_metadata=True)
    found = {each["patient_id"]: each for each in best.to_pylist()}
    assert sorted(found) == ["P0", "P1"]
    assert found["P0"]["death_date"] == date(2020, 1, 1)
    assert found["P0"]["phone"] == JANE["phone"]
    assert found["P1"]["given_name"] == "Tom"


def test_histories_come_under_one_key() -> None:
    """Rows of both registrations are of one person; others, and rows of nobody, stay."""
    linkage = link(register(JANE, JANE, {"given_name": "Tom"}))
    table = pa.table({"patient_id": ["P1", "P0", "P2", None, "P9"], "value": [1, 2, 3, 4, 5]})
    joined = under_golden(table, linkage)
    assert joined["patient_id"].to_pylist() == ["P0", "P0", "P2", None, "P9"]
    assert joined["value"].to_pylist() == [1, 2, 3, 4, 5]
    assert table["patient_id"].to_pylist()[0] == "P1"


def test_a_table_of_nobody_stays() -> None:
    """Bed states have no patient."""
    table = pa.table({"facility_id": ["H1"]})
    assert under_golden(table, link(register())) is table


def test_nobody_is_registered_twice() -> None:
    """Without doubles the register comes back as it is."""
    rows = register(JANE)
    assert golden(rows, link(rows)).equals(rows)
