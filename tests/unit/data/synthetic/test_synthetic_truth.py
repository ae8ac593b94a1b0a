"""What is planted is there, in the size that the sidecar states, and is confounded."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc
import pytest

from salus.core.rng import stream
from salus.data.synthetic.contacts import death_times, make_contacts
from salus.data.synthetic.findings import examine
from salus.data.synthetic.illness import fall_ill
from salus.data.synthetic.indicators import LEFT, histories
from salus.data.synthetic.layout import lay_out
from salus.data.synthetic.making import break_ground
from salus.data.synthetic.outbreak import WEEKS
from salus.data.synthetic.people import make_people
from salus.data.synthetic.spec import CitySpec
from salus.data.synthetic.standing import standing
from salus.data.synthetic.treating import Course, Treated, treat
from salus.data.synthetic.treatments import treatments
from salus.data.synthetic.truth import read_truth
from salus.data.synthetic.typing_errors import mistyped, other_date

if TYPE_CHECKING:
    from pathlib import Path

    from salus.data.synthetic.city import City

CITY = CitySpec(people=100_000, seed=11)


@pytest.fixture(scope="module")
def treated() -> tuple[Treated, ...]:
    """Treat one part of a city."""
    ground = break_ground(CITY)
    people = make_people(CITY, ground.layout, 0, 20_000)
    illness = fall_ill(CITY, people)
    contacts = make_contacts(CITY, ground.layout, people, illness, ground.outbreak)
    course = Course(
        contacts,
        examine(CITY, people, illness, contacts),
        death_times(contacts, len(people)),
    )
    return treat(CITY, people, course, standing(CITY, people, illness).allergic)


def test_anomalies_have_their_size() -> None:
    """A planted anomaly stands out by about as many standard deviations as the sidecar says."""
    found = 0
    for each in histories(CITY, lay_out(CITY)):
        if each.planted is None or each.planted.kind != "anomaly":
            continue
        at = each.weeks.index(each.planted.first)
        value = each.indicator.per * each.counted[at] / each.at_risk[at]
        others = np.delete(each.indicator.per * each.counted / each.at_risk, at)
        assert abs(value - np.nanmean(others)) > 0.5 * abs(each.planted.size)
        found += 1
    assert found > 0


def test_shifts_last_and_leave_room_to_be_found() -> None:
    """A shift moves the mean by its size until the end, eight weeks or more."""
    shifts = [
        each
        for each in histories(CITY, lay_out(CITY))
        if each.planted is not None and each.planted.kind == "shift"
    ]
    assert shifts
    for each in shifts:
        assert each.planted is not None
        at = each.weeks.index(each.planted.first)
        assert len(each.weeks) - at >= LEFT
        values = each.indicator.per * each.counted / each.at_risk
        moved = np.nanmean(values[at:]) - np.nanmean(values[:at])
        assert moved == pytest.approx(each.planted.size, rel=0.5)


def test_usual_series_are_not_touched() -> None:
    """About four in ten series hold nothing, and their values stay about one level."""
    quiet = [each for each in histories(CITY, lay_out(CITY)) if each.planted is None]
    assert quiet
    for each in quiet:
        values = each.indicator.per * each.counted / each.at_risk
        assert abs(np.nanmean(values[:78]) - np.nanmean(values[78:])) < np.nanstd(values)


def test_the_outbreak_raises_its_districts(village: City, village_folder: Path) -> None:
    """Contacts because of gastroenteritis rise in the hit district while the outbreak lasts."""
    planted = read_truth(village_folder, "planted")
    row = planted.filter(pc.equal(planted["kind"], "outbreak")).to_pylist()[0]
    readings = village.table("indicator_reading").to_table()
    mine = readings.filter(
        pc.and_(
            pc.equal(readings["indicator_id"], row["indicator_id"]),
            pc.equal(readings["place_id"], row["place_id"]),
        )
    )
    ends = np.array(mine["period_end"].to_pylist())
    during = (ends >= row["first"]) & (ends <= row["last"])
    assert (row["last"] - row["first"]) <= timedelta(weeks=WEEKS)
    values = mine["value"].to_numpy()
    assert values[during].mean() > 2 * values[~during].mean()


def test_arms_are_compared_with_the_first(treated: tuple[Treated, ...]) -> None:
    """The first arm has no effect against itself; at least one other differs between patients."""
    for each in treated:
        assert len(each.arm) > 50
        assert not each.effects()[:, 0].any()
        assert each.effects()[:, 1:].std(axis=0).max() > 0


def test_every_arm_is_given(treated: tuple[Treated, ...]) -> None:
    """No arm is so rare that nothing could be learned of it."""
    for each in treated:
        assert np.bincount(each.arm, minlength=4).min() > 0.03 * len(each.arm)


def test_means_of_arms_are_confounded(treated: tuple[Treated, ...]) -> None:
    """Comparing plain means misses the true effect by more than chance in most conditions."""
    misses = []
    for each in treated:
        seen = each.seen()
        for arm in range(1, 4):
            given, first = seen[each.arm == arm], seen[each.arm == 0]
            error = np.sqrt(given.var() / len(given) + first.var() / len(first))
            true = each.effects()[:, arm].mean()
            misses.append(abs(given.mean() - first.mean() - true) / error)
    assert np.mean(np.array(misses) > 1.96) > 0.3


def test_the_best_arm_differs_between_patients(treated: tuple[Treated, ...]) -> None:
    """One arm is not best for everybody: choosing for each patient gains something."""
    for each in treated:
        sign = -1 if each.treatment.better == "down" else 1
        gain = (sign * each.outcomes).max(axis=1).mean() - (sign * each.outcomes).mean(axis=0).max()
        assert gain > 0


def test_conditions_have_an_up_or_a_down() -> None:
    """Each outcome says which way it improves."""
    assert {each.better for each in treatments()} <= {"up", "down"}


def test_slips_change_a_text_and_a_date() -> None:
    """No slip leaves what it slips on as it was."""
    rng = stream(1, "slips")
    for text in ("aa", "Anna", "555", "12 Mill Lane"):
        assert all(mistyped(text, rng) != text for _ in range(50))
    day = CITY.as_of
    assert all(other_date(day, rng) != day for _ in range(20))
