"""What a room and its nurses need to know of a person: sex, age group, and care by day of stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.people import Gender
from salus.service.weeks.conventions import (
    GROWN,
    NEED,
    NEED_AFTER_SURGERY,
    OLD,
    WORK,
    WORK_AFTER_SURGERY,
)
from salus.service.weeks.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from numpy.typing import NDArray

    from salus.service.records import Records

    Whole = NDArray[np.int64]

GENDERS = {"female": Gender.A, "male": Gender.B}


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a room is shared with.

    Parameters
    ----------
    gender : Gender
        Women are A, men B.
    age : int
        Place of the age group.
    """

    gender: Gender
    age: int


def who(records: Records, patients: Iterable[str]) -> dict[str, Who]:
    """Look some people up in the register.

    Parameters
    ----------
    records : Records
        Of the city.
    patients : iterable of str
        Their keys.

    Returns
    -------
    dict of str to Who
        Without those whose sex or date of birth is not on record.
    """
    found = rows_of(records.tables["patient"], "patient_id", *patients)
    return {
        row["patient_id"]: Who(GENDERS[row["sex"]], age_group(row["birth_date"], records.as_of))
        for row in found
        if row["sex"] in GENDERS and row["birth_date"] is not None
    }


def age_group(born: date, day: date) -> int:
    """Tell the place of the age group of somebody on a day.

    Examples
    --------
    >>> from datetime import date
    >>> (
    ...     age_group(date(1961, 7, 1), date(2026, 6, 30)),
    ...     age_group(date(1961, 6, 30), date(2026, 6, 30)),
    ... )
    (1, 2)
    """
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return int(years >= GROWN) + int(years >= OLD)


def care(stay: int, *, surgery: bool) -> tuple[Whole, Whole]:
    """Write the work that a stay makes, and the skill that it asks for, shift by shift.

    Parameters
    ----------
    stay : int
        Days.
    surgery : bool
        Whether it begins with one.

    Returns
    -------
    tuple of ndarray of int, each of shape (stay * 3,)

    Examples
    --------
    >>> care(3, surgery=True)[0].tolist()
    [3, 3, 2, 3, 2, 2, 2, 2, 1]
    """
    first_work, first_need = (WORK_AFTER_SURGERY, NEED_AFTER_SURGERY) if surgery else ((), ())
    work = [*first_work, *(WORK for _ in range(stay))][:stay]
    need = [*first_need, *(NEED for _ in range(stay))][:stay]
    return np.array(work, dtype=np.int64).ravel(), np.array(need, dtype=np.int64).ravel()
