"""The explanation of a hospital's plan, laid out once for every face."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.hospital.people import Gender
from salus.core.messages import say
from salus.report.charts.hospital.beds import GENDERS, SEXES, bed_board
from salus.report.contents import Report
from salus.report.explanation_document import explanation_document
from salus.report.layout import Section
from salus.report.sections.hospital.origin import origin_section
from salus.report.sections.hospital.overview import overview_section
from salus.report.sections.hospital.roster import roster_section
from salus.report.sections.hospital.theatres import theatre_section
from salus.report.sections.hospital.waiting import postponed_section, waiting_section
from salus.report.sections.hospital.worth import worth_section
from salus.service.figure import PEOPLE, UNITS, figure

if TYPE_CHECKING:
    from salus.report.words import Words
    from salus.service.explain_hospital import ExplainedHospital
    from salus.service.figure import Figure


def lay_out_hospital(explained: ExplainedHospital, words: Words) -> Report:
    """Lay out the explanation of a plan.

    Parameters
    ----------
    explained : ExplainedHospital
        The plan, and why it is as it is.
    words : Words
        The reader's language, for what stands inside pictures.

    Returns
    -------
    Report
        Costs and the bed board; who is postponed and who waits, what would help; theatres and
        nurses; last where each cost arises.
    """
    problem, plan, first = explained.problem, explained.plan, explained.first
    genders = GENDERS if explained.hospital.genders == tuple(Gender) else SEXES
    beds = bed_board(problem, plan, words, first, genders=genders, wards=explained.hospital.wards)
    return Report(
        say("Plan of {hospital}, explained", hospital=explained.name),
        say(
            "{days:,} days, {patients:,} patients, {rooms:,} rooms, {nurses:,} nurses.",
            days=problem.days,
            patients=len(problem.patients),
            rooms=len(problem.rooms),
            nurses=len(problem.nurses),
        ),
        _tiles(explained),
        (
            overview_section(explained),
            Section("beds", say("Who lies where, and when"), say("Beds"), charts=(beds,)),
            postponed_section(explained),
            waiting_section(explained),
            worth_section(explained),
            theatre_section(explained, words),
            roster_section(explained, words),
            origin_section(explained),
        ),
        tables={},
        synthetic=False,
        document=explanation_document(explained),
    )


def _tiles(explained: ExplainedHospital) -> tuple[Figure, ...]:
    found, reasons = explained.verification, explained.reasons
    out = sum(each.now is None for each in reasons)
    return (
        figure("cost", say("cost"), sum(found.costs.values()), UNITS),
        figure("violations", say("broken rules"), found.total_violations, UNITS),
        figure("not_admitted", say("not admitted"), out, PEOPLE),
        figure("waiting", say("waiting past release"), len(reasons) - out, PEOPLE),
    )
