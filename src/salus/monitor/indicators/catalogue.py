"""The indicators that the standard tables can answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from salus.core.checks import named, within
from salus.core.messages import Message, say
from salus.domain.indicator import Direction, Indicator
from salus.monitor.indicators import cases

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from salus.monitor.indicators.contacts import Records

YEAR = 365.25
"""Days in a year."""


class ChartKind(StrEnum):
    """Which control chart suits an indicator."""

    INDIVIDUALS = "i"
    PROPORTIONS = "p"
    COUNTS = "c"


@dataclass(frozen=True, slots=True)
class Measure:
    """What an indicator means and how it is counted.

    Parameters
    ----------
    id : str
        Key, such as ``readmission_30``.
    name, sentence : Message
        Name for people, and what it says about care.
    numerator : Message
        What is counted above the line.
    denominator : Message or None
        What is counted below the line; ``None`` for a plain count.
    unit : Message
        Unit of the values.
    direction : Direction
        Which way it improves.
    target : float or None
        What is aimed for, in the unit; ``None`` where nothing is agreed.
    chart : ChartKind
        Which chart suits it.
    needs : tuple of str
        Standard tables that it is counted from.
    count : callable
        Lists the cases of the records, as known at the end of the last period.

    Raises
    ------
    ValueError
        If the key is empty or it needs no table.
    """

    id: str
    name: Message
    sentence: Message
    numerator: Message
    denominator: Message | None
    unit: Message
    direction: Direction
    target: float | None
    chart: ChartKind
    needs: tuple[str, ...]
    count: Callable[[Records, np.datetime64], cases.Cases]

    def __post_init__(self) -> None:
        """Refuse a measure that cannot exist."""
        named("measure_id", self.id)
        within("needs", len(self.needs), 1, unit="tables")

    def every(self, period_days: int) -> Indicator:
        """Describe its series of one value each this many days.

        Examples
        --------
        >>> MEASURES["length_of_stay"].every(7).season
        52
        """
        season = max(1, round(YEAR / period_days))
        return Indicator(self.id, self.name, self.unit, self.direction, period_days, season)


_SHARE = say("share")
_STAYS_ENDED = say("hospital stays that ended")
_VISITS_ENDED = say("emergency visits that ended")

_ALL = (
    Measure(
        "admissions",
        say("admissions"),
        say("how many people a hospital takes in"),
        say("hospital stays that began"),
        None,
        say("stays"),
        Direction.NEUTRAL,
        None,
        ChartKind.INDIVIDUALS,
        ("encounter",),
        cases.admitted,
    ),
    Measure(
        "emergency_visits",
        say("emergency visits"),
        say("how many people come to the emergency department"),
        say("emergency visits that began"),
        None,
        say("visits"),
        Direction.NEUTRAL,
        None,
        ChartKind.INDIVIDUALS,
        ("encounter",),
        cases.emergency_visits,
    ),
    Measure(
        "length_of_stay",
        say("mean length of stay"),
        say("how long people stay in hospital"),
        say("days of these stays"),
        _STAYS_ENDED,
        say("days"),
        Direction.DOWN,
        None,
        ChartKind.INDIVIDUALS,
        ("encounter",),
        cases.stays,
    ),
    Measure(
        "mortality",
        say("deaths in hospital"),
        say("how many people die during their stay"),
        say("of these, stays in which the patient died"),
        _STAYS_ENDED,
        _SHARE,
        Direction.DOWN,
        None,
        ChartKind.PROPORTIONS,
        ("encounter", "patient"),
        cases.deaths,
    ),
    Measure(
        "readmission_30",
        say("readmissions within 30 days"),
        say("how many people must come back soon after they went home"),
        say("of these, stays followed by another within 30 days"),
        say("hospital stays that the patient left alive at least 30 days ago"),
        _SHARE,
        Direction.DOWN,
        None,
        ChartKind.PROPORTIONS,
        ("encounter", "patient"),
        cases.readmitted,
    ),
    Measure(
        "emergency_over_four_hours",
        say("emergency visits over four hours"),
        say("how many people wait and are treated for more than four hours"),
        say("of these, visits that lasted more than four hours"),
        _VISITS_ENDED,
        _SHARE,
        Direction.DOWN,
        0.05,
        ChartKind.PROPORTIONS,
        ("encounter",),
        cases.long_visits,
    ),
    Measure(
        "emergency_return_72",
        say("emergency returns within 72 hours"),
        say("how many people come back to the emergency department within three days"),
        say("of these, visits followed by another within 72 hours"),
        say("emergency visits that ended at least 72 hours ago"),
        _SHARE,
        Direction.DOWN,
        None,
        ChartKind.PROPORTIONS,
        ("encounter",),
        cases.returned,
    ),
    Measure(
        "acquired_infection",
        say("infections acquired in hospital"),
        say("how many people catch an infection during their stay"),
        say("of these, stays with an infection that began 48 hours after admission or later"),
        _STAYS_ENDED,
        _SHARE,
        Direction.DOWN,
        None,
        ChartKind.PROPORTIONS,
        ("encounter", "condition"),
        cases.infections,
    ),
    Measure(
        "no_allergy_check",
        say("medicines without an allergy check"),
        say("how often a medicine is begun before anybody noted the patient's allergies"),
        say("of these, begun while nothing was noted"),
        say("medicines that were begun"),
        _SHARE,
        Direction.DOWN,
        0.0,
        ChartKind.PROPORTIONS,
        ("encounter", "medication", "allergy"),
        cases.unchecked,
    ),
    Measure(
        "procedure_not_done",
        say("procedures not done"),
        say("how many planned procedures are called off"),
        say("of these, not done"),
        say("planned procedures"),
        _SHARE,
        Direction.DOWN,
        None,
        ChartKind.PROPORTIONS,
        ("encounter", "procedure"),
        cases.not_done,
    ),
    Measure(
        "no_result",
        say("tests without a result"),
        say("how many tests were recorded without any result"),
        say("of these, without value or text"),
        say("tests and measurements"),
        _SHARE,
        Direction.DOWN,
        0.0,
        ChartKind.PROPORTIONS,
        ("encounter", "observation"),
        cases.without_result,
    ),
    Measure(
        "bed_occupancy",
        say("bed occupancy"),
        say("how full the wards are"),
        say("occupied beds"),
        say("staffed beds"),
        _SHARE,
        Direction.NEUTRAL,
        0.85,
        ChartKind.INDIVIDUALS,
        ("bed_state",),
        cases.occupied,
    ),
)

MEASURES: dict[str, Measure] = {measure.id: measure for measure in _ALL}
"""All measures, by their key. The target of four hours is that of NHS England (95 % within four
hours), that of occupancy the common planning figure of 85 % (Bagust, Place, Posnett 1999)."""
