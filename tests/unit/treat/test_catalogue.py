"""The features as data say what the code computes."""

from __future__ import annotations

from datetime import date
from math import isnan
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from salus.core.errors import InputError
from salus.domain.records.catalogue import TABLES
from salus.treat.catalogue import Absent, KindRecord, feature_table, packaged_kinds, read_kinds
from salus.treat.feature import Feature, Kind
from salus.treat.features import FeatureParams, FeatureSpec, features
from salus.treat.moments import Moment
from tests.fakes.patients import BEGIN, day, rows

if TYPE_CHECKING:
    from pathlib import Path

WINDOW = 30.0
SAID: dict[str, Any] = {
    "birth_date": date(1965, 1, 1),
    "sex": "female",
    "value": 7.5,
    "value_text": "Positive",
    "unit": "%",
}
"""What the columns that say something hold."""
KNOWN = {
    Kind.AGE: 60.0,
    Kind.SEX: 1.0,
    Kind.CONTACTS: 1.0,
    Kind.VALUE: 7.5,
    Kind.FRESHNESS: 10.0,
    Kind.TEXT: 1.0,
    Kind.MEDICINE: 1.0,
    Kind.CONDITION: 1.0,
    Kind.ALLERGY: 1.0,
}
"""What each is ten days after its row became known."""


def computed(kind: KindRecord, at: float, ended: float | None = None) -> float:
    """Lay one row out as the data say, and compute the feature at a day; the row is of day 0."""
    row: dict[str, Any] = {"patient_id": "p"} | {
        name: SAID[name] for name in (kind.detail, kind.value) if name
    }
    row |= {kind.code: "E11"} if kind.code else {}
    row |= {kind.dated: day(0)} if kind.dated else {}
    row |= {kind.ends: day(ended)} if kind.ends and ended is not None else {}
    code, detail = "E11" if kind.code else "", SAID[kind.detail] if kind.detail else ""
    if kind.table == "patient":
        table = pa.Table.from_pylist([row | {"source": "s"}], TABLES["patient"].schema())
    else:
        table = rows(kind.table, row)
    spec = FeatureSpec((Feature(kind.kind, code, detail),), FeatureParams(WINDOW))
    return float(features({kind.table: table}, [Moment("p", day(at))], spec).values[0, 0])


def absent(kind: KindRecord, value: float) -> bool:
    """Tell whether a value is what the data say of a patient without a row."""
    return isnan(value) if kind.absent is Absent.UNKNOWN else value == 0


@pytest.mark.parametrize("kind", packaged_kinds(), ids=lambda each: each.kind.value)
def test_each_kind_is_computed_as_described(kind: KindRecord) -> None:
    """A row of the table, code and time that are named gives the number that is described."""
    at = 10 if kind.dated else (BEGIN.date() - day(0).date()).days
    assert computed(kind, at) == pytest.approx(KNOWN[kind.kind], abs=0.01)


@pytest.mark.parametrize(
    "kind", [each for each in packaged_kinds() if each.dated], ids=lambda each: each.kind.value
)
def test_each_holds_as_long_as_described(kind: KindRecord) -> None:
    """Before its time it is as without a row; after the window too, where it has one."""
    assert absent(kind, computed(kind, -1))
    late = computed(kind, WINDOW + 1)
    assert absent(kind, late) == kind.window


def test_a_medicine_ends() -> None:
    """What has an end ceases to hold then."""
    (medicine,) = (each for each in packaged_kinds() if each.ends)
    assert computed(medicine, 4, ended=5) == 1
    assert computed(medicine, 6, ended=5) == 0


def test_the_features_of_a_run_are_a_table() -> None:
    """Each has a name, a meaning, its unit, code and window; in the order of the columns."""
    spec = FeatureSpec(
        (
            Feature(Kind.AGE),
            Feature(Kind.VALUE, "4548-4", "%", "HbA1c"),
            Feature(Kind.ALLERGY, "J01C"),
        ),
        FeatureParams(90),
    )
    age, sugar, allergy = feature_table(spec).to_pylist()
    assert (age["unit"], age["code"], age["window_days"]) == ("a", None, None)
    assert sugar["name"] == "latest HbA1c (%)"
    assert (sugar["unit"], sugar["table"], sugar["window_days"]) == ("%", "observation", 90)
    assert allergy["feature"] == "allergy J01C"


def test_all_faults_of_the_file_are_named(tmp_path: Path) -> None:
    """A column that does not exist, a window that is no flag, and kinds left out come together."""
    path = tmp_path / "catalogue.toml"
    path.write_text(
        '[[kind]]\nkey="age"\nname="a"\nmeaning="m"\ntable="patient"\nvalue="born"\nunit="a"\n'
        'window="no"\nabsent="unknown"\n'
    )
    with pytest.raises(InputError) as caught:
        read_kinds(path)
    said = str(caught.value)
    assert said.count("is not described") == len(Kind) - 1
    assert "no such column" in said
    assert "another type" in said
