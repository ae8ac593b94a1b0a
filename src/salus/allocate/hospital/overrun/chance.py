"""How likely each day of a theatre takes longer than it may, in a plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from salus.allocate.hospital.overrun.durations import fitted
from salus.allocate.hospital.overrun.lognormal import Lognormal
from salus.allocate.hospital.overrun.total import within_minutes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from salus.allocate.hospital.overrun.durations import Durations
    from salus.allocate.hospital.people import Patient
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.surgeries import SurgeryKnown


@dataclass(frozen=True, slots=True)
class TheatreDay:
    """A day on which a theatre is used, and how long it takes.

    Parameters
    ----------
    theatre : str
        Key.
    day : int
        Of the horizon.
    patients : tuple of str
        Who is operated there.
    minutes : int
        That the theatre may be used.
    planned : int
        That the surgeries are planned to take.
    expected : float
        That surgeries and emergencies take on average.
    chance : float
        That they take longer than the theatre may be used, from 0 to 1.
    """

    theatre: str
    day: int
    patients: tuple[str, ...]
    minutes: int
    planned: int
    expected: float
    chance: float


@dataclass(frozen=True, eq=False)
class Lengths:
    """Distributions of the surgeries of a hospital, planned ones and emergencies.

    Parameters
    ----------
    problem : HospitalProblem
        Its patients and theatres.
    known : SurgeryKnown
        Procedures, and emergencies by theatre and day.
    durations : Durations
        What surgeries take, fitted to those that were done.
    """

    problem: HospitalProblem
    known: SurgeryKnown
    durations: Durations

    @classmethod
    def of(cls, problem: HospitalProblem, known: SurgeryKnown) -> Lengths:
        """Fit the distributions to what is known.

        Examples
        --------
        >>> from salus.allocate.hospital.checks import random_hospital
        >>> from salus.allocate.hospital.surgeries import SurgeryKnown
        >>> hospital = random_hospital(7)
        >>> patient = hospital.patients[0]
        >>> lengths = Lengths.of(hospital, SurgeryKnown())
        >>> patient.minutes, round(lengths.surgery(patient).mean, 6)
        (90, 90.0)
        """
        return cls(problem, known, fitted(known.cases))

    @cached_property
    def _minutes(self) -> dict[str, list[int]]:
        return {each.id: each.minutes.tolist() for each in self.problem.theatres}

    def surgery(self, patient: Patient) -> Lognormal:
        """Return the distribution of one surgery."""
        procedure = self.known.procedures.get(patient.id, "")
        return self.durations.of(procedure, patient.surgeon, max(1, patient.minutes))

    def day(self, theatre: str, day: int, patients: Sequence[str]) -> TheatreDay:
        """Add up a day of a theatre.

        Parameters
        ----------
        theatre : str
            Key.
        day : int
            Of the horizon.
        patients : sequence of str
            Who is operated there, at least one.

        Returns
        -------
        TheatreDay
        """
        people = [self.problem.patient[each] for each in patients]
        minutes, rate = self.kind(theatre, day)
        inside = self.ends(theatre, day, patients, minutes).sum()
        return TheatreDay(
            theatre,
            day,
            tuple(patients),
            minutes,
            sum(each.minutes for each in people),
            sum(self.surgery(each).mean for each in people) + rate * self.known.minutes,
            float(min(1.0, max(0.0, 1 - inside))),
        )

    def kind(self, theatre: str, day: int) -> tuple[int, float]:
        """Return what makes days of theatres alike: their minutes and expected emergencies."""
        minutes = self._minutes[theatre][day]
        return minutes, self.known.emergencies.get((theatre, day), 0.0)

    def ends(
        self, theatre: str, day: int, patients: Sequence[str], most: int
    ) -> NDArray[np.float64]:
        """Return the chance that a day of a theatre ends at each minute.

        Parameters
        ----------
        theatre : str
            Key.
        day : int
            Of the horizon.
        patients : sequence of str
            Who is operated there.
        most : int
            Last minute that is looked at.

        Returns
        -------
        ndarray, shape (most + 1,)
        """
        surgeries = [self.surgery(self.problem.patient[each]) for each in patients]
        rate = self.known.emergencies.get((theatre, day), 0.0)
        emergency = Lognormal.of(self.known.minutes, self.known.spread)
        return within_minutes(surgeries, rate, emergency, most)


def theatre_days(lengths: Lengths, plan: HospitalPlan) -> tuple[TheatreDay, ...]:
    """Tell how likely each day of a theatre takes longer than it may, in a plan.

    Parameters
    ----------
    lengths : Lengths
        Distributions of the surgeries, and the theatres' minutes.
    plan : HospitalPlan
        Who is operated where and when.

    Returns
    -------
    tuple of TheatreDay
        Each day with a surgery, by day and theatre.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital, random_plan
    >>> from salus.allocate.hospital.surgeries import SurgeryKnown
    >>> hospital = random_hospital(7)
    >>> found = theatre_days(Lengths.of(hospital, SurgeryKnown()), random_plan(hospital, 7))
    >>> [(each.theatre, each.day, each.planned, each.minutes) for each in found][:1]
    [('t0', 0, 120, 0)]
    """
    operated: dict[tuple[int, str], list[str]] = defaultdict(list)
    for each in plan.admissions:
        operated[each.day, each.theatre].append(each.patient)
    order = {each.id: place for place, each in enumerate(lengths.problem.theatres)}
    return tuple(
        lengths.day(theatre, day, operated[day, theatre])
        for day, theatre in sorted(operated, key=lambda key: (key[0], order[key[1]]))
    )
