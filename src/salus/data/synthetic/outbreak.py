"""An outbreak of gastroenteritis in a few districts, for a few weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from salus.core.rng import stream
from salus.data.synthetic.cases import Cases
from salus.data.synthetic.diseases import disease_place, diseases
from salus.data.synthetic.seasons import calendar, inverse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.data.synthetic.layout import Layout
    from salus.data.synthetic.people import People
    from salus.data.synthetic.spec import CitySpec

DISEASE = "gastroenteritis"
WEEKS = 4
SHARE_OF_DISTRICTS = 0.2
HIT = 0.006
"""Share of the people in a hit district who come to a hospital because of it: our own choice."""
LAST_WEEKS = 16
"""The outbreak begins within this many weeks before the records end."""


@dataclass(frozen=True, slots=True, eq=False)
class Outbreak:
    """Where, when and how large it is.

    Parameters
    ----------
    first, last : date
        First and last day.
    hit : ndarray of int
        Places of the districts.
    share : float
        Share of their people who come to a hospital because of it.
    """

    first: date
    last: date
    hit: NDArray[np.int64]
    share: float

    def cases(self, people: People, rng: np.random.Generator) -> Cases:
        """Draw who comes because of it.

        Parameters
        ----------
        people : People
            A part of the people.
        rng : numpy.random.Generator
            Where from.
        """
        disease = diseases()[disease_place(DISEASE)]
        struck = np.isin(people.district, self.hit) & (rng.random(len(people)) < self.share)
        person = np.flatnonzero(struck)
        days = calendar(self.first, self.last)
        rise = np.sin(np.pi * (np.arange(len(days.days)) + 0.5) / len(days.days))
        day = days.days[inverse(rise, rng.random(len(person)))].astype(np.int64)
        start = day * 86_400 + rng.integers(7 * 3600, 22 * 3600, len(person))
        class_ = inverse(np.array(disease.classes), rng.random(len(person)))
        return Cases(person, np.full(len(person), disease_place(DISEASE)), class_, start)


def plant_outbreak(spec: CitySpec, layout: Layout) -> Outbreak:
    """Choose where and when the outbreak is.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    layout : Layout
        Its districts: one in five is hit, those about a random one.

    Returns
    -------
    Outbreak
        Four weeks within the last sixteen.
    """
    rng = stream(spec.seed, "outbreak")
    back = int(rng.integers(WEEKS + 1, LAST_WEEKS))
    first = spec.as_of - timedelta(weeks=back) + timedelta(days=1)
    middle = layout.centres[rng.integers(len(layout.centres))]
    nearest = np.argsort(np.linalg.norm(layout.centres - middle, axis=1), kind="stable")
    hit = np.sort(nearest[: max(1, round(SHARE_OF_DISTRICTS * len(nearest)))])
    return Outbreak(first, first + timedelta(weeks=WEEKS) - timedelta(days=1), hit, HIT)
