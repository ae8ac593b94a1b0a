"""Contacts of people with hospitals: why, where, when, how severe, and how they end."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.core.rng import stream
from salus.data.synthetic.cases import Cases, join
from salus.data.synthetic.diseases import diseases
from salus.data.synthetic.seasons import (
    AMBULATORY,
    CLASSES,
    EMERGENCY,
    INPATIENT,
    calendar,
    inverse,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from salus.data.synthetic.illness import Illness
    from salus.data.synthetic.layout import Layout
    from salus.data.synthetic.outbreak import Outbreak
    from salus.data.synthetic.people import People
    from salus.data.synthetic.spec import CitySpec

DAY = 86_400
LATEST = 1800
"""Seconds before the end of the records; whoever comes later is of the next day."""
NEVER = np.iinfo(np.int64).max
SEVERITY_OF_CLASS = np.array([1.15, 0.95, 0.7])
SPREAD_OF_SEVERITY = 0.3
SPREAD_OF_STAY = 0.7
"""Of the logarithm: a stay at the 90th percentile is about twice the mean: our own choice."""


@dataclass(frozen=True, slots=True, eq=False)
class Contacts:
    """Contacts with hospitals, one array element each.

    Parameters
    ----------
    person : ndarray of int
        Place among the people of this part.
    disease : ndarray of int
        Place of the true disease.
    class_ : ndarray of int
        Place in ``CLASSES``.
    start, end : ndarray of int
        Seconds since 1970 began; the end may lie after the records end.
    severity : ndarray
        About 1; multiplies the signs.
    icu, died : ndarray of bool
        Whether in intensive care, and whether it ended in death.
    hospital : ndarray of int
        Place of the hospital.
    """

    person: NDArray[np.int64]
    disease: NDArray[np.int64]
    class_: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    severity: NDArray[np.float64]
    icu: NDArray[np.bool_]
    died: NDArray[np.bool_]
    hospital: NDArray[np.int64]

    def __len__(self) -> int:
        """Count them."""
        return len(self.person)

    def pick(self, which: NDArray[np.int64] | NDArray[np.bool_]) -> Contacts:
        """Return some of them."""
        return Contacts(*(getattr(self, each.name)[which] for each in fields(self)))


def make_contacts(
    spec: CitySpec, layout: Layout, people: People, illness: Illness, outbreak: Outbreak
) -> Contacts:
    """Make the contacts of a part of the people, in the order of time.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    layout : Layout
        Its hospitals.
    people, illness : People, Illness
        Who they are and what they suffer from.
    outbreak : Outbreak
        What adds cases in some districts for some weeks.

    Returns
    -------
    Contacts
        None begins before the records do, after they end, or after death.
    """
    rng = stream(spec.seed, f"contacts/{people.first}")
    cases = [
        *_usual(spec, illness, rng),
        outbreak.cases(people, stream(spec.seed, f"outbreak/{people.first}")),
    ]
    now = end_of_records(spec)
    known = _in_time(join(cases), people, now)
    return _alive(_unfold(known, layout, people, rng), now)


def end_of_records(spec: CitySpec) -> int:
    """Return the midnight that ends the records, in seconds since 1970 began.

    Examples
    --------
    >>> from salus.data.synthetic.spec import CitySpec
    >>> end_of_records(CitySpec()) % DAY
    0
    """
    return int((np.datetime64(spec.as_of).astype(np.int64) + 1) * DAY)


def death_times(contacts: Contacts, n: int) -> NDArray[np.int64]:
    """Return when each of ``n`` people died, in seconds; ``NEVER`` for those who did not."""
    times = np.full(n, NEVER)
    np.minimum.at(times, contacts.person[contacts.died], contacts.end[contacts.died])
    return times


def at_home(spec: CitySpec, contacts: Contacts, died: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell who of a part of the people is alive and outside the hospitals when the records end.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    contacts : Contacts
        Of these people.
    died : ndarray of int, shape (n_people,)
        When each died.

    Returns
    -------
    ndarray of bool, shape (n_people,)
    """
    outside = died == NEVER
    outside[contacts.person[contacts.end > end_of_records(spec)]] = False
    return outside


def _usual(spec: CitySpec, illness: Illness, rng: np.random.Generator) -> Iterable[Cases]:
    days = calendar(spec.start, spec.as_of)
    for place, disease in enumerate(diseases()):
        counts = rng.poisson(illness.yearly[:, place] * spec.years)
        person = np.repeat(np.arange(len(counts)), counts)
        class_ = inverse(np.array(disease.classes), rng.random(len(person)))
        start = np.zeros(len(person), np.int64)
        for each in range(len(CLASSES)):
            where = np.flatnonzero(class_ == each)
            start[where] = days.draw(len(where), disease.winter, each, rng)
        yield Cases(person, np.full(len(person), place), class_, start)


def _in_time(cases: Cases, people: People, now: int) -> Cases:
    """Leave out who is not yet born, and who comes too late to be examined before the end."""
    born = cases.start >= people.birth[cases.person].astype(np.int64) * DAY
    return cases.pick(born & (cases.start < now - LATEST))


def _unfold(cases: Cases, layout: Layout, people: People, rng: np.random.Generator) -> Contacts:
    """Add how severe it is, where it goes, how long it lasts and how it ends."""
    n, of = len(cases.person), diseases()
    severity = SEVERITY_OF_CLASS[cases.class_] * np.exp(SPREAD_OF_SEVERITY * rng.normal(size=n))
    inpatient = cases.class_ == INPATIENT
    worse = np.minimum(severity, 2.5)
    icu = rng.random(n) < np.array([each.icu for each in of])[cases.disease] * worse * inpatient
    died = rng.random(n) < np.array([each.death for each in of])[cases.disease] * worse * inpatient
    length = _lengths(cases, severity, icu, rng)
    edges = np.cumsum(layout.attraction(), axis=1)[people.district[cases.person]]
    hospital = (rng.random(n)[:, None] > edges[:, :-1]).sum(axis=1)
    return Contacts(
        cases.person,
        cases.disease,
        cases.class_,
        cases.start,
        cases.start + length,
        severity,
        icu,
        died,
        hospital,
    )


def _lengths(
    cases: Cases, severity: NDArray[np.float64], icu: NDArray[np.bool_], rng: np.random.Generator
) -> NDArray[np.int64]:
    """Draw how long each contact lasts, in seconds."""
    n = len(severity)
    mean = np.array([each.stay for each in diseases()])[cases.disease] * DAY
    spread = np.exp(rng.normal(-(SPREAD_OF_STAY**2) / 2, SPREAD_OF_STAY, n))
    stay = mean * spread * np.where(icu, 1.5, 0.95) * np.clip(severity, 0.7, 1.6) / 1.15
    by_class = np.select(
        [cases.class_ == AMBULATORY, cases.class_ == EMERGENCY],
        [rng.uniform(1200, 3600, n), 3600 * rng.gamma(4.0, 1.0, n) + 1800],
        default=np.maximum(stay, DAY / 4),
    )
    return by_class.astype(np.int64)


def _alive(contacts: Contacts, now: int) -> Contacts:
    """Leave out what would follow a death, and the deaths that would; the last are not yet dead."""
    contacts = replace(contacts, died=contacts.died & (contacts.end < now))
    died = death_times(contacts, int(contacts.person.max(initial=-1)) + 1)
    after = contacts.start > died[contacts.person]
    twice = contacts.died & (contacts.end > died[contacts.person])
    kept = contacts.pick(~(after | twice))
    ended = np.minimum(kept.end, np.maximum(died[kept.person], kept.start + 60))
    return replace(kept, end=ended)
