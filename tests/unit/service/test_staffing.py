"""Staff and transfers of a region become features, worked out by hand."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.city.features.lending import Lending
from salus.allocate.city.features.staff_law import StaffLaw
from salus.allocate.city.features.staff_rules import MaximumHours, Ratio, Rest
from salus.allocate.city.features.transfers import Transfers
from salus.allocate.city.features.units import Amount, Unit
from salus.data.region.reader import read_region
from salus.data.region.sample import sample_region
from salus.service.moving import in_bed_now
from salus.service.offers import offered
from salus.service.rules import PlanningRules
from salus.service.staffing import care_now, staff_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from salus.allocate.city.problem import Feature
    from salus.data.region.region import Region

    Make = Callable[..., Region]

DAYS = 7
STAFF = "facility_id,staff_id,people,staffed,unit,shift_hours,week_hours,rest_hours,days_off\n"
LENDING = (
    "from_facility_id,to_facility_id,resource_id,units,minutes,hours_a_day,agreed,credentials\n"
)
INPATIENTS = "group_id,facility_id,service_id,patients,days_left,fit_in_days\n"
TRANSFERS = "group_id,to_facility_id,to_service_id,minutes,vehicle_hours,escort,escort_hours\n"
TRANSPORT = "facility_id,accepts,vehicle_hours,escort_hours\n"


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Give the sample region with further files."""

    def region(**files: str) -> Region:
        folder = tmp_path / "region"
        shutil.copytree(sample_region(), folder)
        for name, text in files.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return read_region(folder)

    return region


def _feature(
    region: Region, kind: type[Feature], closed: tuple[str, ...] = (), days: int = DAYS
) -> Feature | None:
    found = offered(region, PlanningRules(), closed, days)
    return next((each for each in found if isinstance(each, kind)), None)


@pytest.mark.parametrize(("unit", "staffed"), [("shifts", 40), ("hours", 320)])
def test_a_loan_loses_travel_from_its_own_working_day(
    make: Make, unit: str, staffed: float
) -> None:
    """An hour is an eighth of a nurse's shift, a twelfth of stated hours, and 1/24 of a device."""
    region = make(
        staff=STAFF + f"H01,nurse,90,{staffed},{unit},8,,,\n",
        ratios="staff_id,bed_id,patients\nnurse,ward_bed,4\n",
        lending=LENDING
        + "H01,H02,nurse,4,60,,,\nH01,H02,icu_bed,4,60,,,\nH01,H03,icu_bed,4,60,12,,\n",
    )
    lending = _feature(region, Lending)
    assert isinstance(lending, Lending)
    assert lending.going == pytest.approx([1 / 8, 1 / 24, 1 / 12])
    assert lending.returning == pytest.approx([1 / 8, 1 / 24, 1 / 12])
    assert lending.gives[:, 0] == pytest.approx([1 if unit == "shifts" else 8, 0.85, 0.85])
    assert lending.unit == (Unit(unit), Unit.DAYS, Unit.DAYS)


def test_loans_without_consent_or_credentials_are_told(make: Make) -> None:
    """Those who agreed may go; where nobody did, or credentials do not hold, the plan says so."""
    region = make(
        lending=LENDING
        + "H01,H02,icu_bed,4,60,,3,yes\nH01,H03,icu_bed,4,60,,0,\nH02,H03,icu_bed,4,60,,,no\n"
    )
    lending = _feature(region, Lending)
    assert isinstance(lending, Lending)
    assert lending.most.tolist() == [3]
    told = [str(each.reason) for each in lending.missing]
    assert told == ["nobody agreed to go", "their credentials are not valid at the host"]


