"""Who is treated with what, and what each treatment would have done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.rng import stream
from salus.data.synthetic.contacts import DAY, Contacts, end_of_records
from salus.data.synthetic.diseases import disease_place
from salus.data.synthetic.formulary import allergies, medicine_place, medicines
from salus.data.synthetic.people import ADULT
from salus.data.synthetic.seasons import AMBULATORY
from salus.data.synthetic.signs import sign_named, sign_place
from salus.data.synthetic.treatments import treatments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.data.synthetic.findings import Findings
    from salus.data.synthetic.people import People
    from salus.data.synthetic.spec import CitySpec
    from salus.data.synthetic.treatments import Features, Treatment

GROWN_SINCE = 5
"""Years: whoever is this much older than an adult was one at every contact of the records."""
FURTHEST = 2.0
"""Features are held within this many units of their centre."""


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """How a part of the people fared before treatment.

    Parameters
    ----------
    contacts : Contacts
        With hospitals.
    findings : Findings
        What was found at them.
    died : ndarray of int, shape (n_people,)
        When each died, seconds since 1970 began; far in the future for the living.
    """

    contacts: Contacts
    findings: Findings
    died: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Treated:
    """Patients given an arm of one treatment.

    Parameters
    ----------
    treatment : Treatment
        Which.
    contact : ndarray of int, shape (n,)
        The index contact, before which nothing of this treatment was given.
    arm : ndarray of int, shape (n,)
        The arm that was given.
    outcomes : ndarray, shape (n, n_arms)
        What would be measured afterwards under each arm, in the unit of the sign.
    """

    treatment: Treatment
    contact: NDArray[np.int64]
    arm: NDArray[np.int64]
    outcomes: NDArray[np.float64]

    def seen(self) -> NDArray[np.float64]:
        """Return the outcome under the arm that was given, shape (n,)."""
        return self.outcomes[np.arange(len(self.arm)), self.arm]

    def effects(self) -> NDArray[np.float64]:
        """Return what each arm changes against the first, shape (n, n_arms)."""
        return self.outcomes - self.outcomes[:, :1]


def treat(
    spec: CitySpec, people: People, course: Course, allergic: NDArray[np.bool_]
) -> tuple[Treated, ...]:
    """Treat the five conditions at the first contact for each.

    The choice depends on the baseline, age and kidney function that were measured, which also
    change the effect: whoever compares arms without regard to them is wrong. Nobody is given what
    an allergy on record forbids.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    people, course : People, Course
        A part of its people, and how they fared.
    allergic : ndarray of bool, shape (n_people, n_allergies)
        Allergies on record.

    Returns
    -------
    tuple of Treated
        Adults who were alive, and whose outcome lies within the records.
    """
    end = end_of_records(spec)
    rng, until = stream(spec.seed, f"treating/{people.first}"), np.minimum(course.died, end)
    return tuple(
        _given(each, _index(each, people, course.contacts, until), people, course, allergic, rng)
        for each in treatments()
    )


def follow_ups(contacts: Contacts, treated: tuple[Treated, ...]) -> Contacts:
    """Return the ambulatory contacts at which the outcomes are measured, in the order given.

    Parameters
    ----------
    contacts : Contacts
        All of a part of the people.
    treated : tuple of Treated
        Who was treated at which of them.
    """
    rows = np.concatenate([each.contact for each in treated])
    later = np.concatenate(
        [np.full(len(each.contact), each.treatment.after_days) for each in treated]
    )
    index = contacts.pick(rows)
    # The same hour of the day as the index contact would often be night.
    start = (index.start // DAY + later) * DAY + 9 * 3600 + index.start % (6 * 3600)
    none = np.zeros(len(rows), bool)
    return Contacts(
        index.person,
        index.disease,
        np.full(len(rows), AMBULATORY),
        start,
        start + 1200,
        index.severity,
        none,
        none,
        index.hospital,
    )


def _index(
    treatment: Treatment, people: People, contacts: Contacts, until: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Find the first contact of each adult with the condition, if there is time for an outcome."""
    rows = np.flatnonzero(contacts.disease == disease_place(treatment.disease))
    _, first = np.unique(contacts.person[rows], return_index=True)
    rows = np.sort(rows[first])
    person = contacts.person[rows]
    day = contacts.start[rows] // DAY + treatment.after_days
    time_left = (contacts.end[rows] <= day * DAY) & ((day + 1) * DAY <= until[person])
    return rows[time_left & (people.age[person] >= ADULT + GROWN_SINCE)]


def _given(  # noqa: PLR0917  one call, kept flat beside what it draws
    treatment: Treatment,
    rows: NDArray[np.int64],
    people: People,
    course: Course,
    allergic: NDArray[np.bool_],
    rng: np.random.Generator,
) -> Treated:
    person = course.contacts.person[rows]
    baseline = course.findings.values[rows, sign_place(treatment.sign)]
    kidney = course.findings.values[rows, sign_place("egfr")]
    features = _features(treatment, people.age[person], kidney, baseline)
    pulls = np.column_stack([arm.pull(features) for arm in treatment.arms])
    pulls += rng.gumbel(size=pulls.shape)
    pulls[_forbidden(treatment, allergic[person])] = -np.inf
    left = treatment.carried * (baseline - treatment.reverts_to) + treatment.reverts_to
    left = left + treatment.noise * rng.normal(size=len(rows))
    outcomes = np.column_stack([left + arm.effect(features) for arm in treatment.arms])
    reported = sign_named(treatment.sign).reported(outcomes)
    return Treated(treatment, rows, pulls.argmax(axis=1), reported)


def _features(
    treatment: Treatment,
    age: NDArray[np.float64],
    kidney: NDArray[np.float64],
    baseline: NDArray[np.float64],
) -> Features:
    raw = {
        "age": (age - 60) / 10,
        "kidney": (75 - kidney) / 30,
        "baseline": (baseline - treatment.centre) / treatment.step,
    }
    return {key: np.clip(value, -FURTHEST, FURTHEST) for key, value in raw.items()}


def _forbidden(treatment: Treatment, allergic: NDArray[np.bool_]) -> NDArray[np.bool_]:
    given = [medicines()[medicine_place(arm.medicine)] for arm in treatment.arms]
    forbids = np.array([[each.forbids(one) for one in given] for each in allergies()])
    return (allergic.astype(np.int64) @ forbids.astype(np.int64)) > 0
