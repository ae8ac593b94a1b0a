"""What needs a decision now, and what happens if nothing is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import Message, say
from salus.report.layout import Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.day import Day
    from salus.service.plan_city import CityAnswer

NAMED = 3
SMALL = 0.05
"""Cases below this are not worth a sentence."""


def decision(day: Day) -> Section:
    """Say what needs a decision, why, what is proposed, and what happens otherwise."""
    return Section("decision", _headline(day), tuple(_sentences(day)))


def _headline(day: Day) -> Message:
    unmet = float(day.expected.proposed.measures.unmet.sum())
    days = len(day.need.expected.days)
    if unmet < SMALL:
        return say("Everybody can be served in the next {days} days", days=days)
    return say(
        "{unmet:,.0f} cases stay unmet in the next {days} days even under the best plan",
        unmet=unmet,
        days=days,
    )


def _sentences(day: Day) -> Iterator[Message]:
    answer = day.expected
    need = float(answer.problem.need.sum())
    unmet = float(answer.proposed.measures.unmet.sum())
    first, last = day.need.expected.days[0], day.need.expected.days[-1]
    yield say(
        "From {first} to {last}, {served:,.0f} of {need:,.0f} cases can be served within "
        "{limit:g} minutes of travel; the plan is proven best.",
        first=first,
        last=last,
        served=need - unmet,
        need=need,
        limit=day.request.rules.max_travel_minutes,
    )
    yield from _shortest(day, answer)
    yield from _out_of_reach(day, answer)
    yield from _next_bed(day, answer)
    yield from _otherwise(day, unmet)
    for stress in day.answers[1:]:
        more = float(stress.proposed.measures.unmet.sum()) - unmet
        yield say(
            "{case}: {unmet:,.0f} cases unmet, {more:+,.0f} against the expected days.",
            case=stress.demand.label,
            unmet=unmet + more,
            more=more,
        )


def _shortest(day: Day, answer: CityAnswer) -> Iterator[Message]:
    unmet = answer.proposed.measures.unmet.sum(axis=(1, 2))
    order = [i for i in np.argsort(-unmet, kind="stable")[:NAMED] if unmet[i] >= SMALL]
    if order:
        named = tuple(
            say("{name} ({cases:,.0f})", name=day.region.districts[i].name, cases=float(unmet[i]))
            for i in order
        )
        yield say("Most cases stay unmet in {places}.", places=named)


def _out_of_reach(day: Day, answer: CityAnswer) -> Iterator[Message]:
    reached = np.zeros(len(day.region.districts), bool)
    reached[answer.problem.arc_district] = True
    lost = np.flatnonzero((answer.problem.need.sum(axis=(1, 2)) > 0) & ~reached)
    if lost.size:
        yield say(
            "No facility is within {limit:g} minutes of these districts: {count}, such as {names}.",
            limit=day.request.rules.max_travel_minutes,
            count=int(lost.size),
            names=tuple(day.region.districts[i].name for i in lost[:NAMED]),
        )


def _next_bed(day: Day, answer: CityAnswer) -> Iterator[Message]:
    if not answer.worth:
        yield say("No place is tight: one more bed would change nothing.")
        return
    best = answer.worth[0]
    facility = next(f for f in day.region.facilities if f.id == best.facility)
    resource = next(r for r in day.region.resources if r.id == best.resource)
    served = float(sum(best.unmet_avoided))
    if served < SMALL:
        yield say(
            "Consider {facility}: one more unit of {resource} there saves {minutes:,.0f} minutes "
            "of travel in these days (confirmed by planning again).",
            facility=facility.name,
            resource=resource.name,
            minutes=best.minutes_saved,
        )
        return
    yield say(
        "Consider {facility}: one more unit of {resource} there serves {cases:.1f} more cases in "
        "these days and changes travel by {minutes:+,.0f} minutes (confirmed by planning again).",
        facility=facility.name,
        resource=resource.name,
        cases=served,
        minutes=-best.minutes_saved,
    )


def _otherwise(day: Day, unmet: float) -> Iterator[Message]:
    nearest = day.expected.of("nearest")
    if nearest is not None:
        yield say(
            "If nothing is done and everybody goes to the nearest facility, {unmet:,.0f} cases "
            "stay unmet, {more:,.0f} more.",
            unmet=float(nearest.measures.unmet.sum()),
            more=float(nearest.measures.unmet.sum()) - unmet,
        )
