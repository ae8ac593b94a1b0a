"""What is known of people for good: diseases, medicines, allergies, genes, vaccines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.core.rng import stream
from salus.data.synthetic.columns import chosen, keys, moments, numbers, patient_keys, same
from salus.data.synthetic.contacts import DAY
from salus.data.synthetic.diseases import ICD10, disease_place, diseases
from salus.data.synthetic.encounters import LOINC
from salus.data.synthetic.formulary import ATC, allergies, genes, medicines, vaccines
from salus.data.synthetic.people import OLD
from salus.data.synthetic.registry import SOURCE
from salus.data.synthetic.seasons import inverse
from salus.domain.records.clinical import (
    ALLERGY,
    CONDITION,
    IMMUNISATION,
    MEDICATION,
    OBSERVATION,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.data.synthetic.encounters import Numbered
    from salus.data.synthetic.illness import Illness
    from salus.data.synthetic.people import People
    from salus.data.synthetic.spec import CitySpec
    from salus.data.synthetic.treating import Treated

KNOWN_BEFORE = 0.8
"""Share of carriers whose chronic disease is on record before the records begin: our choice."""
TESTED = 0.05
"""Share of people with gene tests: our own choice."""
GENOTYPE = "84413-4"
"""LOINC: genotype display name."""
CVX = "http://hl7.org/fhir/sid/cvx"


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What is on record of people before their first contact.

    Parameters
    ----------
    known : ndarray of bool, shape (n_people, n_diseases)
        Chronic diseases.
    since : ndarray of int, shape (n_people,)
        Since when, seconds.
    allergic : ndarray of bool, shape (n_people, n_allergies)
        Allergies.
    """

    known: NDArray[np.bool_]
    since: NDArray[np.int64]
    allergic: NDArray[np.bool_]


def standing(spec: CitySpec, people: People, illness: Illness) -> Standing:
    """Decide what is on record of a part of the people before the records begin.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    people, illness : People, Illness
        Who they are and what they have.
    """
    rng, n = stream(spec.seed, f"standing/{people.first}"), len(people)
    known = illness.has & (rng.random(illness.has.shape) < KNOWN_BEFORE)
    adult_years = np.maximum(people.age - spec.years - 18, 0.0)
    days = 30 + np.minimum(rng.exponential(6.0, n), adult_years) * 365
    since = (np.datetime64(spec.start).astype(np.int64) - days.astype(np.int64)) * DAY
    shares = [allergy.share for allergy in allergies()]
    since = np.maximum(since, people.birth.astype(np.int64) * DAY) + 10 * 3600
    return Standing(known, since, rng.random((n, len(shares))) < shares)


def known_conditions(people: People, held: Standing, first: int) -> pa.Table:
    """Write the chronic diseases on record from before; the numbers begin at ``first``."""
    person, disease = np.nonzero(held.known)
    columns = _head("condition", first, people, person) | {
        "code": chosen([each.icd10 for each in diseases()], disease),
        "system": same(ICD10, len(person)),
        "display": chosen([each.name for each in diseases()], disease),
        "onset_at": moments(held.since[person]),
        "recorded_at": moments(held.since[person]),
        "status": same("active", len(person)),
    }
    return CONDITION.take(pa.table(columns))


def standing_medicines(spec: CitySpec, people: People, held: Standing, first: int) -> pa.Table:
    """Write the medicines taken for good.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    people, held : People, Standing
        A part of its people, and what is on record of them.
    first : int
        Number of the first row.
    """
    rng = stream(spec.seed, f"medicines/{people.first}")
    takes = np.zeros((len(people), len(medicines())), bool)
    for k, medicine in enumerate(medicines()):
        forbidden = np.array([allergy.forbids(medicine) for allergy in allergies()])
        allergic = (held.allergic & forbidden).any(axis=1)
        for disease, share in medicine.standing.items():
            carrier = held.known[:, disease_place(disease)]
            takes[:, k] |= carrier & ~allergic & (rng.random(len(people)) < share)
    person, medicine_ = np.nonzero(takes)
    head = _head("medication", first, people, person)
    return _prescriptions(head, medicine_, held.since[person] + DAY)


def arm_medicines(seen: Numbered, treated: Treated, first: int) -> pa.Table:
    """Write the arm that each treated patient was given.

    Parameters
    ----------
    seen : Numbered
        All contacts of this part of the people.
    treated : Treated
        Those treated for one condition.
    first : int
        Number of the first row.
    """
    index = seen.pick(treated.contact)
    order = [medicine.id for medicine in medicines()]
    places = np.array([order.index(arm.medicine) for arm in treated.treatment.arms])
    head = index.head("medication", first + np.arange(len(index.number)))
    return _prescriptions(head, places[treated.arm], index.known_at() + 60)


