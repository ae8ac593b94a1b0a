"""Who has which disease, and how often it brings them to a hospital."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit

from salus.core.rng import stream
from salus.data.synthetic.diseases import diseases
from salus.data.synthetic.people import ADULT, BAND, PYRAMID

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.data.synthetic.diseases import Disease
    from salus.data.synthetic.people import People
    from salus.data.synthetic.spec import CitySpec

PER_FRAILTY, PER_DEPRIVATION = 0.4, 0.5
"""Log-odds of illness per standard deviation of frailty, and of the most deprived: our choice."""
CENTRE_AGE, GROWN = 50.0, 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Illness:
    """What people suffer from.

    Parameters
    ----------
    has : ndarray of bool, shape (n_people, n_diseases)
        Chronic diseases; never true for an acute one.
    yearly : ndarray, shape (n_people, n_diseases)
        Expected hospital contacts a year.
    """

    has: NDArray[np.bool_]
    yearly: NDArray[np.float64]


def fall_ill(spec: CitySpec, people: People) -> Illness:
    """Decide who has what.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    people : People
        A part of its people.

    Returns
    -------
    Illness
    """
    rng = stream(spec.seed, f"illness/{people.first}")
    columns = [_suffer(disease, people, rng.random(len(people))) for disease in diseases()]
    has, yearly = (np.column_stack(part) for part in zip(*columns, strict=True))
    return Illness(has, yearly)


def _suffer(
    disease: Disease, people: People, uniform: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    odds = _risk(disease, people.age, people.male) + PER_FRAILTY * people.frailty
    odds += PER_DEPRIVATION * (people.deprivation - 0.5)
    if disease.chronic:
        share = expit(_intercept(disease) + odds) * (people.age >= ADULT)
        has = uniform < share
        return has, has * disease.contacts * np.exp(PER_FRAILTY * people.frailty / 2)
    rate = disease.rate / 1000 * disease.contacts * np.exp(_intercept(disease) + odds)
    return np.zeros(len(people), bool), rate


def _risk(
    disease: Disease, age: NDArray[np.float64], male: NDArray[np.bool_]
) -> NDArray[np.float64]:
    return disease.age * (np.maximum(age, GROWN) - CENTRE_AGE) / 10 + disease.male * male


@cache
def _intercept(disease: Disease) -> float:
    """Find the level at which the people of the pyramid have the disease as often as published."""
    age, frailty = np.arange(0.5, 90), np.linspace(-3, 3, 25)
    odds = np.array([_risk(disease, age, np.full(len(age), male)) for male in (False, True)])
    odds = odds[..., None] + PER_FRAILTY * frailty
    weight = np.repeat(PYRAMID, BAND)[:, None] * np.exp(-(frailty**2) / 2)
    if not disease.chronic:
        return -float(np.log(np.average(np.exp(odds).mean(axis=0), weights=weight)))
    weight = weight * (age >= ADULT)[:, None]
    return float(
        brentq(
            lambda level: (
                np.average(expit(level + odds).mean(axis=0), weights=weight) - disease.rate
            ),
            -25,
            10,
        )
    )
