"""Bounds on fairness that a plan keeps: between districts, or between groups by deprivation."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.fairness.floors import CoverageFloors
from salus.allocate.city.features.fairness.gap import CoverageGap
from salus.allocate.city.features.fairness.groups import Groups
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.features.fairness.fair import Fair
    from salus.core.messages import Message
    from salus.data.region.region import Region
    from salus.service.rules import PlanningRules


def bounds(region: Region, rules: PlanningRules) -> tuple[Fair, ...]:
    """State the bounds on fairness as features of a plan; each case counts as one.

    Parameters
    ----------
    region : Region
        Names and deprivation of its districts.
    rules : PlanningRules
        How far the served shares may lie apart, and what each district is promised.

    Returns
    -------
    tuple of Fair
        Empty where the rules bound nothing.

    Raises
    ------
    InputError
        If deprivation is to be bounded, but is not known of any district.
    """
    found: list[Fair] = []
    districts = _districts(region)
    if rules.min_coverage > 0:
        least = np.full(districts.count, rules.min_coverage)
        found.append(CoverageFloors(districts, least, severity=False))
    if rules.max_district_gap < 1:
        found.append(CoverageGap(districts, rules.max_district_gap, severity=False))
    if rules.max_deprivation_gap < 1:
        groups = by_deprivation(region)
        if groups is None:
            what = say("max_deprivation_gap bounds a gap, but no district tells its deprivation")
            remedy = say("fill in the column deprivation, or set max_deprivation_gap to 1")
            raise InputError(Fault(what, Where("districts.csv", column="deprivation"), remedy))
        found.append(CoverageGap(groups, rules.max_deprivation_gap, severity=False))
    return tuple(found)


def by_deprivation(region: Region) -> Groups | None:
    """Group the districts of a region by quintiles of their deprivation.

    Parameters
    ----------
    region : Region
        Its districts may tell their deprivation.

    Returns
    -------
    Groups or None
        ``None`` where no district tells it.
    """
    told = [each.deprivation for each in region.districts]
    if all(score is None for score in told):
        return None
    return Groups.by_deprivation(np.array([np.nan if s is None else s for s in told]))


def fairness_assumptions(rules: PlanningRules) -> Iterator[Message]:
    """Say which bounds on fairness a plan keeps.

    Yields
    ------
    Message
        None where the rules bound nothing.
    """
    if rules.min_coverage > 0:
        yield say(
            "Each district is served at least {share:.1%} of its cases.", share=rules.min_coverage
        )
    if rules.max_district_gap < 1:
        yield say(
            "The served shares of two districts lie at most {gap:.1%} apart.",
            gap=rules.max_district_gap,
        )
    if rules.max_deprivation_gap < 1:
        yield say(
            "The served shares of two groups of districts by deprivation lie at most {gap:.1%} "
            "apart.",
            gap=rules.max_deprivation_gap,
        )


def _districts(region: Region) -> Groups:
    called = Counter(each.name for each in region.districts)
    names = tuple(
        each.name if called[each.name] == 1 else f"{each.name} ({each.id})"
        for each in region.districts
    )
    return Groups(np.arange(len(names)), names)
