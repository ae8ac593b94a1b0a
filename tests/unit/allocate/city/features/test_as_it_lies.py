"""Plans of journeys alone are cut down to the doses that lie at each facility."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.allocate.city.features.medicines.as_it_lies import as_it_lies
from salus.allocate.city.features.medicines.medicines import Medicines
from salus.allocate.city.greedy import Greedy
from salus.allocate.city.nearest import Nearest
from salus.allocate.city.stocked import stocked_city
from salus.allocate.city.tally import tally
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock

if TYPE_CHECKING:
    from salus.allocate.city.problem import CityProblem

CLOCK = SystemClock()


def _city(seed: int, plenty: float) -> tuple[CityProblem, Medicines]:
    city = replace(stocked_city(seed, plenty=plenty), stay=None)
    (supply,) = city.features
    assert isinstance(supply, Medicines)
    return city, supply


@given(st.integers(0, 10**6), st.floats(0.05, 2), st.sampled_from([Nearest(), Greedy()]))
def test_what_is_kept_passes_the_check(seed: int, plenty: float, method: Nearest | Greedy) -> None:
    """Every case that is left gets its doses, first what expires first; nobody is added."""
    city, supply = _city(seed, plenty)
    free = method.solve(replace(city, features=()), CLOCK)
    kept = as_it_lies(supply, city, free)
    assert verify(city, replace(kept, cost=tally(city, kept).cost)).violations == ()
    assert kept.cases.sum() <= free.cases.sum() + 1e-9


def test_with_plenty_nothing_is_cut() -> None:
    """Doses for everybody at every facility leave the plan as it is."""
    city, supply = _city(7, 1.0)
    free = Nearest().solve(replace(city, features=()), CLOCK)
    plenty = replace(supply, doses=np.zeros_like(supply.doses))
    kept = as_it_lies(plenty, city, free)
    assert np.array_equal(kept.cases, free.cases)


def test_stays_that_reach_on_are_refused() -> None:
    """Doses that fall due later would have to be kept back."""
    city = stocked_city(7)
    free = Nearest().solve(replace(city, features=(), stay=None), CLOCK)
    (supply,) = city.features
    assert isinstance(supply, Medicines)
    with pytest.raises(ValueError, match="stays must end in the period of admission, but last 3"):
        as_it_lies(supply, city, free)
