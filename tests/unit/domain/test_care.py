"""A service says what one case of it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.core.messages import say
from salus.domain.care import Service

if TYPE_CHECKING:
    from collections.abc import Mapping


def service(
    key: str = "icu",
    stay_days: float = 4,
    severity: float = 3,
    uses: Mapping[str, float] | None = None,
) -> Service:
    """Make a service that exists, but for what a test changes."""
    taken = {"icu_bed": 1.0, "nurse": 0.5} if uses is None else uses
    return Service(key, say("intensive care"), stay_days, severity, taken)


def test_a_case_takes_its_units_over_its_whole_stay() -> None:
    """Four days of half a nurse are two nurse-days; what is not used takes nothing."""
    made = service()
    assert made.resource_days("icu_bed") == 4
    assert made.resource_days("nurse") == 2
    assert made.resource_days("ward_bed") == 0


def test_a_service_that_cannot_exist_is_refused() -> None:
    """Key, stay, severity and uses each have their bound."""
    with pytest.raises(ValueError, match="service_id"):
        service(key="")
    with pytest.raises(ValueError, match=r"stay_days must be between .* days, but is 0"):
        service(stay_days=0)
    with pytest.raises(ValueError, match="severity"):
        service(severity=-1)
    with pytest.raises(ValueError, match="at least one resource"):
        service(uses={})
    with pytest.raises(ValueError, match=r"uses\[nurse\].*but is -0.5"):
        service(uses={"nurse": -0.5})
