"""What is decided for a hospital's weeks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Admission:
    """A patient who is admitted.

    Parameters
    ----------
    patient : str
        Key.
    day : int
        Of the admission and of the surgery.
    room : str
        For the whole stay.
    theatre : str
        Of the surgery.
    """

    patient: str
    day: int
    room: str
    theatre: str


@dataclass(frozen=True, slots=True)
class Duty:
    """The rooms of a nurse in one shift.

    Parameters
    ----------
    nurse : str
        Key.
    shift : int
        Counted over the whole horizon.
    rooms : tuple of str
        Which rooms the nurse looks after; may be none.
    """

    nurse: str
    shift: int
    rooms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HospitalPlan:
    """Who is admitted when and where, and who looks after them.

    Parameters
    ----------
    admissions : tuple of Admission
        Each patient at most once; who is not named is postponed.
    duties : tuple of Duty
        Where several name a room in one shift, the last one has it.

    Examples
    --------
    >>> plan = HospitalPlan((Admission("p0", 1, "r0", "t0"),), (Duty("n0", 3, ("r0",)),))
    >>> plan.admissions[0].day
    1
    """

    admissions: tuple[Admission, ...]
    duties: tuple[Duty, ...]
