"""What facilities offer: units to open, units to lend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.core.errors import InputError
from salus.data.region.reader import read_region
from salus.data.region.repairs import Rule
from salus.domain.offer import LendingOffer, SurgeOffer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[..., Path]

SURGE = "facility_id,resource_id,units,minutes\n"
LENDING = "from_facility_id,to_facility_id,resource_id,units,minutes\n"


def test_offers_are_read(write: Write) -> None:
    """Each row is an offer, in the order of the file."""
    region = read_region(
        write(surge=SURGE + "F2,ward_bed,6,240\n", lending=LENDING + "F1,F2,icu_bed,2,45\n")
    )
    assert region.surge == (SurgeOffer("F2", "ward_bed", 6, 240),)
    assert region.lending == (LendingOffer("F1", "F2", "icu_bed", 2, 45),)


def test_a_region_without_the_files_offers_nothing(write: Write) -> None:
    """Both files are optional."""
    region = read_region(write())
    assert (region.surge, region.lending) == ((), ())


def test_all_faults_of_offers_are_told_at_once(write: Write) -> None:
    """Unknown keys, amounts below zero and a loan to oneself are named by file and row."""
    folder = write(
        surge=SURGE + "F9,ward_bed,-1,240\n",
        lending=LENDING + "F1,F1,icu_bed,2,45\nF1,F2,nurse,,45\n",
    )
    with pytest.raises(InputError) as caught:
        read_region(folder)
    places = {(str(f.where.source), f.where.row, f.where.column) for f in caught.value.faults}
    assert places == {
        ("surge.csv", 2, "facility_id"),
        ("surge.csv", 2, "units"),
        ("lending.csv", 2, "to_facility_id"),
        ("lending.csv", 3, "resource_id"),
        ("lending.csv", 3, "units"),
    }


def test_more_agreed_than_offered_is_listed(write: Write) -> None:
    """Five agreed, three are offered: three go, and the row says so."""
    head = LENDING.replace("minutes", "minutes,agreed")
    region = read_region(write(lending=head + "F1,F2,ward_bed,3,45,5\nF2,F1,ward_bed,3,45,3\n"))
    [repair] = [each for each in region.repairs if each.rule is Rule.AGREED_CAPPED]
    assert (str(repair.where.source), repair.where.row) == ("lending.csv", 2)
    assert str(repair.what) == "5 agreed, but 3 are offered: 3 are taken"
    assert region.lending[0].may_go == 3


def test_an_offer_stands_for_what_is_not_there_today(write: Write) -> None:
    """F2 has no ICU bed: with beds to open or to borrow it takes ICU cases, else it does not."""
    assert ("F2", "icu") not in read_region(write()).takes
    assert ("F2", "icu") in read_region(write(surge=SURGE + "F2,icu_bed,2,10\n")).takes
    (write() / "surge.csv").unlink()
    lent = read_region(write(lending=LENDING + "F1,F2,icu_bed,2,45\n"))
    assert ("F2", "icu") in lent.takes
