"""What a plan of a hospital costs and breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.report.layout import Cell, Column, Grid, Section
from salus.report.sections.hospital.nurse_rules import rule_sentences
from salus.report.sections.hospital.words import BREACHES, COMPONENTS, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.explain_hospital import ExplainedHospital


def overview_section(explained: ExplainedHospital) -> Section:
    """Show the components of the cost, and the rules that are broken.

    Parameters
    ----------
    explained : ExplainedHospital
        The plan.

    Returns
    -------
    Section
    """
    grids = (_costs(explained), _broken(explained))
    return Section("costs", _title(explained), say("Costs"), tuple(_sentences(explained)), grids)


def _title(explained: ExplainedHospital) -> Message:
    found = explained.verification
    cost = sum(found.costs.values())
    if found.total_violations:
        return say(
            "The plan breaks rules, by {broken:,} in all, and costs {cost:,}",
            broken=found.total_violations,
            cost=cost,
        )
    if explained.breaches:
        return say("The plan breaks rules of nurses and costs {cost:,}", cost=cost)
    return say("The plan breaks no rule and costs {cost:,}", cost=cost)


def _sentences(explained: ExplainedHospital) -> Iterator[Message]:
    if explained.breaches:
        yield from rule_sentences(explained.breaches, explained.problem, explained.first)
    costs = explained.verification.costs
    whole = sum(costs.values())
    largest, cost = max(costs.items(), key=lambda each: each[1])
    if whole:
        yield say(
            "Most of it: {component}, {cost:,} ({share:.0%}).",
            component=COMPONENTS[largest],
            cost=cost,
            share=cost / whole,
        )
    yield say(
        "Patients: {patients:,}; admitted: {admitted:,}; of these past their release: {waiting:,}.",
        patients=len(explained.problem.patients),
        admitted=len(explained.plan.admissions),
        waiting=sum(each.now is not None for each in explained.reasons),
    )
    if explained.verification.total_cost is None:
        yield say(
            "A room with people has no nurse: the skill that is missing there is not counted."
        )


def _costs(explained: ExplainedHospital) -> Grid:
    found = explained.verification
    costs = found.costs
    whole = sum(costs.values())
    order = sorted(costs, key=lambda each: -costs[each])
    rows = tuple(
        (
            Cell(COMPONENTS[each]),
            Cell(UNITS[each]),
            Cell(found.amounts[each]),
            Cell(each.weight(found.weights)),
            Cell(costs[each]),
            Cell(100 * costs[each] / whole if whole else None, 1),
        )
        for each in order
    )
    columns = (
        Column(say("component"), number=False, wraps=True),
        Column(say("counted in"), number=False, wraps=True),
        Column(say("amount")),
        Column(say("weight")),
        Column(say("cost")),
        Column(say("share (%)")),
    )
    return Grid(say("Cost by component"), columns, rows)


def _broken(explained: ExplainedHospital) -> Grid:
    rows = tuple(
        (Cell(BREACHES[rule]), Cell(n))
        for rule, n in explained.verification.violations.items()
        if n
    )
    columns = (Column(say("rule"), number=False, wraps=True), Column(say("amount")))
    return Grid(say("Rules that are broken"), columns, rows)
