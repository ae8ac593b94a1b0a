"""Who waits for an operation in the synthetic city, and who is on duty for them."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc
import pytest

from salus.data.synthetic.layout import lay_out
from salus.data.synthetic.people import make_people
from salus.data.synthetic.spec import CitySpec
from salus.data.synthetic.staff import ROSTER_DAYS, nurse_table, nurses_on_shift, roster_table
from salus.data.synthetic.surgery_list import operations, surgery_list_table
from salus.data.synthetic.wards import make_wards

if TYPE_CHECKING:
    import pyarrow as pa

    from salus.data.synthetic.city import City

SPEC = CitySpec(people=120_000, seed=4)


@pytest.fixture(scope="module")
def many() -> pa.Table:
    """List people of a large city, with their sex and age."""
    layout = lay_out(SPEC)
    people = make_people(SPEC, layout, 0, SPEC.people)
    outside = np.arange(len(people)) % 2 == 0
    return surgery_list_table(SPEC, layout, make_wards(layout), people, outside)


def test_who_waits_is_alive_and_outside(village: City) -> None:
    """They are registered, live, and lie in no hospital; each waits once."""
    listed = village.operation("surgery_list").to_table()
    people = village.table("patient").to_table(columns=["patient_id", "death_date"])
    stays = village.table("encounter").to_table(columns=["patient_id", "class", "ended_at"])
    there = stays.filter(pc.and_(pc.equal(stays["class"], "IMP"), pc.is_null(stays["ended_at"])))
    assert listed.join(people, "patient_id", join_type="inner")["death_date"].null_count == (
        listed.num_rows
    )
    assert not set(listed["patient_id"].to_pylist()) & set(there["patient_id"].to_pylist())
    assert len(set(listed["patient_id"].to_pylist())) == listed.num_rows


def test_days_are_in_order(many: pa.Table) -> None:
    """Nobody is overdue, or ready only after being due; all can come within two weeks."""
    now = SPEC.as_of
    for row in many.to_pylist():
        assert row["listed_on"] <= now < row["ready_on"] <= row["due_on"]
        assert row["ready_on"] <= now + timedelta(days=14)
        assert (row["due_on"] - row["listed_on"]).days in {30, 90, 365}


def test_surgeons_are_of_the_hospital(many: pa.Table) -> None:
    """And all of them have somebody to operate on."""
    of = Counter(
        zip(*(many[name].to_pylist() for name in ("facility_id", "surgeon_id")), strict=True)
    )
    assert all(surgeon.startswith(f"{hospital}-") for hospital, surgeon in of)
    assert min(Counter(hospital for hospital, _ in of).values()) > 1


def test_operations_are_as_common_and_long_as_their_source_says(many: pa.Table) -> None:
    """Minutes and days of each are about its mean, in steps of five minutes and whole days."""
    assert many.num_rows == SPEC.people / 500
    assert all(each % 5 == 0 for each in many["minutes"].to_pylist())
    assert min(many["stay"].to_pylist()) >= 1
    for each in operations():
        rows = many.filter(pc.equal(many["operation"], each.name))
        assert rows.num_rows > 0
        assert pc.mean(rows["minutes"]).as_py() == pytest.approx(each.minutes, rel=0.25)


def test_nobody_waits_for_what_the_sex_does_not_have() -> None:
    """A share of women of 0 or 1 is kept."""
    people = make_people(SPEC, lay_out(SPEC), 0, 2_000)
    of = {each.name: each.likely(people) for each in operations()}
    assert not of["Hysterectomy"][people.male].any()
    assert not of["Prostate resection"][~people.male].any()
    assert of["Tonsillectomy"][people.age < 15].sum() > of["Tonsillectomy"][people.age >= 15].sum()


@pytest.mark.parametrize("people", [2_000, 9_000, 70_000])
def test_every_shift_of_a_ward_has_its_nurses(people: int) -> None:
    """As many as the ward needs or one less, on each day of the roster, in a small ward too."""
    spec = CitySpec(people=people)
    wards = make_wards(lay_out(spec))
    nurses = nurse_table(spec, wards)
    home = dict(zip(*(nurses[n].to_pylist() for n in ("nurse_id", "ward_id")), strict=True))
    count = Counter(
        (home[row["nurse_id"]], row["day"], row["shift"])
        for row in roster_table(spec, nurses).to_pylist()
    )
    assert len(count) == len(wards.ids) * ROSTER_DAYS * 3
    needed = dict(zip(wards.ids, nurses_on_shift(wards).tolist(), strict=True))
    assert all(there >= max(1, needed[ward] - 1) for (ward, _, _), there in count.items())
