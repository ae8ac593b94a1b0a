"""Patient: what is likely, what helps, what is dangerous, and what is not known."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from salus.report.words import Words
from salus.service.context import Context
from salus.service.list_patients import list_patients
from salus.service.list_plans import list_plans
from salus.service.see_patient import PatientReference, see_patient
from salus.trust.permission import Kind, Permission
from salus.web.behind import behind
from salus.web.closed import closed
from salus.web.door import door_of
from salus.web.pages.patient_view import (
    NOWHERE,
    PatientsView,
    patient_line,
    patient_view,
)
from salus.web.pages.regions import Regions, regions_of, remember
from salus.web.pages.standing import known
from salus.web.reader import Acting, Reads
from salus.web.shelf import Shelf
from salus.web.templates import show

router = APIRouter()


@router.get("/patient")
@behind(list_plans, list_patients)
def patients(request: Request, context: Acting, words: Reads) -> HTMLResponse:
    """List those of the reader's districts whom the newest plan of a region advises."""
    lists_not = closed(context, Permission.LIST_PATIENTS, Kind.PATIENTS, "all")
    if lists_not:
        shut = PatientsView(words.say("Patients"), "", "", (), words(lists_not))
        return show(request, "patients.html.j2", {"view": shut})
    regions = regions_of(request, context)
    view = _listed(context, door_of(request).shelf, words, regions)
    page = show(request, "patients.html.j2", {"view": view})
    remember(request, page, regions)
    return page


@router.get("/patient/{decision}/{district}/{patient}")
@behind(see_patient)
def one(
    request: Request, context: Acting, words: Reads, *, decision: str, district: str, patient: str
) -> HTMLResponse:
    """Show what is advised for one patient; another district is refused."""
    known = None if district == NOWHERE else district
    kept = see_patient(context, PatientReference(decision, known, patient))
    return show(request, "patient.html.j2", {"view": patient_view(kept, words)})


def _listed(context: Context, shelf: Shelf, words: Words, regions: Regions) -> PatientsView:
    newest = regions.newest
    if newest is None:
        nothing = words.say("Nobody is advised yet: the first plan of a region advises.")
        return PatientsView(words.say("Patients"), "", "", (), nothing)
    decision, names = newest.about.decision, shelf.districts(newest.tables)
    found = list_patients(context, decision)
    none = words.say("The newest plan advises nobody whom you may see.")
    return PatientsView(
        words.say("Patients who are advised: {count}", count=len(found)),
        known(newest, context, words),
        _scope(context, names, words),
        tuple(patient_line(each, decision, names, words) for each in found),
        "" if found else none,
        regions.choices,
    )


def _scope(context: Context, names: Mapping[str, str], words: Words) -> str:
    own = context.principal.districts
    if own is None:
        return words.say("You see the patients of all districts.")
    if not own:
        return words.say("You see the patients of no district; an administrator can change that.")
    districts = tuple(sorted(names.get(each, each) for each in own))
    return words.say("You see the patients of {districts}.", districts=districts)