def allergy_table(spec: CitySpec, people: People, held: Standing, first: int) -> pa.Table:
    """Write allergies; parameters as in :func:`standing_medicines`.

    Parameters
    ----------
    spec, people, held, first
        As there.
    """
    rng = stream(spec.seed, f"allergies/{people.first}")
    person, which = np.nonzero(held.allergic)
    of = allergies()
    severe = rng.random(len(person)) < np.array([each.severe for each in of])[which]
    columns = _head("allergy", first, people, person) | {
        "code": chosen([each.code for each in of], which),
        "system": chosen([each.system for each in of], which),
        "display": chosen([each.name for each in of], which),
        "recorded_at": moments(held.since[person]),
        "criticality": chosen(["low", "high"], severe.astype(np.int64)),
        "reaction": chosen([each.reaction for each in of], which),
    }
    return ALLERGY.take(pa.table(columns))


def gene_table(spec: CitySpec, people: People, held: Standing, first: int) -> pa.Table:
    """Write the gene tests of the few who have had them, as observations.

    Parameters
    ----------
    spec, people, held, first
        As in :func:`standing_medicines`.
    """
    rng = stream(spec.seed, f"genes/{people.first}")
    tested = np.flatnonzero(rng.random(len(people)) < TESTED)
    found: list[tuple[str, str, pa.Array]] = []
    named: list[tuple[str, str, pa.Array]] = []
    for gene in genes():
        drawn = rng.random(len(tested))
        pairs = gene.genotypes()
        words = list(gene.results) or [gene.metaboliser(pair) for pair in pairs]
        result = inverse(np.array(list((gene.results or pairs).values())), drawn)
        found.append((gene.loinc, gene.name, chosen(words, result)))
        if pairs:
            texts = [f"{gene.symbol} {one}/{other}" for one, other in pairs]
            named.append((GENOTYPE, f"{gene.symbol} genotype", chosen(texts, result)))
    return pa.concat_tables(
        _gene_tests(people, held, tested, first + place * len(tested), test)
        for place, test in enumerate(found + named)
    )


def _gene_tests(
    people: People,
    held: Standing,
    tested: NDArray[np.int64],
    first: int,
    test: tuple[str, str, pa.Array],
) -> pa.Table:
    code, name, words = test
    columns = _head("observation", first, people, tested) | {
        "code": same(code, len(tested)),
        "system": same(LOINC, len(tested)),
        "display": same(name, len(tested)),
        "observed_at": moments(held.since[tested]),
        "value_text": words,
        "category": same("laboratory", len(tested)),
    }
    return OBSERVATION.take(pa.table(columns))


def immunisation_table(
    spec: CitySpec, people: People, died: NDArray[np.int64], first: int
) -> pa.Table:
    """Write vaccinations: the yearly ones in October, the others on any day of the records.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    people : People
        A part of its people.
    died : ndarray of int, shape (n_people,)
        When each died, seconds.
    first : int
        Number of the first row.
    """
    rng, tables = stream(spec.seed, f"vaccines/{people.first}"), []
    for vaccine in vaccines():
        share = np.where(people.age >= OLD, vaccine.share_65plus, vaccine.share)
        for day, span in _campaigns(spec, yearly=vaccine.yearly):
            given = (people.age >= vaccine.from_age) & (rng.random(len(people)) < share)
            when = (np.datetime64(day).astype(np.int64) + rng.integers(0, span, len(people))) * DAY
            when += 10 * 3600
            born = people.birth.astype(np.int64) * DAY
            person = np.flatnonzero(given & (when < died) & (when > born + 180 * DAY))
            columns = _head("immunisation", first, people, person) | {
                "code": same(vaccine.cvx, len(person)),
                "system": same(CVX, len(person)),
                "display": same(vaccine.name, len(person)),
                "given_at": moments(when[person]),
                "status": same("completed", len(person)),
            }
            tables.append(IMMUNISATION.take(pa.table(columns)))
            first += len(person)
    return pa.concat_tables(tables)


def _campaigns(spec: CitySpec, *, yearly: bool) -> list[tuple[date, int]]:
    """List the first day and the length of each campaign within the records."""
    if not yearly:
        return [(spec.start, spec.days)]
    autumns = [date(year, 10, 1) for year in range(spec.start.year, spec.as_of.year + 1)]
    return [
        (day, min(31, (spec.as_of - day).days + 1))
        for day in autumns
        if spec.start <= day <= spec.as_of
    ]


def _prescriptions(
    head: dict[str, pa.Array], medicine: NDArray[np.int64], start: NDArray[np.int64]
) -> pa.Table:
    of, n = medicines(), len(medicine)
    columns = head | {
        "code": chosen([each.atc for each in of], medicine),
        "system": same(ATC, n),
        "display": chosen([each.name for each in of], medicine),
        "started_at": moments(start),
        "dose": numbers(np.array([each.dose for each in of])[medicine]),
        "dose_unit": chosen([each.unit for each in of], medicine),
        "per_day": numbers(np.array([each.per_day for each in of])[medicine]),
        "status": same("active", n),
    }
    return MEDICATION.take(pa.table(columns))


def _head(name: str, first: int, people: People, person: NDArray[np.int64]) -> dict[str, pa.Array]:
    return {
        f"{name}_id": keys(f"{name[0].upper()}S", first + np.arange(len(person))),
        "patient_id": patient_keys(people.first + person),
        "source": same(SOURCE, len(person)),
    }
