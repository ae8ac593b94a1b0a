"""Staff, ratios, inpatients and transfers: what their files state, and every fault of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.core.errors import InputError
from salus.data.region.reader import read_region
from salus.data.region.repairs import Rule
from salus.domain.resource import Supply
from salus.domain.staff import Working
from salus.domain.transfer import InpatientGroup, TransferOption, Transport

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[..., Path]

STAFF = "facility_id,staff_id,people,staffed,unit,shift_hours,week_hours,rest_hours,days_off\n"
NURSES = STAFF + "F1,nurse,40,16,shifts,8,40,11,\nF2,nurse,20,9,shifts,8,,,1\n"
RATIOS = "staff_id,bed_id,patients\n"
LENDING = (
    "from_facility_id,to_facility_id,resource_id,units,minutes,hours_a_day,agreed,credentials\n"
)
INPATIENTS = "group_id,facility_id,service_id,patients,days_left,fit_in_days\n"
TRANSFERS = "group_id,to_facility_id,to_service_id,minutes,vehicle_hours,escort,escort_hours\n"
TRANSPORT = "facility_id,accepts,vehicle_hours,escort_hours\n"


def _faults(folder: Path) -> set[tuple[str, int | None, str | None]]:
    with pytest.raises(InputError) as caught:
        read_region(folder)
    return {(str(f.where.source), f.where.row, f.where.column) for f in caught.value.faults}


def test_a_group_is_a_resource_with_its_law(write: Write) -> None:
    """Rows of one group are one value; it is called by name and has its supplies."""
    region = read_region(write(staff=NURSES, ratios=RATIOS + "nurse,ward_bed,4\n"))
    (nurses,) = region.staff
    assert (nurses.unit, nurses.shift_hours) == ("shifts", 8)
    assert (nurses.week_hours, nurses.rest_hours, nurses.days_off) == (40, 11, 1)
    assert nurses.at == {"F1": Working(40, 16), "F2": Working(20, 9)}
    assert nurses.patients == {"ward_bed": 4}
    assert [resource.id for resource in region.resources][-1] == "nurse"
    assert "nurse" not in [resource.id for resource in region.taken]
    assert Supply("F2", "nurse", 9) in region.supplies


def test_a_region_without_the_files_has_no_staff_and_moves_nobody(write: Write) -> None:
    """All five files are optional."""
    region = read_region(write())
    assert (region.staff, region.inpatients, region.transfers, region.transport) == ((),) * 4
    assert region.taken == region.resources


def test_services_may_take_staff_themselves(write: Write) -> None:
    """A group that services.csv names is taken where staff.csv states it."""
    services = (
        "service_id,name,stay_days,severity,resource_id,units\n"
        "ward,Ward,4,1,ward_bed,1\nward,Ward,4,1,nurse,0.25\n"
    )
    region = read_region(write(staff=STAFF + "F1,nurse,40,16,shifts,8,,,\n", services=services))
    assert region.takes == {("F1", "ward")}
    assert [resource.id for resource in region.taken] == ["ward_bed", "nurse"]


def test_mixed_units_are_named(write: Write) -> None:
    """Hours where shifts are said, another unit, another shift and an odd unit are faults."""
    rows = (
        "F1,nurse,40,320,shifts,8,,,\n",
        "F2,nurse,20,40,hours,7.5,,,\n",
        "F1,doctor,4,50,hours,12,,,\n",
        "F2,doctor,4,40,days,12,,,\n",
    )
    assert _faults(write(staff=STAFF + "".join(rows))) == {
        ("staff.csv", 2, "staffed"),
        ("staff.csv", 3, "shift_hours"),
        ("staff.csv", 3, "unit"),
        ("staff.csv", 4, "staffed"),
        ("staff.csv", 5, "unit"),
    }


def test_files_that_contradict_staff_are_named(write: Write) -> None:
    """Staff is stated once, lies in no bed, and is lent by those who have it, in its shifts."""
    folder = write(
        staff=STAFF + "F1,nurse,40,16,shifts,8,,,\n",
        supply="facility_id,resource_id,staffed,occupancy\nF1,nurse,16,\n",
        surge="facility_id,resource_id,units,minutes\nF2,nurse,2,60\n",
        ratios=RATIOS + "nurse,nurse,4\ndoctor,ward_bed,8\n",
        lending=LENDING + "F1,F2,nurse,2,45,24,,\nF2,F1,nurse,2,45,,,maybe\n",
    )
    assert _faults(folder) == {
        ("supply.csv", 2, "resource_id"),
        ("surge.csv", 2, "resource_id"),
        ("ratios.csv", 2, "bed_id"),
        ("ratios.csv", 3, "staff_id"),
        ("lending.csv", 2, "hours_a_day"),
        ("lending.csv", 3, "from_facility_id"),
        ("lending.csv", 3, "credentials"),
    }


def test_ratios_need_staff_and_transfers_need_inpatients(write: Write) -> None:
    """A file that says something about what no file states is a fault."""
    folder = write(ratios=RATIOS + "nurse,ward_bed,4\n", transfers=TRANSFERS + "g,F2,,30,,,\n")
    assert _faults(folder) >= {("ratios.csv", None, None), ("transfers.csv", None, None)}


def test_consent_and_credentials_are_read(write: Write) -> None:
    """Empty cells mean that all agreed and that credentials are valid."""
    region = read_region(
        write(lending=LENDING + "F1,F2,icu_bed,4,45,,,\nF2,F1,icu_bed,4,45,12,3,No\n")
    )
    assert [(o.hours_a_day, o.agreed, o.credentials) for o in region.lending] == [
        (None, None, True),
        (12, 3, False),
    ]


def test_transfers_are_read_with_what_is_left_empty(write: Write) -> None:
    """Without hours, vehicle and escort go there and back; without a service it stays."""
    region = read_region(
        write(
            inpatients=INPATIENTS + "g,F1,icu,3,5,0\nh,F1,ward,2,4,\n",
            transfers=TRANSFERS + "g,F2,ward,45,2,nurse,\nh,F2,,30,,,\n",
            transport=TRANSPORT + "F2,4,0,0\n",
        )
    )
    assert region.inpatients == (
        InpatientGroup("g", "F1", "icu", 3, 5, 0),
        InpatientGroup("h", "F1", "ward", 2, 4, None),
    )
    assert region.transfers == (
        TransferOption("g", "F2", "ward", 45, 0, "F1", 2, "nurse", 1.5),
        TransferOption("h", "F2", "ward", 30, 0, "F1", 1, "", 0),
    )
    assert region.transport == (Transport("F2", 4, 0, 0),)


def test_faults_of_transfers_are_named(write: Write) -> None:
    """Unknown groups, services and places, and a move to where they are."""
    folder = write(
        inpatients=INPATIENTS + "g,F1,icu,3,5,0\n",
        transfers=TRANSFERS + "g,F1,,45,,,\nx,F2,dentist,45,,,\n",
        transport=TRANSPORT + "F9,4,0,-1\n",
    )
    assert _faults(folder) == {
        ("transfers.csv", 2, "to_facility_id"),
        ("transfers.csv", 3, "group_id"),
        ("transfers.csv", 3, "to_service_id"),
        ("transport.csv", 2, "facility_id"),
        ("transport.csv", 2, "escort_hours"),
    }


def test_rows_of_facilities_left_out_are_left_out(write: Write) -> None:
    """A facility without a position takes its staff, inpatients and transfers with it."""
    facilities = (
        "facility_id,name,type,state,county,latitude,longitude,staffed_beds,staffed_icu_beds,"
        "bed_occupancy,icu_occupancy\n"
        "F1,Mercy,GENERAL ACUTE CARE,FL,NORTH,28.0,-82.0,100,10,0.7,0.8\n"
        "F2,Grace,GENERAL ACUTE CARE,FL,SOUTH,,,50,0,0.6,\n"
    )
    region = read_region(
        write(
            facilities=facilities,
            staff=NURSES,
            inpatients=INPATIENTS + "g,F2,icu,3,5,0\n",
            transfers=TRANSFERS + "g,F1,,45,,,\n",
            transport=TRANSPORT + "F2,4,0,0\n",
        )
    )
    assert list(region.staff[0].at) == ["F1"]
    assert (region.inpatients, region.transfers, region.transport) == ((), (), ())


def test_more_inpatients_than_beds_are_listed(write: Write) -> None:
    """F1 has 10 ICU beds, F2 none: who is beyond them is told once for each place, by row."""
    inside = read_region(write(inpatients=INPATIENTS + "g,F1,icu,10,5,\n"))
    assert not [each for each in inside.repairs if each.rule is Rule.INPATIENTS_BEYOND]
    rows = "g,F1,icu,8,5,\nh,F1,icu,3,5,\ni,F2,icu,2,5,\nj,F2,icu,1,5,\nk,F2,icu,9,0,\n"
    region = read_region(write(inpatients=INPATIENTS + rows))
    found = [each for each in region.repairs if each.rule is Rule.INPATIENTS_BEYOND]
    assert [(str(each.where.source), each.where.row) for each in found] == [
        ("inpatients.csv", 3),
        ("inpatients.csv", 4),
    ]
    assert "11 inpatients take 11 of ICU beds, but F1 has 10" in str(found[0].what)
    assert "F2 has 0" in str(found[1].what)
