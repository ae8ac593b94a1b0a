"""What a plan of a hospital's weeks breaks and costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.hospital.verification import Soft
from salus.core.messages import Message, say
from salus.report.layout import Cell, Column, Grid, Section
from salus.report.sections.hospital.nurse_rules import rule_sentences
from salus.report.sections.hospital.theatres import likely_overrun
from salus.report.sections.hospital.words import BREACHES, COMPONENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.hospital.bound.lower_bound import HospitalBound
    from salus.allocate.hospital.verification import HospitalVerification
    from salus.service.plan_hospital import PlannedHospital


def hospital_sections(planned: PlannedHospital) -> tuple[Section, ...]:
    """Show how a search ended.

    Parameters
    ----------
    planned : PlannedHospital
        The plan, and what is known of it.

    Returns
    -------
    tuple of Section
        One: who is admitted, what it costs, and what it breaks if it does.
    """
    found = planned.verification
    broken = found.total_violations > 0 or bool(planned.breaches)
    title = say("A plan that breaks rules") if broken else say("A plan that keeps every rule")
    grids = (*_broken(found), _costs(found))
    return (Section("hospital", title, say("Hospital"), tuple(_sentences(planned)), grids),)


def _sentences(planned: PlannedHospital) -> Iterator[Message]:
    found, last = planned.verification, planned.last
    postponed = found.amounts[Soft.ELECTIVE_UNSCHEDULED_PATIENTS]
    yield say(
        "Admitted: {admitted:,} of {patients:,} patients; postponed: {postponed:,}.",
        admitted=len(planned.plan.admissions),
        patients=len(planned.problem.patients),
        postponed=postponed,
    )
    if found.total_cost is not None:
        yield say("Cost: {cost:,}.", cost=found.total_cost)
        if not found.total_violations:
            yield _bounded(planned.bound, found.total_cost)
    yield say(
        "Tried: {tried:,} moves in {seconds:.1f} seconds.", tried=last.tried, seconds=last.seconds
    )
    if planned.theatre_days:
        yield likely_overrun(planned.theatre_days, planned.hospital.first)
        if planned.late:
            yield _late(planned)
    if planned.hospital.rules:
        yield from rule_sentences(planned.breaches, planned.problem, planned.hospital.first)
    if found.total_violations:
        yield say("No plan that keeps every rule was met; a longer search may find one.")


def _late(planned: PlannedHospital) -> Message:
    chance, count = planned.overrun or 1.0, len(planned.late)
    if planned.verification.total_violations:
        return say(
            "Days of theatres above the chance of {chance:.3g}, as no plan was met that keeps "
            "every rule: {count:,}.",
            chance=chance,
            count=count,
        )
    return say(
        "Days of theatres above the chance of {chance:.3g}: {count:,}; a longer search, a larger "
        "chance or more minutes may leave none.",
        chance=chance,
        count=count,
    )


def _bounded(bound: HospitalBound, cost: int) -> Message:
    gap = bound.gap(cost)
    if gap is None:
        return say("No lower bound on the cost was found in this time.")
    if gap == 0:
        return say("No plan costs less: this is the best one.")
    return say(
        "Every plan costs {bound:,} or more: the best one may save {gap:.1%} of the cost of this "
        "plan.",
        bound=bound.total or 0,
        gap=gap,
    )


def _broken(found: HospitalVerification) -> Iterator[Grid]:
    rows = tuple((Cell(BREACHES[each]), Cell(n)) for each, n in found.violations.items() if n)
    if rows:
        columns = (Column(say("Rule"), number=False), Column(say("Broken")))
        yield Grid(say("Broken rules"), columns, rows)


def _costs(found: HospitalVerification) -> Grid:
    columns = (
        Column(say("Counted"), number=False),
        Column(say("Amount")),
        Column(say("Weight")),
        Column(say("Cost")),
    )
    rows = tuple(
        (
            Cell(COMPONENTS[each]),
            Cell(n),
            Cell(each.weight(found.weights)),
            Cell(found.costs[each]),
        )
        for each, n in found.amounts.items()
    )
    return Grid(say("Cost"), columns, rows)
