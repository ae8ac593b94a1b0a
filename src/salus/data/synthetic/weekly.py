"""What is counted by week while the people are made: admissions, and contacts by district."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.core.rng import stream
from salus.data.synthetic.columns import same
from salus.data.synthetic.contacts import DAY
from salus.data.synthetic.diseases import disease_place, diseases
from salus.data.synthetic.indicators import Planted, week_ends
from salus.data.synthetic.outbreak import DISEASE
from salus.data.synthetic.registry import SOURCE
from salus.data.synthetic.seasons import INPATIENT, calendar
from salus.domain.records.operations import INDICATOR_READING

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from salus.data.synthetic.contacts import Contacts
    from salus.data.synthetic.layout import Layout
    from salus.data.synthetic.outbreak import Outbreak
    from salus.data.synthetic.people import People
    from salus.data.synthetic.spec import CitySpec

INDICATOR = "gastroenteritis_contacts"
WEEKS = 260
"""Weeks of admissions in the region folder; those before the patient records are drawn."""
BETWEEN_YEARS = 0.2
"""Spread of the logarithm of a winter's influenza before the records: our own choice."""


@dataclass(slots=True, eq=False)
class Tally:
    """Counts that grow with each part of the people.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    layout : Layout
        Its districts.

    Attributes
    ----------
    admissions : ndarray of int, shape (n_weeks, n_diseases)
        Inpatient contacts of the full weeks of the records.
    struck : ndarray of int, shape (n_weeks, n_districts)
        Contacts because of gastroenteritis.
    people, old : ndarray of int, shape (n_districts,)
        People, and people of 65 and over.
    """

    spec: CitySpec
    layout: Layout
    admissions: NDArray[np.int64] = field(init=False)
    struck: NDArray[np.int64] = field(init=False)
    people: NDArray[np.int64] = field(init=False)
    old: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        """Begin at zero."""
        weeks, districts = self.spec.days // 7, len(self.layout.district_ids)
        self.admissions = np.zeros((weeks, len(diseases())), np.int64)
        self.struck = np.zeros((weeks, districts), np.int64)
        self.people = np.zeros(districts, np.int64)
        self.old = np.zeros(districts, np.int64)

    def add(self, people: People, contacts: Contacts) -> None:
        """Count a part of the people and their contacts."""
        districts = len(self.people)
        self.people += np.bincount(people.district, minlength=districts)
        self.old += np.bincount(people.district[people.age >= 65], minlength=districts)  # noqa: PLR2004  the name of the column
        end = np.datetime64(self.spec.as_of).astype(np.int64) + 1
        week = len(self.struck) - 1 - (end - 1 - contacts.start // DAY) // 7
        full = week >= 0
        inside = full & (contacts.class_ == INPATIENT)
        np.add.at(self.admissions, (week[inside], contacts.disease[inside]), 1)
        ill = full & (contacts.disease == disease_place(DISEASE))
        np.add.at(self.struck, (week[ill], people.district[contacts.person[ill]]), 1)

    def weeks(self) -> tuple[date, ...]:
        """Return the ends of the weeks that are counted."""
        return week_ends(self.spec, len(self.struck))

    def influenza(self) -> NDArray[np.int64]:
        """Return the weekly influenza admissions of five years, those before the records drawn."""
        counted = self.admissions[:, disease_place("influenza")]
        return np.concatenate([self._before(counted), counted])[-WEEKS:]

    def readings(self) -> pa.Table:
        """Write the contacts because of gastroenteritis, by district and week."""
        weeks, districts = self.struck.shape
        n, counts = weeks * districts, self.struck.T.ravel().astype(float)
        ids = self.layout.district_ids
        columns = {
            "indicator_id": same(INDICATOR, n),
            "place_id": pa.array(np.repeat(ids, weeks)),
            "period_end": pa.array(list(self.weeks()) * districts, pa.date32()),
            "value": counts,
            "numerator": counts,
            "denominator": np.repeat(self.people, weeks).astype(float),
            "source": same(SOURCE, n),
        }
        return INDICATOR_READING.take(pa.table(columns))

    def planted(self, outbreak: Outbreak) -> list[Planted]:
        """Say where the outbreak is, and how many contacts it is expected to add in a district."""
        touched = [week for week in self.weeks() if (week - outbreak.first).days >= 0]
        touched = [week for week in touched if (week - outbreak.last).days < 7]  # noqa: PLR2004  a week
        return [
            Planted(
                "outbreak",
                INDICATOR,
                self.layout.district_ids[place],
                touched[0],
                touched[-1],
                None,
                float(outbreak.share * self.people[place]),
            )
            for place in outbreak.hit.tolist()
        ]

    def _before(self, counted: NDArray[np.int64]) -> NDArray[np.int64]:
        ends = week_ends(self.spec, WEEKS)
        if len(counted) >= WEEKS:
            return counted[:0]
        winter = diseases()[disease_place("influenza")].winter
        usual = calendar(ends[0], ends[-1]).weights(winter, INPATIENT)[::7]
        level = counted.sum() / usual[-len(counted) :].sum()
        rng, early = stream(self.spec.seed, "influenza"), WEEKS - len(counted)
        year = np.array([(day.toordinal() - 182) // 365 for day in ends[:early]])
        harsh = np.exp(rng.normal(0, BETWEEN_YEARS, year.max() - year.min() + 1))
        return rng.poisson(level * usual[:early] * harsh[year - year.min()])
