"""What needs a decision now, and what happens if nothing is done."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import Message, say
from salus.report.layout import Section
from salus.report.sections.medicines import medicines_finding
from salus.report.sections.moves import moves_finding
from salus.report.sections.queue import queue_finding
from salus.report.sections.signals import place_names, signals_finding
from salus.service.assumptions import taken_nowhere
from salus.service.called import one_more
from salus.service.city import nearest_kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from salus.service.day import Day
    from salus.service.plan_city import CityAnswer

NAMED = 3
LIFTED = 10_000
"""A number of nearest facilities that no district has."""

LEAST_MINUTES = 1.0
"""Travel below this is not worth a bed."""

PROVEN = 1e-6
"""A gap to the bound up to this share is the rounding of solvers."""

SMALL = 0.05
"""Cases below this are not worth a sentence."""


def decision(day: Day, tables: Mapping[str, pa.Table]) -> Section:
    """Say what needs a decision, why, what is proposed, and what happens otherwise."""
    return Section(
        "decision", _headline(day), say("What to decide"), tuple(_sentences(day, tables))
    )


def _headline(day: Day) -> Message:
    unmet = float(day.expected.proposed.measures.unmet.sum())
    last = day.need.expected.days[-1]
    if unmet < SMALL:
        return say("Everybody can be served until {last}", last=last)
    return say(
        "{unmet:,.0f} cases stay unmet until {last} even under the best plan",
        unmet=_whole(unmet),
        last=last,
    )


def _whole(amount: float) -> int:
    """Round as people do, halves up: 10.5 cases are 11."""
    return floor(round(amount, 6) + 0.5)


def _sentences(day: Day, tables: Mapping[str, pa.Table]) -> Iterator[Message]:
    answer = day.expected
    need = float(answer.problem.need.sum())
    unmet = float(answer.proposed.measures.unmet.sum())
    first, last = day.need.expected.days[0], day.need.expected.days[-1]
    yield say(
        "From {first} to {last}, {served:,.0f} of {need:,.0f} cases can be served within "
        "{limit:g} minutes of travel; {proof}.",
        first=first,
        last=last,
        served=_whole(need) - _whole(unmet),
        need=_whole(need),
        limit=day.request.rules.max_travel_minutes,
        proof=_proof(answer),
    )
    yield from taken_nowhere(day.region)
    yield from moves_finding(day, tables)
    yield from _held_near(day, answer)
    yield from _shortest(day, answer)
    yield from medicines_finding(day)
    yield from _out_of_reach(day, answer)
    yield from _next_bed(day, answer)
    yield from _otherwise(day, unmet)
    yield from _about_people(day)
    for stress in day.answers[1:]:
        yield _stressed(stress, answer)


def _stressed(stress: CityAnswer, expected: CityAnswer) -> Message:
    weighted = stress.proposed.unmet_weighted
    return say(
        "{case}: {cases:,.0f} cases unmet. Weighted by severity that is {weighted:,.0f}, "
        "{more:+z,.0f} against the expected days.",
        case=stress.demand.label,
        cases=_whole(float(stress.proposed.measures.unmet.sum())),
        weighted=_whole(weighted),
        more=weighted - expected.proposed.unmet_weighted,
    )


def _proof(answer: CityAnswer) -> Message:
    gap = answer.gap(answer.proposed)
    if gap <= PROVEN:
        return say("the plan is proven best")
    return say("no plan can cost less by more than {gap:.2%}", gap=gap)


def _about_people(day: Day) -> Iterator[Message]:
    if day.care is not None and day.care.own is not None:
        yield say("{finding}.", finding=queue_finding(day.care.queued))
        yield say("{finding}.", finding=signals_finding(day.care.own.watched, place_names(day)))


def _held_near(day: Day, answer: CityAnswer) -> Iterator[Message]:
    kept = nearest_kept(day.region, day.request.rules)
    if kept is None:
        return
    problem = answer.problem
    service = problem.arc_district * len(problem.services) + problem.arc_service
    full = np.unique(np.flatnonzero(np.bincount(service) == kept) // len(problem.services))
    if full.size:
        yield say(
            "Each district may use its {kept} nearest facilities of each service. That holds back "
            "{count:,} districts: the setting nearest={lifted} lifts it, and may serve more.",
            kept=kept,
            count=int(full.size),
            lifted=LIFTED,
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
            "Districts with no facility within {limit:g} minutes of their centre: {count:,} "
            "({names}{more}).",
            limit=day.request.rules.max_travel_minutes,
            count=int(lost.size),
            names=tuple(day.region.districts[i].name for i in lost[:NAMED]),
            more="" if lost.size <= NAMED else ", …",
        )
        yield from _own_but_far(day, answer, {day.region.districts[i].id for i in lost})


def _own_but_far(day: Day, answer: CityAnswer, lost: set[str]) -> Iterator[Message]:
    held = np.flatnonzero(answer.problem.capacity.sum(axis=(1, 2)))
    own = {day.region.facilities[j].district_id for j in held} & lost
    if own:
        yield say(
            "Of them, districts with facilities of their own, too far from the centre: "
            "{count:,}. State the journeys in travel.csv.",
            count=len(own),
        )


def _next_bed(day: Day, answer: CityAnswer) -> Iterator[Message]:
    if not answer.worth:
        yield say("One more unit of what a facility has would change nothing anywhere.")
        return
    best = answer.worth[0]
    served = best.weighted_avoided
    if served < SMALL and best.minutes_saved < LEAST_MINUTES:
        yield say("One more unit of what a facility has would change next to nothing.")
        return
    facility = next(f.name for f in day.region.facilities if f.id == best.facility)
    more = one_more(next(r for r in day.region.resources if r.id == best.resource))
    if served < SMALL:
        yield say(
            "Consider {facility}: {more} there saves {minutes:,.0f} minutes of travel in these "
            "days (confirmed by planning again).",
            facility=facility,
            more=more,
            minutes=best.minutes_saved,
        )
        return
    yield say(
        "Consider {facility}: {more} there serves {cases:.1f} more cases in these days, weighted "
        "by severity; travel changes by {minutes:+z,.0f} minutes (confirmed by planning again).",
        facility=facility,
        more=more,
        cases=served,
        minutes=-best.minutes_saved,
    )


def _otherwise(day: Day, unmet: float) -> Iterator[Message]:
    nearest = day.expected.of("nearest")
    if nearest is not None:
        yield say(
            "If nothing is done and everybody of a district goes to the one facility nearest to "
            "its centre, {unmet:,.0f} cases stay unmet, {more:,.0f} more. Where people spread by "
            "themselves it is less.",
            unmet=float(nearest.measures.unmet.sum()),
            more=float(nearest.measures.unmet.sum()) - unmet,
        )
