"""Every figure that people and programs read, once, under a key that stays."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say
from salus.service.day import EXPECTED
from salus.service.figure import (
    CASES,
    COST,
    MINUTES,
    NO_UNIT,
    PERCENT,
    UNITS,
    WEIGHTED,
    Figure,
    digits,
    figure,
)
from salus.service.hospital_figures import hospital_figures
from salus.service.people_figures import choice_figures, queue_figures
from salus.service.uncertain_figures import uncertain_figures
from salus.service.weeks.plan_weeks import PlannedWeeks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salus.service.day import Day
    from salus.service.forecast_need import Outlook
    from salus.service.plan_city import CityAnswer, Outcome


def figures(day: Day) -> dict[str, Figure]:
    """Collect the figures of a day.

    Parameters
    ----------
    day : Day
        What was forecast and planned.

    Returns
    -------
    dict of str to Figure
        By key, in the order of reading. The values depend on the inputs only, not on time or
        machine, and are rounded to 6 digits after the point.

    Raises
    ------
    InputError
        If two figures have the same key, because a service is called like a method.
    """
    found = [
        *(one for key, answer in day.scenarios() for one in _scenario(day, key, answer)),
        *_ranges(day),
        *(() if day.ahead is None else uncertain_figures(day.ahead)),
        *(hospital_figures(day.weeks) if isinstance(day.weeks, PlannedWeeks) else ()),
        *(one for outlook in day.need.outlooks for one in _outlook(outlook)),
        *(() if day.care is None else queue_figures(day.care.queued)),
        *(() if day.care is None else choice_figures(day.care.advised)),
    ]
    _refuse_doubled(one.key for one in found)
    return {one.key: one for one in found}


def _refuse_doubled(keys: Iterable[str]) -> None:
    doubled = [key for key, count in Counter(keys).items() if count > 1]
    if doubled:
        what = say("a service has the name of a method, so its figures would be mixed up")
        where, remedy = (
            Where("services.csv", column="service_id"),
            say("name the service otherwise"),
        )
        raise InputError(Fault(what, where, remedy, doubled[0]))


def _scenario(day: Day, key: str, answer: CityAnswer) -> Iterator[Figure]:
    problem, best = answer.problem, answer.proposed.measures
    need = problem.need.sum(axis=(0, 2))
    for s, service in enumerate(day.region.services):
        name, unmet = f"{key}.{service.id}", float(best.unmet[:, s].sum())
        yield figure(f"{name}.need_cases", say("need"), float(need[s]), CASES, 1)
        yield figure(f"{name}.unmet_cases", say("unmet need"), unmet, CASES, 1)
        covered = 100 * (1 - unmet / need[s]) if need[s] else float("nan")
        yield figure(f"{name}.coverage", say("coverage"), covered, PERCENT, 1)
        lowest = 100 * best.service_fairness[s].lowest
        yield figure(f"{name}.lowest_coverage", say("lowest coverage"), lowest, PERCENT, 1)
    for r, resource in enumerate(day.region.taken):
        load = 100 * (1 - float(best.waste[r]))
        yield figure(f"{key}.{resource.id}.load", say("load"), load, PERCENT, 1)
    for rank, worth in enumerate(answer.worth, start=1):
        name = f"{key}.worth.{rank}"
        served = float(sum(worth.unmet_avoided))
        yield figure(f"{name}.cases", say("more cases served"), served, CASES, 2)
        change = -worth.minutes_saved
        yield figure(f"{name}.minutes", say("change of travel"), change, MINUTES, 1)
        yield figure(f"{name}.saved", say("cost saved"), worth.confirmed, COST, 1)
        weighted = worth.weighted_avoided
        yield figure(f"{name}.weighted", say("more served, by severity"), weighted, WEIGHTED, 2)
    for outcome in answer.outcomes:
        yield from _method(f"{key}.{outcome.plan.method}", answer, outcome)


def _ranges(day: Day) -> Iterator[Figure]:
    if day.explained is None:
        return
    for rank, found in enumerate(day.explained.ranges, start=1):
        name = f"{EXPECTED}.worth.{rank}"
        yield figure(f"{name}.each", say("saved by each unit"), found.rate, COST, 1)
        yield figure(f"{name}.fewer", say("holds for fewer"), found.fewer, UNITS, 1)
        yield figure(f"{name}.more", say("holds for more"), found.more, UNITS, 1)


def _method(key: str, answer: CityAnswer, outcome: Outcome) -> Iterator[Figure]:
    check, found = outcome.verification, outcome.measures
    yield figure(f"{key}.cost", say("cost"), check.cost, COST)
    yield figure(f"{key}.bound", say("bound"), answer.bound, COST)
    gap = 100 * answer.gap(outcome)
    yield figure(f"{key}.gap", say("gap"), gap, PERCENT, 4)
    yield figure(f"{key}.unmet_cases", say("unmet"), float(found.unmet.sum()), CASES, 1)
    yield figure(
        f"{key}.unmet_weighted", say("unmet, by severity"), outcome.unmet_weighted, WEIGHTED, 1
    )
    yield figure(f"{key}.travel_mean", say("mean travel"), found.travel_mean, MINUTES, 1)
    yield figure(f"{key}.travel_p95", say("travel of 95 in 100"), found.travel_p95, MINUTES, 1)
    fair = found.fairness
    yield figure(f"{key}.lowest_coverage", say("lowest coverage"), 100 * fair.lowest, PERCENT, 1)
    yield figure(f"{key}.coverage_gap", say("coverage gap"), 100 * fair.gap, PERCENT, 1)
    yield figure(f"{key}.gini", say("Gini of coverage"), fair.gini, NO_UNIT, 3)
    yield figure(f"{key}.idle", say("idle capacity"), 100 * outcome.idle, PERCENT, 1)


def _outlook(outlook: Outlook) -> Iterator[Figure]:
    ahead, unit = outlook.forecast, outlook.series.indicator.unit
    key = f"forecast.{ahead.indicator.id}"
    band = ahead.bands[80]
    for step in range(len(ahead.point)):
        for part, label, values in (
            ("point", say("expected"), ahead.point),
            ("low", say("from"), band.lower),
            ("high", say("to"), band.upper),
        ):
            value, places = float(values[step]), digits(ahead.point)
            yield figure(f"{key}.{step + 1}.{part}", label, value, unit, places)
    for score in ahead.backtest.scores:
        name = f"{key}.{score.method}"
        yield figure(f"{name}.mase", say("MASE, mean"), score.mase_mean, NO_UNIT, 3)
        yield figure(f"{name}.mae", say("mean error"), score.mae_mean, unit, 1)
    covered = 100 * ahead.backtest.coverage(80)
    yield figure(f"{key}.coverage80", say("held by the 80 % band"), covered, PERCENT, 1)
