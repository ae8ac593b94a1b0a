"""What a hospital knows of how long surgeries take: those that were done, and emergencies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

USUAL_SPREAD = 0.4
"""Spread of a surgery's length where no history tells another."""


@dataclass(frozen=True, slots=True)
class Case:
    """A surgery that was done.

    Parameters
    ----------
    surgeon, procedure : str
        Who operated, and what; the procedure may be empty.
    planned, took : int
        Minutes that were planned, and those that it took, at least 1.
    """

    surgeon: str
    procedure: str
    planned: int
    took: int


@dataclass(frozen=True, slots=True)
class SurgeryKnown:
    """What is known of how long surgeries take; by default, nothing.

    Parameters
    ----------
    cases : tuple of Case
        Surgeries that were done.
    procedures : mapping of str to str
        What is done to each patient, by key; patients that are not named have none.
    emergencies : mapping of (str, int) to float
        For theatres and days, how many emergencies are expected there, more than 0.
    minutes : float
        Mean length of the surgery of an emergency, more than 0.
    spread : float
        Standard deviation of that length as a share of its mean, 0 or more.
    """

    cases: tuple[Case, ...] = ()
    procedures: Mapping[str, str] = field(default_factory=dict)
    emergencies: Mapping[tuple[str, int], float] = field(default_factory=dict)
    minutes: float = 120.0
    spread: float = USUAL_SPREAD
