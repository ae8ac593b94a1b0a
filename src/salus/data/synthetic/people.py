"""Who lives in the city: age, sex, district, and how frail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.rng import stream
from salus.data.synthetic.seasons import inverse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.data.synthetic.layout import Layout
    from salus.data.synthetic.spec import CitySpec

PYRAMID = (
    5.7, 6.1, 6.6, 6.6, 6.5, 6.8, 6.9, 6.6, 6.2, 5.9, 6.2, 6.6, 6.3, 5.4, 4.5, 2.9, 1.9, 2.0,
)  # fmt: skip
"""Per cent of people in each five years of age, the last from 85 on (US Census Bureau 2021, 2020
Census, rounded)."""
BAND = 5
OLDEST_BAND = 12
"""Years that the last band is taken to span."""
OLD, ADULT = 65, 18
FEMALE_FROM = 70
"""From this age on women outnumber men here."""


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """A part of the people of the city.

    Parameters
    ----------
    first : int
        Number of the first of them in the city, from 0.
    birth : ndarray of datetime64[D], shape (n,)
        Dates of birth.
    age : ndarray, shape (n,)
        Years on the last day of the records.
    male : ndarray of bool, shape (n,)
        Whether registered as male.
    district : ndarray of int, shape (n,)
        Place of the district of residence in the layout.
    deprivation : ndarray, shape (n,)
        Of that district.
    frailty : ndarray, shape (n,)
        Standard normal; the common cause of falling ill.
    """

    first: int
    birth: NDArray[np.datetime64]
    age: NDArray[np.float64]
    male: NDArray[np.bool_]
    district: NDArray[np.int64]
    deprivation: NDArray[np.float64]
    frailty: NDArray[np.float64]

    def __len__(self) -> int:
        """Count them."""
        return len(self.age)


def make_people(spec: CitySpec, layout: Layout, first: int, n: int) -> People:
    """Make a part of the people.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    layout : Layout
        Its districts.
    first, n : int
        Number of the first, and how many.

    Returns
    -------
    People
    """
    rng = stream(spec.seed, f"people/{first}")
    district = inverse(layout.shares, rng.random(n))
    age = _ages(layout.old[district], rng)
    born = np.datetime64(spec.as_of) - np.floor(age * 365.25).astype(np.int64)
    return People(
        first=first,
        birth=born,
        age=age,
        male=rng.random(n) < np.where(age < FEMALE_FROM, 0.505, 0.43),
        district=district,
        deprivation=layout.deprivation[district],
        frailty=rng.normal(size=n),
    )


def _ages(old: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw from the pyramid; the old tilt it by moving some of the young into later bands."""
    young, shares = rng.random(len(old)), np.array(PYRAMID)
    tilted = np.where(old < 0, young ** (1 - old), 1 - (1 - young) ** (1 + old))
    band = inverse(shares, tilted)
    span = np.where(band == len(shares) - 1, OLDEST_BAND, BAND)
    return BAND * band + span * rng.random(len(old))
