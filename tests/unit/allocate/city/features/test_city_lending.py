"""Units are lent as can be worked out by hand, and what means nothing is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from salus.allocate.city.exact import Exact
from salus.allocate.city.features.lending import Lending, offered, periods_lost
from salus.allocate.city.features.loans import NO_CONSENT, NO_CREDENTIALS, Lent, NotOffered
from salus.allocate.city.features.units import Unit
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock
from tests.fakes.two_wards import loan, two_wards

CLOCK = SystemClock()
# H2 is short at first, H1 later; each has one bed.
FIRST_THERE = [[0.0, 1.0, 1.0], [2.0, 0.0, 0.0]]
ONE_BED = [[1.0] * 3, [1.0] * 3]
A = np.array


def solved(lending: Lending, need: list[list[float]] | None = None) -> tuple[float, Lent]:
    """Plan two wards with these loans, hold the plan to its rules, and return cost and loans."""
    city = two_wards(need or FIRST_THERE, ONE_BED, lending)
    plan = Exact().solve(city, CLOCK)
    assert verify(city, plan).right
    found = plan.decision(Lent)
    assert found is not None
    return plan.cost, found


@pytest.mark.parametrize(
    ("terms", "cost"),
    [
        ({}, 0.0),
        ({"price": A([4.0]), "away_price": A([2.0])}, 6.0),
        ({"price": A([9.0]), "away_price": A([2.0])}, 10.0),
        ({"going": A([0.25])}, 2.5),
        ({"returning": A([0.5])}, 5.0),
        ({"returning": A([0.5]), "away_price": A([2.0])}, 8.0),
        ({"least": A([2.0])}, 10.0),
        ({"most": A([0.9])}, 10.0),
        ({"most": A([0.4]), "whole": False}, 6.0),
        ({"agreed": A([[0.0], [5.0]])}, 10.0),
    ],
)
def test_a_bed_is_lent_for_a_day(terms: dict[str, Any], cost: float) -> None:
    """H2 needs one more bed today, H1 its own tomorrow; what the way and the terms take counts."""
    assert solved(loan(**terms))[0] == pytest.approx(cost)


@pytest.mark.parametrize(
    ("terms", "cost"),
    [
        ({}, 0.0),
        ({"home": True}, 0.0),
        ({"home": True, "least": A([2.0])}, 10.0),
        ({"home": True, "returning": A([0.25])}, 10.0),
        ({"returning": A([0.25])}, 0.0),
    ],
)
def test_who_must_be_home_does_not_go_too_late(terms: dict[str, Any], cost: float) -> None:
    """H2 needs one more bed on the last day alone, and H1 has none to spare before."""
    assert solved(loan(**terms), [[1.0, 1.0, 0.0], [0.0, 0.0, 2.0]])[0] == pytest.approx(cost)


def test_all_that_was_lent_comes_home() -> None:
    """Where the way back takes time and all must be home, what is sent starts back in time."""
    cost, found = solved(loan(home=True, returning=A([1.0])), [[0.0] * 3, [2.0, 2.0, 2.0]])
    assert cost == pytest.approx(10.0)
    assert found.sent.tolist() == [[1.0, 0.0, 0.0]]
    assert found.returned.tolist() == [[0.0, 0.0, 1.0]]


def test_no_offer_is_no_change() -> None:
    """A feature without a row leaves the plan as it is."""
    none = {
        name: getattr(loan(), name)[:0]
        for name in ("lender", "host", "resource", "gives", "most", "price", "away_price")
    }
    none |= {name: getattr(loan(), name)[:0] for name in ("going", "returning", "least")}
    for home in (False, True):
        assert solved(replace(loan(home=home), **none))[0] == 10.0


def broken(lending: Lending, sent: list[float], returned: list[float]) -> set[str]:
    """Name the rules that loans break."""
    city = two_wards(FIRST_THERE, [[9.0] * 3] * 2, lending)
    plan = Exact().solve(city, CLOCK)
    false = replace(plan, decisions=(Lent(A([sent]), A([returned])),))
    return {one.constraint.name for one in verify(city, false).violations} - {"cost", "bound"}


@pytest.mark.parametrize(
    ("lending", "sent", "returned", "rules"),
    [
        (loan(), [1.0, 0, 0], [0, 1.0, 0], set()),
        (loan(), [2.0, 0, 0], [0, 0, 0], {"consent"}),
        (loan(), [0.5, 0, 0], [0, 0, 0], {"consent"}),
        (loan(whole=False), [0.5, 0, 0], [0, 0, 0], set()),
        (loan(), [1.0, -1.0, 0], [0, 0, 0], {"consent"}),
        (loan(), [1.0, 0, 0], [1.0, 0, 0], {"least_loan"}),
        (loan(), [1.0, 1.0, 0], [0, 1.0, 0], set()),
        (loan(returning=A([0.5])), [1.0, 1.0, 0], [0, 1.0, 0], {"consent"}),
        (loan(least=A([1.5])), [1.0, 0, 0], [0, 1.0, 0], {"least_loan"}),
        (loan(home=True, returning=A([0.5])), [1.0, 0, 0], [0, 0, 0], {"home"}),
        (loan(home=True, returning=A([1.0])), [1.0, 0, 0], [0, 0, 1.0], set()),
        (loan(home=True, returning=A([1.1])), [1.0, 0, 0], [0, 0, 1.0], {"home"}),
        (loan(home=True, least=A([2.0])), [0, 0, 1.0], [0, 0, 0], {"home"}),
        (loan(agreed=A([[0.0], [0.0]])), [1.0, 0, 0], [0, 0, 0], {"agreed"}),
    ],
)
def test_each_rule_of_a_loan_is_checked(
    lending: Lending, sent: list[float], returned: list[float], rules: set[str]
) -> None:
    """Loans that break a rule are found with its name, and others are not."""
    assert broken(lending, sent, returned) == rules


def test_a_lender_gives_no_more_than_it_has() -> None:
    """A plan that lends a unit which the lender does not have is beyond its capacity."""
    city = two_wards(FIRST_THERE, [[0.0] * 3, [1.0] * 3], loan())
    plan = Exact().solve(city, CLOCK)
    false = replace(plan, decisions=(Lent(A([[1.0, 0, 0]]), np.zeros((1, 3))),))
    found = [str(one.where) for one in verify(city, false).violations]
    assert "bed at H1 on 2026-06-28" in found


def test_a_plan_without_the_decision_is_recounted_as_nothing_lent() -> None:
    """Where a plan says nothing of loans, nothing is lent."""
    city = two_wards(FIRST_THERE, ONE_BED, loan())
    plan = Exact().solve(replace(city, features=()), CLOCK)
    assert verify(city, replace(plan, bound=None, price=plan.price * 0)).right


def test_loans_of_another_shape_are_refused() -> None:
    """What is lent has a row for each offer."""
    city = two_wards(FIRST_THERE, ONE_BED, loan())
    plan = Exact().solve(city, CLOCK)
    false = replace(plan, decisions=(Lent(np.zeros((2, 3)), np.zeros((2, 3))),))
    with pytest.raises(ValueError, match=r"must have shape \(1, 3\), but has \(2, 3\)"):
        verify(city, false)


@pytest.mark.parametrize(
    ("sent", "named"),
    [(np.zeros((1, 2)), "returned must have shape"), (A([[np.nan] * 3]), "must be finite")],
)
def test_loans_that_mean_nothing_are_refused(sent: Any, named: str) -> None:
    """Loans have one shape and are finite."""
    with pytest.raises(ValueError, match=named):
        Lent(sent, np.zeros((1, 3)))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"gives": np.ones((1, 2))}, r"lending.gives must have shape \(1, 3\), but has \(1, 2\)"),
        ({"most": A([1.0, 2.0])}, r"lending.most must have shape \(1,\)"),
        ({"most": A([-1.0])}, "lending.most must be finite and 0 or more, but holds -1.0"),
        ({"price": A([np.inf])}, "lending.price must be finite and 0 or more, but holds inf"),
        ({"going": A([np.nan])}, "lending.going must be finite and 0 or more, but holds nan"),
        ({"host": A([2])}, "lending.host must be from 0 to 1, but holds 2"),
        ({"resource": A([0.0])}, "lending.resource must hold whole numbers, but holds float64"),
        ({"host": A([0])}, "lending offer 0 must lead to another facility, but H1 lends to itself"),
        ({"agreed": np.ones((1, 1))}, r"lending.agreed must have shape \(2, 1\)"),
        ({"unit": (Unit.DAYS, Unit.DAYS)}, "lending.unit must hold 1 units, but holds 2"),
        ({"missing": (NotOffered(0, 1, 0, NO_CONSENT),)}, "H1 offers bed to H2"),
    ],
)
def test_offers_that_mean_nothing_are_refused(changes: dict[str, Any], named: str) -> None:
    """Each fault is named with what was found."""
    with pytest.raises(ValueError, match=named):
        two_wards(FIRST_THERE, ONE_BED, loan(**changes))


def test_all_faults_of_offers_are_named_at_once() -> None:
    """Independent faults come in one error."""
    with pytest.raises(ValueError, match=r"most must.*price must.*host must"):
        two_wards(FIRST_THERE, ONE_BED, loan(most=A([-1.0]), price=A([-1.0]), host=A([7])))


def test_only_who_agreed_and_may_work_there_is_offered() -> None:
    """A loan without consent or valid credentials is no offer, and tells why."""
    none = np.zeros(3)
    asked = Lending(
        lender=A([0, 1, 0]),
        host=A([1, 0, 1]),
        resource=A([0, 0, 1]),
        gives=np.ones((3, 3)),
        most=A([1.0, 1.0, 0.4]),
        price=none,
        away_price=none,
        going=none,
        returning=none,
        least=none,
        unit=(Unit.DAYS, Unit.HOURS, Unit.SHIFTS),
    )
    found = offered(asked, A([True, False, True]))
    assert found.lender.tolist() == [0]
    assert found.unit == (Unit.DAYS,)
    assert found.why_not(1, 0, 0) == NO_CREDENTIALS
    assert found.why_not(0, 1, 1) == NO_CONSENT
    assert found.why_not(0, 1, 0) is None


def test_minutes_on_the_way_are_parts_of_a_period() -> None:
    """Two hours on the way take a quarter of a shift of eight."""
    assert periods_lost(A([120.0, 0.0]), 480).tolist() == [0.25, 0.0]