def test_the_law_follows_the_files(make: Make) -> None:
    """Ratios are around the clock; hours, rest and days off hold in a run of seven days."""
    region = make(
        staff=STAFF + "H01,nurse,90,40,shifts,8,40,12,2\n",
        ratios="staff_id,bed_id,patients\nnurse,ward_bed,4\n",
    )
    law = _feature(region, StaffLaw)
    assert isinstance(law, StaffLaw)
    assert law.rules == (
        Ratio(2, 0, 4 / 24, Unit.HOURS),
        MaximumHours(2, Amount(40, Unit.HOURS), 7),
        Rest(2, 0.5, 2, 7),
    )
    assert law.weights(law.staff[0], 3)[0] == pytest.approx(24 / 4 / 8)
    short = _feature(region, StaffLaw, days=6)
    assert isinstance(short, StaffLaw)
    assert short.rules[1:] == (MaximumHours(2, Amount(40, Unit.HOURS), 6), Rest(2, 0.5, 1, 6))


def test_staff_that_nobody_states_limits_nothing(make: Make) -> None:
    """A closed facility has nobody; one that is not listed has enough."""
    region = make(
        staff=STAFF + "H01,nurse,90,40,shifts,8,,,\nH02,nurse,90,30,shifts,8,,,\n",
        ratios="staff_id,bed_id,patients\nnurse,ward_bed,4\n",
    )
    at_work = staff_at(region, ("H02",))[:3, 2]
    assert at_work[:2].tolist() == [40, 0]
    assert at_work[2] > 1e5


def test_staff_without_a_rule_make_no_law(make: Make) -> None:
    """People who are only lent are under no law."""
    assert _feature(make(staff=STAFF + "H01,nurse,90,40,shifts,8,,,\n"), StaffLaw) is None


def test_inpatients_use_beds_and_staff_until_they_leave(make: Make) -> None:
    """Two and a half days of three patients, and a nurse for two of them around the clock."""
    region = make(
        staff=STAFF + "H01,nurse,90,40,shifts,8,,,\n",
        ratios="staff_id,bed_id,patients\nnurse,icu_bed,2\n",
        inpatients=INPATIENTS + "g,H01,icu,3,2.5,0\n",
    )
    present = in_bed_now(region, (), 4)
    assert present[0, 1].tolist() == [3, 3, 1.5, 0]
    assert care_now(region, present)[0, 2] == pytest.approx([4.5, 4.5, 2.25, 0])
    assert not in_bed_now(region, ("H01",), 4).any()


def test_transfers_have_their_limits_and_reasons(make: Make) -> None:
    """What can be moved is an option; what cannot is told with its reason."""
    region = make(
        inpatients=INPATIENTS + "g,H01,icu,3,5,2\nsick,H01,icu,1,5,\n",
        transfers=TRANSFERS
        + "g,H02,,45,,nurse,2\nsick,H02,,45,,,\ng,H07,,30,,,\ng,H03,,30,,,\ng,H04,,30,9,,\n"
        + "g,H05,,30,,doctor,7\n",
        transport=TRANSPORT + "H01,0,6,4\nH02,3,0,0\nH04,3,0,0\nH05,3,0,0\nH07,3,0,0\n",
    )
    moves = _feature(region, Transfers)
    assert isinstance(moves, Transfers)
    assert moves.receiver.tolist() == [1]
    assert (moves.vehicle_hours.tolist(), moves.escort_hours.tolist()) == ([1.5], [2])
    assert moves.inpatients.ready[0].tolist() == [0, 0, 3, 3, 3, 3, 3]
    assert (moves.accepts[1, 0], moves.fleet[0, 0], moves.escorts[0, 0]) == (3, 6, 4)
    assert np.array_equal(moves.takes[0], moves.inpatients.uses[0])
    assert [str(each.reason) for each in moves.missing] == [
        "the patients are not fit to travel",
        "the service is not given there",
        "the receiver accepts nobody",
        "no vehicle has so many hours in a day",
        "no escort has so many hours in a day",
    ]
    closed = _feature(region, Transfers, ("H01",))
    assert isinstance(closed, Transfers)
    assert {str(each.reason) for each in closed.missing} == {"the facility is closed"}
