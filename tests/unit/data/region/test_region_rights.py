"""Overrides, declines and reserves of a region."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from salus.core.errors import InputError
from salus.data.region.reader import read_region
from salus.data.region.repairs import Rule
from salus.domain.rights import Decline, Override
from tests.unit.data.region.conftest import FACILITIES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[..., Path]

OVERRIDES = "district_id,facility_id,service_id,reason,decided_by\n"
DECLINES = "facility_id,service_id,district_id,first_day,last_day,reason\n"


def test_overrides_and_declines_are_read(write: Write) -> None:
    """Each row is one, in the order of the file; an empty key stands for all."""
    region = read_region(
        write(
            overrides=OVERRIDES + "D1,,,flood,bureau\n,F2,ward,exercise,county\n",
            declines=DECLINES + "F1,icu,,2026-07-01,,nurses ill\nF2,,D1,,,road closed\n",
        )
    )
    assert region.overrides == (
        Override("D1", None, None, "flood", "bureau"),
        Override(None, "F2", "ward", "exercise", "county"),
    )
    assert region.declines == (
        Decline("F1", "nurses ill", service="icu", first_day=date(2026, 7, 1)),
        Decline("F2", "road closed", district="D1"),
    )
    assert [source.file for source in region.sources][-2:] == ["overrides.csv", "declines.csv"]


def test_a_region_without_the_files_states_nothing(write: Write) -> None:
    """Both files and the columns of reserves are optional."""
    region = read_region(write())
    assert (region.overrides, region.declines) == ((), ())
    assert all(supply.reserve == 0 for supply in region.supplies)


def test_columns_that_may_be_empty_may_be_left_out(write: Write) -> None:
    """Who only names a service needs no column for districts."""
    region = read_region(
        write(
            overrides="service_id,reason,decided_by\nicu,exercise,county\n",
            declines="facility_id,service_id,reason\nF1,icu,nurses ill\n",
        )
    )
    assert region.overrides == (Override(None, None, "icu", "exercise", "county"),)
    assert region.declines == (Decline("F1", "nurses ill", service="icu"),)


def test_all_faults_of_rights_are_told_at_once(write: Write) -> None:
    """Missing reasons and names, unknown keys, odd days and empty rows: by file, row and column."""
    folder = write(
        overrides=OVERRIDES + "D1,,,,bureau\n,,,flood,\n,F9,,flood,bureau\n",
        declines=DECLINES
        + "F1,icu,,2026-07-02,2026-07-01,\nF1,,D2,2026-07-01,,road closed\nF2,,,,,fire\n",
    )
    with pytest.raises(InputError) as caught:
        read_region(folder)
    places = {(str(f.where.source), f.where.row, f.where.column) for f in caught.value.faults}
    assert places == {
        ("overrides.csv", 2, "reason"),
        ("overrides.csv", 3, "decided_by"),
        ("overrides.csv", 3, "district_id"),
        ("overrides.csv", 4, "facility_id"),
        ("declines.csv", 2, "last_day"),
        ("declines.csv", 2, "reason"),
        ("declines.csv", 3, "first_day"),
        ("declines.csv", 4, "service_id"),
    }


def test_reserves_stand_beside_the_beds(write: Write) -> None:
    """More than there is keeps all, and is listed; supply.csv says it of any resource."""
    head, first, second = FACILITIES.splitlines()
    folder = write(
        facilities="\n".join(
            (head + ",reserve_ward_beds,reserve_icu_beds", first + ",5,99", second + ",,")
        ),
        supply="facility_id,resource_id,staffed,reserve\nF2,ward_bed,40,50\n",
    )
    region = read_region(folder)
    kept = {(each.facility_id, each.resource_id): each.reserve for each in region.supplies}
    assert kept == {("F1", "ward_bed"): 5, ("F1", "icu_bed"): 10, ("F2", "ward_bed"): 40}
    listed = [each.where for each in region.repairs if each.rule is Rule.RESERVE_CAPPED]
    assert [(str(w.source), w.row, w.column) for w in listed] == [
        ("facilities.csv", 2, "reserve_icu_beds"),
        ("supply.csv", 2, "reserve"),
    ]
