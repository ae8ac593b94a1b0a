"""Transfers, loans and staff law of the small city that methods are checked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.inpatients import Inpatients
from salus.allocate.city.features.lending import Lending
from salus.allocate.city.features.staff_law import StaffLaw
from salus.allocate.city.features.staff_rules import MaximumHours, Ratio, Rest, Staff
from salus.allocate.city.features.transfers import Transfers
from salus.allocate.city.features.units import Amount, Unit

if TYPE_CHECKING:
    from numpy.random import Generator

    from salus.allocate.city.arrays import Floats


def step_down(*, whole: bool) -> Transfers:
    """Let patients go from the ICU of H1 to wards, and from the ward of H3 to that of H1."""
    stay, bed = np.zeros((2, 3, 3)), np.zeros((3, 3, 3))
    stay[0, 1], stay[1, 0, :2] = (1.0, 1.0, 0.5), (1.0, 0.4)
    bed[0, 0], bed[1, 1], bed[2, 0, :2] = (1.0, 1.0, 0.5), (1.0, 1.0, 0.5), (1.0, 0.4)
    return Transfers(
        inpatients=Inpatients(
            facility=np.array([0, 2]),
            service=np.array([1, 0]),
            count=np.array([3.0, 4.0]),
            uses=stay,
            stable=np.array([[0.4, 0.7, 1.0], [1.0, 1.0, 1.0]]),
        ),
        group=np.array([0, 0, 1]),
        receiver=np.array([1, 2, 0]),
        takes=bed,
        minutes=np.array([30.0, 20.0, 15.0]),
        price=np.array([10.0, 10.0, 5.0]),
        vehicle_hours=np.array([2.0, 1.5, 1.0]),
        escort_hours=np.array([2.0, 2.0, 0.0]),
        base=np.array([0, 0, 1]),
        accepts=np.array([[2.0, 2.0, 0.0], [1.0, 2.0, 2.0], [3.0, 0.0, 1.0]]),
        fleet=np.array([[4.0, 2.0, 4.0], [3.0, 3.0, 3.0]]),
        escorts=np.array([[4.0, 4.0, 4.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]),
        whole=whole,
    )


def nurses_lent(draw: Generator, nurses: Floats, *, whole: bool) -> Lending:
    """Let each of three facilities lend to the others.

    Parameters
    ----------
    draw : Generator
        Draws who agrees and how far it is.
    nurses : ndarray, shape (3,)
        Nurses of each facility; half of them, at most, agree to go anywhere.
    whole : bool
        Whether nurses are whole.

    Returns
    -------
    Lending
    """
    lender, host = np.nonzero(~np.eye(3, dtype=bool))
    agreed = np.zeros((3, 3))
    agreed[:, 2] = np.floor(nurses / 2)
    return Lending(
        lender=lender,
        host=host,
        resource=np.full(6, 2),
        most=draw.integers(0, 3, 6).astype(np.float64),
        gives=np.ones((6, 3)),
        price=np.full(6, 12.0),
        away_price=np.full(6, 3.0),
        going=draw.choice([0.0, 0.25, 1.0], 6),
        returning=draw.choice([0.0, 0.25, 1.0], 6),
        least=np.array([0.0, 1.0, 0.0, 2.0, 1.0, 0.0]),
        home=bool(draw.integers(2)),
        whole=whole,
        agreed=agreed,
        unit=(Unit.SHIFTS,) * 6,
    )


def nursing_law(heads: Floats) -> StaffLaw:
    """Demand a nurse for four patients of a ward or two of an ICU, with hours and rest."""
    return StaffLaw(
        (Staff(2, Unit.SHIFTS, heads, hours=12.0),),
        (
            Ratio(2, 0, 4.0, Unit.SHIFTS),
            Ratio(2, 1, 2.0, Unit.SHIFTS),
            MaximumHours(2, Amount(20.0, Unit.HOURS), 2),
            Rest(2, 0.5, 1, 3),
        ),
    )
