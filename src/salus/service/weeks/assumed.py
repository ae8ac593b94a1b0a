"""What the planned weeks of a hospital take for granted, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.service.weeks.conventions import CALL_IN, DAYS, PATIENTS_PER_NURSE
from salus.service.weeks.plan_weeks import PlannedWeeks

if TYPE_CHECKING:
    from collections.abc import Iterator


def weeks_assumptions(weeks: PlannedWeeks | Message | None) -> Iterator[Message]:
    """Say what the weeks of a hospital take for granted.

    Parameters
    ----------
    weeks : PlannedWeeks, Message or None
        As the day has them.

    Yields
    ------
    Message
        A sentence; none where nothing was planned.
    """
    if not isinstance(weeks, PlannedWeeks):
        return
    found = weeks.stated
    kept = sum(ward.kept for ward in found.site.wards)
    yield say(
        "Hospital weeks: {days} days, for who is called in must know it some days before, and most "
        "stays after surgery end within two weeks. Intensive care is not planned.",
        days=DAYS,
    )
    yield say(
        "Hospital weeks: the wards keep as many beds as are closed or in use by patients whom the "
        "records do not name ({kept:,}); who comes unplanned takes the places of those who leave. "
        "The last rooms of each ward are kept, and as large a share of its nurses.",
        kept=kept,
    )
    yield say(
        "Hospital weeks: the records name the ward of those who lie there, not the room. They are "
        "laid into rooms by sex and age ({placed:,}), or lie in the beds that are kept where no "
        "room fits ({elsewhere:,}); they stay as long as others of the last year went on lying "
        "who had lain as long.",
        placed=len(found.inside.occupants),
        elsewhere=found.inside.elsewhere,
    )
    yield say(
        "Hospital weeks: whose urgency ends within the plan must be admitted by then, but nobody "
        "is due before its day {day}, for a list cannot be called in at once. Patients who can "
        "come only later: {later:,}; those of whom sex, age, surgeon, minutes or stay are not on "
        "record: {unknown:,}.",
        day=CALL_IN,
        later=found.listed.later,
        unknown=found.listed.unknown + found.inside.unknown,
    )
    yield say(
        "Hospital weeks: theatres and surgeons work from Monday to Friday; geriatric wards take "
        "patients of 65 and over only. A nurse can look after {trainee} to {nurse} patients "
        "without overload; work and skill by day of stay are our own choice, and the weights lie "
        "within the range of the competition's instances.",
        trainee=PATIENTS_PER_NURSE[0],
        nurse=PATIENTS_PER_NURSE[-1],
    )
