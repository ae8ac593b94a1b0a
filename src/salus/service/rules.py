"""What a plan takes for granted, as one checked value."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from salus.core.checks import within
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.core.settings import Settings

PRACTICE = (
    "referral_minutes",
    "first_contact_minutes",
    "step_down_minutes",
    "consortium_minutes",
    "insurance_minutes",
)
"""Settings that price what practice does not forbid."""

FAIRNESS = ("min_coverage", "max_district_gap", "max_deprivation_gap")
"""Settings that bound how unevenly districts may be served."""


@dataclass(frozen=True, slots=True)
class PlanningRules:
    """What a plan takes for granted.

    Parameters
    ----------
    target_occupancy : float
        Share of the staffed beds that a plan may fill, above 0 and at most 1. At more than about
        85 % the risk of turning an emergency away grows quickly [1]_.
    max_travel_minutes : float
        Longest journey to a bed, minutes.
    speed_kmh, detour : float
        Speed of a journey, and road km for each km as the crow flies.
    nearest : int
        Nearest facilities kept for each district; 0 lets the size of the region decide.
    unmet_minutes : float
        Minutes of travel that one unmet case of severity 1 weighs as much as; more than the
        longest journey.
    referral_minutes, first_contact_minutes, step_down_minutes : float
        Minutes added for each tier that a case is referred upward, goes past the tier of first
        contact, or is kept above the tier to step down to.
    consortium_minutes, insurance_minutes : float
        Minutes added to a journey out of the own consortium, or the own insurance area.
    minutes_per_money : float
        Minutes of travel that a unit of the money of medicines weighs as much as.
    min_coverage : float
        Share of its cases that each district is served at least, from 0 to 1; 0 promises nothing.
    max_district_gap, max_deprivation_gap : float
        How far the shares that are served may lie apart between two districts, or two groups of
        districts by deprivation, from 0 to 1; 1 is no bound. One of the two may be a bound.

    References
    ----------
    .. [1] Bagust, Place and Posnett (1999), Dynamics of bed use in accommodating emergency
       admissions, BMJ 319:155.

    Examples
    --------
    >>> PlanningRules(target_occupancy=1.2)
    Traceback (most recent call last):
    ValueError: target_occupancy must be between 0.01 and 1, but is 1.2
    """

    target_occupancy: float = 0.85
    max_travel_minutes: float = 60.0
    speed_kmh: float = 50.0
    detour: float = 1.3
    nearest: int = 0
    unmet_minutes: float = 1000.0
    referral_minutes: float = 10.0
    first_contact_minutes: float = 30.0
    step_down_minutes: float = 20.0
    consortium_minutes: float = 45.0
    insurance_minutes: float = 30.0
    minutes_per_money: float = 1.0
    min_coverage: float = 0.0
    max_district_gap: float = 1.0
    max_deprivation_gap: float = 1.0

    def __post_init__(self) -> None:
        """Refuse rules under which no plan makes sense."""
        within("target_occupancy", self.target_occupancy, 0.01, 1)
        within("max_travel_minutes", self.max_travel_minutes, 1, 1440, "minutes")
        within("speed_kmh", self.speed_kmh, 1, 300, "km/h")
        within("detour", self.detour, 1, 5)
        within("nearest", self.nearest, 0, 10_000, "facilities")
        low = self.max_travel_minutes + 1
        within("unmet_minutes", self.unmet_minutes, low, 1_000_000, "minutes")
        within("minutes_per_money", self.minutes_per_money, 0, 10_000, "minutes")
        for name in PRACTICE:
            within(name, getattr(self, name), 0, 10_000, "minutes")
        for name in FAIRNESS:
            within(name, getattr(self, name), 0, 1)
        if self.max_district_gap < 1 and self.max_deprivation_gap < 1:
            message = (
                "max_district_gap or max_deprivation_gap must be 1, but they are "
                f"{self.max_district_gap:g} and {self.max_deprivation_gap:g}"
            )
            raise ValueError(message)

    @classmethod
    def of(cls, settings: Settings) -> PlanningRules:
        """Take the rules from the settings of the same names.

        Raises
        ------
        InputError
            If the settings do not go together.
        """
        try:
            return cls(**{item.name: getattr(settings, item.name) for item in fields(cls)})
        except ValueError as error:
            what = say("these settings do not go together: {reason}", reason=str(error))
            remedy = say("change one of them in salus.toml or in the environment")
            raise InputError(Fault(what, Where(say("settings")), remedy)) from error
