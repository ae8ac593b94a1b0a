"""What may be wrong with the staff law of a city, all of it named at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.faults import misfits, out_of_range
from salus.allocate.city.features.lending import Lending
from salus.allocate.city.features.staff_rules import MaximumHours, Ratio, Rest
from salus.allocate.city.features.units import Amount, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.features.staff_rules import Rule, Staff
    from salus.allocate.city.problem import CityProblem


def faults_of(
    people: tuple[Staff, ...], rules: tuple[Rule, ...], problem: CityProblem
) -> Iterator[str]:
    """Name all that does not fit the problem.

    Parameters
    ----------
    people : tuple of Staff
        Whom the law is about.
    rules : tuple of Ratio, MaximumHours or Rest
        What it says.
    problem : CityProblem
        What it holds for.

    Yields
    ------
    str
    """
    resources = len(problem.resources)
    staff = {each.resource: each for each in people}
    known = [each.resource for each in people]
    for resource in [*known, *(each.beds for each in rules if isinstance(each, Ratio))]:
        if not 0 <= resource < resources:
            yield f"staff_law must name a resource from 0 to {resources - 1}, but names {resource}"
    for resource in dict.fromkeys(known):
        if known.count(resource) > 1:
            yield f"staff_law.staff must name resource {resource} once, but does so twice"
    for each in people:
        yield from _bad_staff(each, problem)
    for rule in rules:
        yield from _bad_rule(rule, problem)
        if rule.staff not in known:
            yield f"staff_rules must be about its staff {known}, but one is about {rule.staff}"
        elif 0 <= rule.staff < resources:
            yield from _mixed(rule, staff[rule.staff], problem)
    yield from _mixed_loans(people, problem)


def _bad_staff(staff: Staff, problem: CityProblem) -> Iterator[str]:
    shape = (len(problem.facilities), len(problem.periods))
    optional = () if staff.busy is None else ("busy",)
    yield from misfits("staff", staff, dict.fromkeys(("heads", *optional), shape))
    yield from out_of_range("staff", staff, ("heads", *optional))
    if staff.hours is not None and not (np.isfinite(staff.hours) and staff.hours > 0):
        yield f"staff.hours must be finite and above 0, but is {staff.hours}"
    if staff.unit is Unit.HOURS and staff.hours not in (None, 1.0):
        yield f"staff.hours must be 1 where hours are counted, but is {staff.hours}"


def _bad_rule(rule: Rule, problem: CityProblem) -> Iterator[str]:
    periods = len(problem.periods)
    if isinstance(rule, Ratio):
        if not (np.isfinite(rule.patients) and rule.patients > 0):
            yield f"ratio.patients must be finite and above 0, but is {rule.patients}"
        if rule.beds == rule.staff:
            yield f"ratio.beds must be no staff, but is {rule.beds} like ratio.staff"
        return
    if not 1 <= rule.window <= periods:
        yield f"window must be from 1 to {periods} periods, but is {rule.window}"
    if isinstance(rule, Rest):
        if not 0 < rule.share <= 1:
            yield f"rest.share must be above 0 and at most 1, but is {rule.share}"
        if not 0 <= rule.rest < rule.window:
            yield f"rest.rest must be from 0 to {rule.window - 1} periods, but is {rule.rest}"


def _mixed(rule: Rule, staff: Staff, problem: CityProblem) -> Iterator[str]:
    said = Unit.HOURS
    if isinstance(rule, Ratio):
        said = rule.per
    elif isinstance(rule, MaximumHours):
        said = rule.most.unit
    if staff.into_units(Amount(1.0, said)) is None:
        name = problem.resources[staff.resource]
        yield (
            f"{name} is counted in {staff.unit}, but a rule of the staff law in {said}: "
            f"{_alike(name, staff.unit, said)}"
        )


def _alike(name: str, unit: Unit, said: Unit) -> str:
    if said is Unit.HOURS:
        return f"say the hours of one of the {unit}, or count both alike"
    if unit is Unit.HOURS:
        return (
            f"count {name} in {said}, with the hours of one, or say the rule in hours: patients "
            f"for each of the {said}, divided by its hours"
        )
    return f"say the rule in {unit}, or count {name} in {said}"


def _mixed_loans(people: tuple[Staff, ...], problem: CityProblem) -> Iterator[str]:
    for lending in problem.features:
        if not isinstance(lending, Lending):
            continue
        for resource, unit in zip(lending.resource.tolist(), lending.unit, strict=False):
            for staff in people:
                if staff.resource == resource and staff.unit is not unit:
                    yield (
                        f"{problem.resources[resource]} is lent in {unit}, but counted in "
                        f"{staff.unit} by the staff law: count both alike"
                    )
