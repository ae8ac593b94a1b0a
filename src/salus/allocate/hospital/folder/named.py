"""Under which key the care of each person is written."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Container

    from salus.allocate.hospital.hospital import Hospital
    from salus.allocate.hospital.people import Person


def named_cares(hospital: Hospital) -> dict[str, str]:
    """Name the care of each person: as it is called, or by the first who has the same.

    Parameters
    ----------
    hospital : Hospital
        What is stated. A care may have become another since it was named; then the name stays with
        those whose care begins as that of the longest stay does.

    Returns
    -------
    dict of str to str
        Key of the care by person; the care of the longest stay of a key is that of all others of
        this key, as far as their stays go.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> from salus.allocate.hospital.hospital import Hospital
    >>> named_cares(Hospital.plain(random_hospital(7)))["p0"]
    'p0'
    """
    people = (*hospital.problem.occupants, *hospital.problem.patients)
    longest: dict[str, Person] = {}
    for each in people:
        name = hospital.cares.get(each.id)
        if name is not None and (name not in longest or each.stay > longest[name].stay):
            longest[name] = each
    ids = {each.id for each in people}
    found: dict[str, str] = {}
    same: dict[tuple[bytes, bytes], str] = {}
    for each in people:
        name = hospital.cares.get(each.id)
        if name is None or not _begins(longest[name], each):
            care = each.work.tobytes(), each.need.tobytes()
            name = same.setdefault(care, _free(each.id, longest, ids))
        found[each.id] = name
    return found


def _begins(longer: Person, person: Person) -> bool:
    shifts = person.work.size
    return np.array_equal(longer.work[:shifts], person.work) and np.array_equal(
        longer.need[:shifts], person.need
    )


def _free(name: str, named: Container[str], people: Container[str]) -> str:
    if name not in named:
        return name
    further = (f"{name} {number}" for number in count(2))
    return next(each for each in further if each not in named and each not in people)
