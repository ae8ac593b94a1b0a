"""The synthetic city comes close to the published figures that it is made from."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from salus.data.synthetic.diseases import Disease, diseases
from salus.data.synthetic.formulary import allergies
from salus.data.synthetic.illness import fall_ill
from salus.data.synthetic.layout import lay_out
from salus.data.synthetic.people import ADULT, OLD, make_people
from salus.data.synthetic.spec import CitySpec
from salus.data.synthetic.standing import standing

SPEC = CitySpec(people=200_000, seed=1)


class Counted(NamedTuple):
    """People of a city, and what they have."""

    age: np.ndarray
    has: np.ndarray
    yearly: np.ndarray
    allergic: np.ndarray


@pytest.fixture(scope="module")
def counted() -> Counted:
    """Make 200,000 people with their diseases and allergies."""
    layout, parts = lay_out(SPEC), []
    for first, n in SPEC.chunks():
        people = make_people(SPEC, layout, first, n)
        ill = fall_ill(SPEC, people)
        allergic = standing(SPEC, people, ill).allergic
        parts.append(Counted(people.age, ill.has, ill.yearly, allergic))
    return Counted(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def test_the_old_are_as_many_as_in_the_census(counted: Counted) -> None:
    """About 16.8 % are 65 and over (2020 Census of the United States), districts differing."""
    assert (counted.age >= OLD).mean() == pytest.approx(0.168, abs=0.025)


@pytest.mark.parametrize("disease", diseases(), ids=lambda each: each.id)
def test_a_disease_is_as_common_as_published(counted: Counted, disease: Disease) -> None:
    """Its prevalence or incidence is within a quarter of its source, which is named."""
    place = diseases().index(disease)
    assert disease.source
    if disease.chronic:
        found = counted.has[counted.age >= ADULT, place].mean()
    else:
        found = 1000 * counted.yearly[:, place].mean() / disease.contacts
    assert found == pytest.approx(disease.rate, rel=0.25)


def test_allergies_are_as_common_as_published(counted: Counted) -> None:
    """Each allergy on record is within a tenth of its source."""
    shares = [each.share for each in allergies()]
    assert counted.allergic.mean(axis=0) == pytest.approx(shares, rel=0.1)
