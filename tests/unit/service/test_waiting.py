"""Who of a queue can be dispatched, and that nobody is left out silently."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from salus.domain.rights import Decline
from salus.service.free_now import free_now
from salus.service.rules import PlanningRules
from salus.service.waiting import queue_problem, waiting
from tests.fakes.queues import NOW, line, queue

if TYPE_CHECKING:
    import pyarrow as pa

    from salus.data.region.region import Region
    from salus.service.plan_city import CityAnswer

RULES = PlanningRules()


def keys(table: pa.Table) -> list[str]:
    """Read who is in a queue."""
    found: list[str] = table["queue_id"].to_pylist()
    return found


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ({"queue_id": None}, "without a key, a person or a time: 1"),
        ({"patient_id": None}, "without a key, a person or a time: 1"),
        ({"waiting_since": None}, "without a key, a person or a time: 1"),
        ({"service_id": "moon"}, "for a service that the region does not have: 1"),
        ({"service_id": None}, "for a service that the region does not have: 1"),
        ({"district_id": "D999"}, "from a district that the region does not have: 1"),
        ({"severity": None}, "without a severity above 0: 1"),
        ({"severity": 0.0}, "without a severity above 0: 1"),
        ({"severity": -1.0}, "without a severity above 0: 1"),
        ({"severity": float("nan")}, "without a severity above 0: 1"),
        ({"severity": float("inf")}, "without a severity above 0: 1"),
        ({"waiting_since": NOW + timedelta(seconds=1)}, "asked for later than now: 1"),
        ({"queue_id": "Q1"}, "under a key that an earlier request has: 1"),
        ({"patient_id": "P1"}, "asked for twice by one person: 1"),
    ],
)
def test_who_cannot_be_dispatched_is_counted(coast: Region, odd: dict[str, Any], said: str) -> None:
    """Each reason says how many it left out, and the others stay."""
    waits = waiting(queue({}, odd), coast, NOW)
    assert keys(waits.rows) == ["Q1"]
    assert [str(each) for each in waits.left_out] == [said]


def test_everybody_is_placed_or_counted(coast: Region) -> None:
    """Several reasons at once count each request once."""
    odd = queue({}, {"service_id": "moon", "severity": 0.0}, {"severity": 0.0}, {"queue_id": "Q1"})
    waits = waiting(odd, coast, NOW)
    lost = sum(int(str(each).rpartition(" ")[2]) for each in waits.left_out)
    assert lost + waits.rows.num_rows == odd.num_rows


def test_who_asks_twice_keeps_the_longer_wait(coast: Region) -> None:
    """The earlier request stands, wherever it is in the file; each service is asked for apart."""
    early = NOW - timedelta(hours=5)
    asked = queue(
        {},
        {"patient_id": "P1", "waiting_since": early},
        {"patient_id": "P1", "service_id": "icu"},
    )
    waits = waiting(asked, coast, NOW)
    assert keys(waits.rows) == ["Q2", "Q3"]
    np.testing.assert_allclose(waits.minutes, [300, 60])


def test_nobody_waits(coast: Region, coast_planned: CityAnswer) -> None:
    """An empty queue is a problem without patients."""
    waits = waiting(queue(), coast, NOW)
    free = free_now(coast, None, NOW, coast_planned, RULES)
    problem = queue_problem(coast, waits, free, RULES, NOW.date())
    assert (waits.left_out, problem.patients) == ((), ())


def test_everybody_comes_from_home(coast: Region, coast_planned: CityAnswer) -> None:
    """Districts are those of the patients; who lives in one has its journeys, within the limit."""
    asked = queue({"district_id": "AC03"}, {"district_id": "AC01"}, {"district_id": "AC03"})
    free = free_now(coast, None, NOW, coast_planned, RULES)
    problem = queue_problem(coast, waiting(asked, coast, NOW), free, RULES, NOW.date())
    assert [problem.districts[place] for place in problem.district] == ["AC03", "AC01", "AC03"]
    assert np.array_equal(problem.travel[0], problem.travel[2])
    assert problem.travel[np.isfinite(problem.travel)].max() <= RULES.max_travel_minutes
    assert (problem.at == -1).all()


def test_who_is_declined_that_day_does_not_go_there(
    coast: Region, coast_planned: CityAnswer
) -> None:
    """A service, or a district, is declined by one facility, and nobody else is."""
    asked = queue({"district_id": "AC03"}, {"district_id": "AC01"}, {"service_id": "icu"})
    waits, today = waiting(asked, coast, NOW), NOW.date()
    before = Decline("H02", "nurses ill", service="icu", last_day=today - timedelta(days=1))
    oxygen = Decline("H01", "no oxygen", service="icu")
    said = (before, oxygen, Decline("H02", "flood", district="AC01"))
    free = free_now(coast, None, NOW, coast_planned, RULES)
    less = queue_problem(replace(coast, declines=said), waits, free, RULES, today)
    patients, facilities = np.nonzero(~less.accepted)
    gone = {
        (less.services[less.service[p]], less.districts[less.district[p]], less.facilities[j])
        for p, j in zip(patients, facilities, strict=True)
    }
    assert {(service, facility) for service, _, facility in gone} >= {("icu", "H01")}
    assert all(
        (service == "icu" and facility == "H01") or (district == "AC01" and facility == "H02")
        for service, district, facility in gone
    )
    assert any(district == "AC01" for _, district, _ in gone)


def test_the_order_is_that_of_the_queue(coast: Region) -> None:
    """Leaving some out does not move the others."""
    assert keys(waiting(line(5), coast, NOW).rows) == ["Q1", "Q2", "Q3", "Q4", "Q5"]
