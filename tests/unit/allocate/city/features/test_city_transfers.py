"""Inpatients are moved as can be worked out by hand, and what means nothing is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from salus.allocate.city.exact import Exact
from salus.allocate.city.features.inpatients import Inpatients
from salus.allocate.city.features.moved import Moved, NotAccepted
from salus.allocate.city.features.transfers import Transfers
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock
from salus.core.messages import say
from tests.fakes.two_wards import two_wards

CLOCK = SystemClock()
A = np.array
# Three cases a day come to H1, which has one bed left beside two patients who stay two days.
NEED = [[3.0] * 3, [0.0] * 3]
BEDS = [[1.0] * 3, [5.0] * 3]
STAY = A([[[1.0, 1.0, 0.0]]])


def people(**changes: Any) -> Inpatients:
    """Put two patients into the ward of H1."""
    first = A([0])
    return Inpatients(
        **{
            "facility": first,
            "service": first,
            "count": A([2.0]),
            "uses": STAY,
            "stable": np.ones((1, 3)),
            **changes,
        }
    )


def moves(**changes: Any) -> Transfers:
    """Let them go to H2 with plenty of everything."""
    terms: dict[str, Any] = {
        "inpatients": people(),
        "group": A([0]),
        "receiver": A([1]),
        "takes": STAY,
        "minutes": A([3.0]),
        "price": A([1.0]),
        "vehicle_hours": A([1.0]),
        "escort_hours": A([1.0]),
        "base": A([0]),
        "accepts": np.full((2, 3), 9.0),
        "fleet": np.full((1, 3), 9.0),
        "escorts": np.full((2, 3), 9.0),
    }
    return Transfers(**{**terms, **changes})


# Nobody moved, two of three stay unserved on each day; each move on the first day saves two.
STAYED, SAVED, MOVE = 60.0, 20.0, 4.0


@pytest.mark.parametrize(
    ("terms", "cost"),
    [
        ({}, STAYED - 2 * (SAVED - MOVE)),
        ({"price": A([30.0])}, STAYED),
        ({"accepts": A([[9.0] * 3, [1.0, 0.0, 0.0]])}, STAYED - (SAVED - MOVE)),
        ({"accepts": A([[9.0] * 3, [1.0, 1.0, 0.0]])}, STAYED - SAVED - SAVED / 2 + 2 * MOVE),
        ({"fleet": A([[1.0, 0.0, 0.0]])}, STAYED - (SAVED - MOVE)),
        ({"escorts": A([[1.5, 0.0, 0.0], [9.0] * 3])}, STAYED - (SAVED - MOVE)),
        ({"escorts": A([[1.5, 0, 0], [9.0] * 3]), "whole": False}, 60.0 - 1.5 * 16 - 0.5 * 6 * 0),
        ({"takes": 3 * STAY}, STAYED - (SAVED - MOVE)),
        (
            {"inpatients": people(stable=A([[0.5, 0.5, 1.0]]))},
            STAYED - (SAVED - MOVE),
        ),
        (
            {"inpatients": people(stable=A([[0.0, 1.0, 1.0]]))},
            STAYED - 2 * (SAVED / 2 - MOVE),
        ),
        ({"inpatients": people(count=A([0.0]))}, STAYED),
    ],
)
def test_each_who_goes_makes_room(terms: dict[str, Any], cost: float) -> None:
    """Moving counts where it saves more than it costs, within every limit."""
    city = two_wards(NEED, BEDS, moves(**terms))
    plan = Exact().solve(city, CLOCK)
    assert verify(city, plan).right
    assert plan.cost == pytest.approx(cost)


@pytest.mark.parametrize(
    ("terms", "patients", "rules"),
    [
        ({}, [2.0, 0.0, 0.0], set()),
        ({}, [1.0, 1.0, 0.0], set()),
        ({}, [0.5, 0.0, 0.0], {"moved"}),
        ({"whole": False}, [0.5, 0.0, 0.0], set()),
        ({}, [1.0, -1.0, 0.0], {"moved"}),
        ({}, [0.0, 0.0, 1.0], {"moved"}),
        ({}, [2.0, 1.0, 0.0], {"fit"}),
        ({"inpatients": people(stable=A([[0.5, 1.0, 1.0]]))}, [2.0, 0.0, 0.0], {"fit"}),
        ({"accepts": np.ones((2, 3))}, [2.0, 0.0, 0.0], {"accepted"}),
        ({"fleet": np.ones((1, 3))}, [2.0, 0.0, 0.0], {"vehicles"}),
        ({"escorts": np.ones((2, 3))}, [2.0, 0.0, 0.0], {"escorts"}),
        ({"takes": 9 * STAY}, [1.0, 0.0, 0.0], {"capacity"}),
    ],
)
def test_each_rule_of_a_transfer_is_checked(
    terms: dict[str, Any], patients: list[float], rules: set[str]
) -> None:
    """Moves that break a rule are found with its name, and others are not."""
    city = two_wards([[0.0] * 3] * 2, BEDS, moves(**terms))
    plan = Exact().solve(city, CLOCK)
    false = replace(plan, decisions=(Moved(A([patients])),))
    found = {one.constraint.name for one in verify(city, false).violations}
    assert found - {"cost", "bound"} == rules


def test_a_plan_without_the_decision_is_recounted_as_nobody_moved() -> None:
    """Where a plan says nothing of transfers, everybody stays."""
    plan = Exact().solve(two_wards(NEED, BEDS), CLOCK)
    city = two_wards(NEED, BEDS, moves())
    assert verify(city, replace(plan, bound=None)).right


@pytest.mark.parametrize("patients", [np.zeros((2, 3)), A([[np.nan] * 3])])
def test_moves_that_mean_nothing_are_refused(patients: Any) -> None:
    """Moves are finite, and have a row for each option."""
    city = two_wards(NEED, BEDS, moves())
    plan = Exact().solve(city, CLOCK)
    with pytest.raises(ValueError, match=r"must be finite|must have shape \(1, 3\)"):
        verify(city, replace(plan, decisions=(Moved(patients),)))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"takes": STAY[:, :, :2]}, r"transfers.takes must have shape \(1, 1, 3\)"),
        ({"minutes": A([-3.0])}, "transfers.minutes must be finite and 0 or more, but holds -3.0"),
        ({"fleet": np.full((1, 3), np.inf)}, "transfers.fleet must be finite"),
        ({"accepts": np.ones((1, 3))}, r"transfers.accepts must have shape \(2, 3\)"),
        ({"base": A([1])}, "transfers.base must be from 0 to 0, but holds 1"),
        ({"group": A([-1])}, "transfers.group must be from 0 to 0, but holds -1"),
        ({"receiver": A([0])}, "option 0 must lead to another facility, but group 0 is already in"),
        ({"inpatients": people(count=A([np.nan]))}, "inpatients.count must be finite"),
        ({"inpatients": people(uses=-STAY)}, "inpatients.uses must be finite and 0 or more"),
        ({"inpatients": people(stable=A([[0.0, 1.0, 1.5]]))}, "must be from 0 to 1, but holds 1.5"),
        ({"inpatients": people(stable=A([[1.0, 0.5, 1.0]]))}, "must never fall, but falls by 0.5"),
        ({"inpatients": people(service=A([4]))}, "inpatients.service must be from 0 to 0"),
        ({"missing": (NotAccepted(0, 1, say("full")),)}, "group 0 to H2 is"),
    ],
)
def test_options_that_mean_nothing_are_refused(changes: dict[str, Any], named: str) -> None:
    """Each fault is named with what was found."""
    with pytest.raises(ValueError, match=named):
        two_wards(NEED, BEDS, moves(**changes))


def test_a_refusal_is_remembered_with_its_reason() -> None:
    """Who does not accept a group says why; nothing is said of what nobody asked for."""
    refused = replace(moves(), missing=(NotAccepted(0, 0, say("full")),))
    assert refused.why_not(0, 0) == say("full")
    assert refused.why_not(0, 1) is None


@pytest.mark.parametrize(
    ("block", "named"),
    [
        ("transfers", "from H1 to H2 for ward on 2026-06-29"),
        ("transfers.fit", "ward in H1 on 2026-06-29"),
        ("transfers.accepted", "H1 on 2026-06-29"),
        ("transfers.escorts", "H1 on 2026-06-29"),
        ("transfers.vehicles", "base 1 on 2026-06-29"),
    ],
)
def test_places_of_transfers_have_names(block: str, named: str) -> None:
    """Each block of the programme tells people where a limit holds."""
    options = moves()
    assert str(options.place(two_wards(NEED, BEDS, options), block, (0, 1))) == named
