"""What practice forbids and prices, journey by journey, and what it says of each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from salus.allocate.city.checks import small_city
from salus.allocate.city.practice.practice import Practice
from salus.allocate.city.practice.rule import Rule, Terms
from salus.domain.rights import Override

CITY = replace(
    small_city(1),
    **dict(
        zip(
            ("arc_district", "arc_facility", "arc_service"),
            (index.ravel() for index in np.indices((4, 3, 3))),
            strict=True,
        )
    ),
    arc_minutes=np.full(36, 20.0),
)
TIERS = Practice(
    tier=np.array([1, 2, 3]),
    lowest=np.array([1, 2, 1]),
    first=np.array([1, 1, 0]),
    down=np.array([0, 0, 2]),
)


def _told(practice: Practice, *asked: str | None) -> list[str]:
    return [str(line).split(": ")[1] for line in practice.ledger(CITY).lines(*asked)]


@pytest.mark.parametrize(
    ("facility", "service", "told"),
    [
        ("H1", "ward", []),
        ("H2", "ward", ["past the tier of first contact, 30 minutes added"]),
        ("H3", "ward", ["past the tier of first contact, 60 minutes added"]),
        ("H1", "icu", ["the facility's tier is not able to give this care, forbidden"]),
        ("H2", "icu", ["referred upward, 10 minutes added"]),
        (
            "H3",
            "icu",
            [
                "referred upward, 10 minutes added",
                "past the tier of first contact, 30 minutes added",
            ],
        ),
        ("H2", "surgery", []),
        ("H3", "surgery", ["kept above the tier to step down to, 20 minutes added"]),
    ],
)
def test_tiers_count_by_what_the_service_demands(
    facility: str, service: str, told: list[str]
) -> None:
    """First contact, upward referral and step-down, each tier once."""
    assert _told(TIERS, "D1", facility, service) == told


def test_an_unknown_tier_breaks_no_rule() -> None:
    """A facility without a tier is neither unable nor too high."""
    assert _told(replace(TIERS, tier=np.zeros(3, dtype=int))) == []


def test_areas_count_where_the_district_has_one() -> None:
    """Outside the own consortium or insurance area costs; who belongs nowhere goes anywhere."""
    practice = Practice(
        consortium=("east", "", "west"),
        district_consortium=("east", "west", "", "north"),
        insurance=("a", "a", "b"),
        district_insurance=("a", "", "", "b"),
    )
    assert _told(practice, "D1", "H1") == []
    assert _told(practice, "D1", "H2", "ward") == ["outside the consortium, 45 minutes added"]
    assert len(_told(practice, "D1", "H3", "ward")) == 2
    assert _told(practice, "D3") == []
    assert _told(practice, "D4", "H3", "icu") == ["outside the consortium, 45 minutes added"]


def test_what_is_forbidden_is_left_out_and_what_is_priced_costs() -> None:
    """The problem has fewer journeys, and its prices stand beside those that it had."""
    priced = replace(CITY, arc_price=np.full(36, 7.0))
    found = TIERS.applied(priced)
    assert found.arc_minutes.size == 32
    journey = found.journeys(np.array([0, 0]), np.array([2, 0]), np.array([1, 0]))
    assert found.arc_price is not None
    assert found.arc_price[journey].tolist() == [47.0, 7.0]


def test_rules_without_terms_do_not_hold() -> None:
    """With no terms the problem is the very same."""
    assert replace(TIERS, terms=Terms({}, frozenset())).applied(CITY) is CITY


def test_any_rule_can_be_forbidden() -> None:
    """A hard consortium keeps everybody within it."""
    practice = Practice(
        Terms({}, frozenset({Rule.CONSORTIUM})),
        consortium=("east", "east", "west"),
        district_consortium=("east", "west", "east", "west"),
    )
    found = practice.applied(CITY)
    west = found.arc_facility == 2
    assert (found.arc_district[west] % 2 == 1).all()
    assert (found.arc_district[~west] % 2 == 0).all()
    assert found.arc_price is None


def test_an_override_lets_pass_and_is_told() -> None:
    """Whoever overrides a rule is named with the reason; the first override counts."""
    let = Override("D1", "H1", "icu", "flood", "health bureau")
    later = Override(None, "H1", None, "exercise", "county")
    practice = replace(TIERS, overrides=(let, later))
    assert _told(practice, "D1", "H1", "icu")[0].endswith("care, let pass by health bureau")
    line = next(practice.ledger(CITY).lines("D2", "H1", "icu"))
    assert str(line).endswith("let pass by county: exercise")
    assert practice.applied(CITY).arc_minutes.size == 36


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"tier": np.array([1, 2])}, "practice.tier must hold 3, but holds 2"),
        ({"tier": np.array([1, 2, 4])}, "practice.tier must be a tier from 1 to 3, or 0 for none"),
        ({"lowest": np.array([0.5, 1, 1])}, "practice.lowest must be a tier .* holds 0.5"),
        ({"consortium": ("east",)}, "practice.consortium must hold 3, but holds 1"),
        (
            {"overrides": (Override("D9", None, None, "flood", "bureau"),)},
            "an override names D9, but there is none in the problem",
        ),
    ],
)
def test_what_does_not_fit_is_refused(changes: dict[str, Any], named: str) -> None:
    """Each fault is named with what was found."""
    with pytest.raises(ValueError, match=named):
        replace(TIERS, **changes).applied(CITY)


def test_all_faults_are_named_at_once() -> None:
    """Independent faults come in one error."""
    wrong = replace(TIERS, tier=np.array([9, 1, 1]), insurance=("a",))
    with pytest.raises(ValueError, match=r"practice.tier.*practice.insurance"):
        wrong.ledger(CITY)


def test_terms_and_overrides_refuse_what_means_nothing() -> None:
    """A negative price, a rule both priced and forbidden, and an override without a reason."""
    with pytest.raises(ValueError, match=r"minutes of upward .* -1.0.*able must be priced or"):
        Terms({Rule.UPWARD: -1.0, Rule.ABLE: 3.0})
    with pytest.raises(ValueError, match=r"reason of an override.*by of an.*names none"):
        Override(None, None, None, "", " ")
