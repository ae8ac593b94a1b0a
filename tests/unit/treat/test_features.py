"""What is known at a moment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest

from salus.core.errors import InputError
from salus.treat.feature import Feature, Kind
from salus.treat.features import FeatureParams, FeatureSpec, features
from salus.treat.moments import Moment
from tests.fakes.patients import city, day, measured, rows

if TYPE_CHECKING:
    from typing import Any

NAN = float("nan")
HBA1C = Feature(Kind.VALUE, "4548-4", "%")
AGO = Feature(Kind.FRESHNESS, "4548-4", "%")


def known(tables: dict[str, pa.Table], *asked: Feature, at: float = 10) -> list[float]:
    """Give the features of one patient at one moment."""
    spec = FeatureSpec(asked, FeatureParams(window_days=30))
    return list(features(tables, [Moment("p", day(at))], spec).values[0])


def test_the_latest_value_is_taken_with_its_age() -> None:
    """Of two values the later one counts, and a later one than the moment does not."""
    observation = rows(
        "observation",
        measured("p", "4548-4", 7, 2),
        measured("p", "4548-4", 8, 6),
        measured("p", "4548-4", 9, 11),
        measured("q", "4548-4", 1, 7),
    )
    assert known({"observation": observation}, HBA1C, AGO) == [8, 4]


def test_a_value_at_the_moment_counts_and_an_old_one_does_not() -> None:
    """The window holds its end, and not its begin."""
    tables = {"observation": rows("observation", measured("p", "4548-4", 7, 10))}
    assert known(tables, HBA1C, at=10) == [7]
    assert np.isnan(known(tables, HBA1C, at=40)).all()


def test_units_never_mix() -> None:
    """A value in another unit is another feature."""
    tables = {"observation": rows("observation", measured("p", "4548-4", 53, 2, "mmol/mol"))}
    assert np.isnan(known(tables, HBA1C)).all()


def test_of_two_values_at_one_time_the_larger_counts() -> None:
    """Contradicting values give one answer, whatever the order of the rows."""
    entries = [measured("p", "4548-4", 9, 2), measured("p", "4548-4", 7, 2)]
    for order in (entries, entries[::-1]):
        assert known({"observation": rows("observation", *order)}, HBA1C) == [9]


def test_a_finding_in_words_is_there_gone_or_unknown() -> None:
    """The latest words decide."""
    head = {"patient_id": "p", "code": "R05"}
    observation = rows(
        "observation",
        head | {"value_text": "present", "observed_at": day(2)},
        head | {"value_text": "absent", "observed_at": day(5)},
    )
    present = Feature(Kind.TEXT, "R05", "present")
    other = Feature(Kind.TEXT, "R06", "present")
    assert known({"observation": observation}, present, at=3) == [1]
    assert known({"observation": observation}, present, at=6) == [0]
    assert np.isnan(known({"observation": observation}, other)).all()


def test_a_medicine_counts_while_it_lasts() -> None:
    """From its start until its end, and not when it ends before it starts."""
    head = {"patient_id": "p", "code": "A10BA02"}
    tables = {
        "medication": rows("medication", head | {"started_at": day(2), "ended_at": day(5)}),
    }
    asked = Feature(Kind.MEDICINE, "A10BA02")
    assert [known(tables, asked, at=at)[0] for at in (1, 2, 4, 5)] == [0, 1, 1, 0]
    tables = {"medication": rows("medication", head | {"started_at": day(9), "ended_at": day(5)})}
    assert known(tables, asked) == [0]


def test_conditions_and_allergies_count_from_when_they_were_recorded() -> None:
    """An undated row is not seen, as nobody can tell when it was known."""
    tables = {
        "condition": rows("condition", {"patient_id": "p", "code": "E11.9", "recorded_at": day(5)}),
        "allergy": rows("allergy", {"patient_id": "p", "code": "J01C"}),
    }
    asked = (Feature(Kind.CONDITION, "E11"), Feature(Kind.ALLERGY, "J01C"))
    assert known(tables, *asked, at=4) == [0, 0]
    assert known(tables, *asked, at=6) == [1, 0]


def test_contradicting_people_are_unknown() -> None:
    """Two sexes or two birth dates of one person say nothing."""
    entries: list[dict[str, Any]] = [
        {"patient_id": "p", "sex": sex, "birth_date": date(year, 1, 1), "source": "test"}
        for sex, year in (("female", 1960), ("male", 1961))
    ]
    tables = {"patient": pa.Table.from_pylist(entries)}
    assert np.isnan(known(tables, Feature(Kind.AGE), Feature(Kind.SEX))).all()


def test_a_column_of_another_type_is_a_fault() -> None:
    """A table that does not fit its standard is refused by name and column."""
    observation = pa.table({"observation_id": ["o"], "patient_id": ["p"], "code": ["c"]})
    spoiled = observation.append_column("value", pa.array(["high"]))
    with pytest.raises(InputError, match="observation, column value"):
        known({"observation": spoiled}, HBA1C)


def test_the_spec_keeps_what_is_common() -> None:
    """What too few have is not learned from; what comes after the moments is not either."""
    tables = city(40)
    moments = [Moment(f"p{place:04}", day(1.5)) for place in range(40)]
    names = [feature.name for feature in FeatureSpec.fit(tables, moments).features]
    assert names == [
        "age",
        "sex",
        "contacts",
        "freshness 3084-1 mg/dL",
        "freshness 4548-4 %",
        "value 3084-1 mg/dL",
        "value 4548-4 %",
    ]


def test_every_kind_has_a_label() -> None:
    """A person reads a name for each kind."""
    labels = [str(Feature(kind, "4548-4", "%", "HbA1c").label) for kind in Kind]
    assert len(set(labels)) == len(Kind)
    assert "latest HbA1c (%)" in labels
