"""Medicines, depots, batches, offers and ways refuse to be impossible."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from salus.domain.medicine import Batch, DeliveryRoute, Depot, Medicine, OrderOffer

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2026, 6, 28)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Medicine("", "x", "vial", 1, {}), "id must not be empty"),
        (lambda: Medicine("x", "x", "vial", -1, {}), "unit_cost must be at least 0"),
        (lambda: Medicine("x", "x", "vial", 1, {"ward": -2}), "doses of ward"),
        (lambda: Depot("W", " "), "name must not be empty"),
        (lambda: Batch("W", "x", -1, DAY), "units must be at least 0"),
        (lambda: Batch("W", "x", 1, DAY, arrives=date(2026, 6, 29)), "arrives on 2026-06-29"),
        (lambda: OrderOffer("W", "x", 1, 0, 0, 1), "usable_days must be at least 1"),
        (lambda: OrderOffer("W", "x", 1, -1, 1, 1), "days must be at least 0"),
        (lambda: DeliveryRoute("W", "W", 0, 1, 1), "leads to another place"),
        (lambda: DeliveryRoute("W", "H", 0, 1, -1), "unit_cost must be at least 0"),
    ],
)
def test_the_impossible_is_refused(make: Callable[[], object], said: str) -> None:
    """The message names the field, the bound and the value."""
    with pytest.raises(ValueError, match=said):
        make()
