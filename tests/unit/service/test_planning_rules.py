"""The rules of a plan are checked, taken from the settings, and survive being written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from salus.core.errors import InputError
from salus.core.settings import Settings
from salus.service.request import DayRequest, request_of
from salus.service.rules import PlanningRules
from salus.service.stress import parse_stresses


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("target_occupancy", 0.0),
        ("target_occupancy", 1.1),
        ("max_travel_minutes", 0.5),
        ("speed_kmh", 0.0),
        ("detour", 0.9),
        ("nearest", -1),
        ("unmet_minutes", 60.0),
        ("unmet_minutes", float("nan")),
    ],
)
def test_each_bound_is_checked(name: str, value: float) -> None:
    """A rule out of its bounds does not come to exist, and its name is told."""
    wrong: dict[str, Any] = {name: value}
    with pytest.raises(ValueError, match=name):
        PlanningRules(**wrong)


def test_settings_of_the_same_names_are_taken() -> None:
    """Every rule is a setting; the defaults agree."""
    assert PlanningRules.of(Settings()) == PlanningRules()
    assert PlanningRules.of(replace(Settings(), nearest=7)).nearest == 7


def test_settings_that_contradict_are_an_input_error() -> None:
    """Two settings may each be in range and yet not go together."""
    with pytest.raises(InputError, match="do not go together"):
        PlanningRules.of(replace(Settings(), max_travel_minutes=900.0, unmet_minutes=100.0))


@pytest.mark.parametrize("as_of", [None, date(2026, 6, 27)])
def test_a_request_survives_being_written_down(as_of: date | None) -> None:
    """Everything but the place of the folder comes back as it was."""
    asked = DayRequest(
        Path("/data/florida"),
        as_of,
        seed=5,
        horizon=9,
        stresses=parse_stresses(("record", "demand=1.1,close=A")),
        rules=PlanningRules(nearest=3, unmet_minutes=2000.0),
    )
    again = request_of(Path("/elsewhere/florida"), asked.parameters())
    assert again == replace(asked, region=Path("/elsewhere/florida"))
    assert asked.parameters()["region"] == "florida"


def test_no_stress_is_not_the_same_as_none_asked() -> None:
    """A recorded decision without stress is replayed without, not with those of today."""
    asked = DayRequest(Path("florida"), stresses=())
    assert request_of(Path("florida"), asked.parameters()).stresses == ()
