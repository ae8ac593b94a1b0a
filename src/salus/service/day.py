"""One day of a region: what was read, forecast, planned, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from salus.core.messages import Message
    from salus.data.region.region import Region, Source
    from salus.service.care import Care
    from salus.service.explain_city import Explained
    from salus.service.forecast_need import Need
    from salus.service.plan_city import CityAnswer
    from salus.service.request import DayRequest
    from salus.service.uncertain.plan_ahead import PlannedAhead
    from salus.service.weeks.plan_weeks import PlannedWeeks

EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class SourceAge:
    """How old one source is.

    Parameters
    ----------
    file : str
        Name of the file.
    rows : int
        Rows that were read.
    as_of : date or None
        Latest date inside; ``None`` when the file carries no date.
    days : int or None
        Days from then to the as-of date of the run; ``None`` when not known.
    """

    file: str
    rows: int
    as_of: date | None
    days: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """One day of a region.

    Parameters
    ----------
    request : DayRequest
        What was asked, with the as-of date that was found.
    region : Region
        As it was read.
    need : Need
        What the region will need.
    answers : tuple of CityAnswer
        The expected week first, then each stress.
    files : tuple of Source
        What was read.
    sources : tuple of SourceAge
        How old each of them is.
    assumptions : tuple of Message
        Everything that was taken for granted.
    care : Care or None
        What the records of people were good for; ``None`` where there are no people.
    explained : Explained or None
        Why the proposed plan is as it is; ``None`` where nobody asked.
    ahead : PlannedAhead or None
        What to decide before need is known; ``None`` where nothing is, or it was not planned.
    weeks : PlannedWeeks, Message or None
        The weeks of the busiest hospital, or why they are not planned; ``None`` where the region
        has no records of its own.
    """

    request: DayRequest
    region: Region
    need: Need
    answers: tuple[CityAnswer, ...]
    files: tuple[Source, ...]
    sources: tuple[SourceAge, ...]
    assumptions: tuple[Message, ...]
    care: Care | None = None
    explained: Explained | None = None
    ahead: PlannedAhead | None = None
    weeks: PlannedWeeks | Message | None = None

    @property
    def as_of(self) -> date:
        """What was known until this day."""
        first = self.need.expected.days[0]
        return self.request.as_of or first

    @property
    def synthetic(self) -> bool:
        """Tell whether the whole region was made up, and not only guests of it."""
        return self.care is not None and self.care.own is not None and self.care.queued.synthetic

    @property
    def expected(self) -> CityAnswer:
        """The plan for the expected week."""
        return self.answers[0]

    def scenarios(self) -> tuple[tuple[str, CityAnswer], ...]:
        """Return every answer under its key: ``expected``, ``stress1``, ``stress2``, …."""
        keys = [EXPECTED, *(f"stress{n}" for n in range(1, len(self.answers)))]
        return tuple(zip(keys, self.answers, strict=True))
