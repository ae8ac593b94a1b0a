"""What is found at each contact: signs measured, symptoms told of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.rng import stream
from salus.data.synthetic.diseases import BACKGROUND, complaints, disease_place, shifts
from salus.data.synthetic.seasons import AMBULATORY
from salus.data.synthetic.signs import sign_place, signs, symptoms
from salus.data.synthetic.treatments import treatments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.data.synthetic.contacts import Contacts
    from salus.data.synthetic.illness import Illness
    from salus.data.synthetic.people import People
    from salus.data.synthetic.spec import CitySpec

OWN, CHRONIC, NOISE = 0.45, 0.35, 0.85
"""Standard deviations between people, share of a chronic shift at other contacts, and noise of one
reading: our own choices."""
PER_YEAR = {"egfr": -0.045, "sbp": 0.02, "nt_probnp": 0.012, "fev1_fvc": -0.008}
"""Drift with age from 40 on, standard deviations a year: our own choices."""
ROUTINE = {"vital-signs": (0.97, 0.93, 0.85), "laboratory": (0.9, 0.75, 0.4)}
"""Share measured at inpatient, emergency and ambulatory contacts: our own choices."""
ASKED, UNASKED = 0.8, 0.06
"""Share measured when a symptom asks for it, and when none does: our own choices."""

ATYPICAL, LEFT = 0.3, 0.15
"""Share of contacts at which a disease hardly shows, and how much of it then does: our choices."""
BRIEF = 0.1
"""Share of ambulatory contacts without any reading: our own choice."""


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """What is found at each contact.

    Parameters
    ----------
    values : ndarray, shape (n_contacts, n_signs)
        Readings, each in its unit, whether recorded or not.
    measured : ndarray of bool, shape (n_contacts, n_signs)
        Whether recorded.
    told : ndarray of bool, shape (n_contacts, n_symptoms)
        Symptoms told of.
    """

    values: NDArray[np.float64]
    measured: NDArray[np.bool_]
    told: NDArray[np.bool_]


def examine(spec: CitySpec, people: People, illness: Illness, contacts: Contacts) -> Findings:
    """Find what shows at each contact.

    A sign is shifted by the disease of the contact times its severity, by a part of each chronic
    disease, by the person and by age; then noise is added. Diseases share signs, and some contacts
    are atypical, so that no reader of the signs can always be right.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    people, illness : People, Illness
        A part of its people.
    contacts : Contacts
        Of these people.

    Returns
    -------
    Findings
    """
    rng = stream(spec.seed, f"findings/{people.first}")
    shows = np.where(rng.random(len(contacts)) < ATYPICAL, LEFT, 1.0) * contacts.severity
    above = complaints()[contacts.disease] - BACKGROUND
    chances = BACKGROUND + above * np.minimum(shows, 1)[:, None]
    told = rng.random(chances.shape) < chances
    z = _deviations(people, illness, contacts, shows, rng)
    values = np.column_stack([sign.value(z[:, k]) for k, sign in enumerate(signs())])
    return Findings(values, _measured(contacts, told, rng), told)


def _deviations(
    people: People,
    illness: Illness,
    contacts: Contacts,
    shows: NDArray[np.float64],
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    n = len(signs())
    older = np.maximum(people.age - 40, 0)[:, None] * [PER_YEAR.get(s.id, 0.0) for s in signs()]
    own = OWN * rng.normal(size=(len(people), n)) + older
    constant = own + CHRONIC * illness.has @ shifts()
    person, disease = contacts.person, contacts.disease
    already = CHRONIC * illness.has[person, disease]
    here = (shows - already)[:, None] * shifts()[disease]
    return constant[person] + here + NOISE * rng.normal(size=(len(contacts), n))


def _measured(
    contacts: Contacts, told: NDArray[np.bool_], rng: np.random.Generator
) -> NDArray[np.bool_]:
    chance = np.empty((len(contacts), len(signs())))
    keys = [symptom.id for symptom in symptoms()]
    for k, sign in enumerate(signs()):
        if sign.asked_by:
            asked = told[:, [keys.index(key) for key in sign.asked_by]].any(axis=1)
            chance[:, k] = np.where(asked, ASKED, UNASKED)
        else:
            chance[:, k] = np.array(ROUTINE[sign.category])[contacts.class_]
    measured = rng.random(chance.shape) < chance
    for treatment in treatments():
        rows = contacts.disease == disease_place(treatment.disease)
        measured[rows, sign_place(treatment.sign)] = True
        measured[rows, sign_place("egfr")] = True
    # A phone call or a short visit goes without any reading.
    short = (contacts.class_ == AMBULATORY) & (rng.random(len(contacts)) < BRIEF)
    return measured & ~(short & ~np.isin(contacts.disease, _treated()))[:, None]


def _treated() -> list[int]:
    return [disease_place(each.disease) for each in treatments()]
