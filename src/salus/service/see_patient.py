"""See what is advised for one patient."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from salus.core.errors import Fault, NotFoundError, Where
from salus.core.messages import say
from salus.data.store.advised_patients import KeptPatient, read_patients
from salus.data.store.reports import Reports
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.service.context import Context


@dataclass(frozen=True, slots=True)
class PatientReference:
    """Which patient is meant, and where they live.

    Parameters
    ----------
    decision : str
        Id of the decision that advises.
    district_id : str or None
        Where the patient lives; ``None`` where it is not known.
    patient : str
        Keyed pseudonym.
    """

    decision: str
    district_id: str | None
    patient: str


def _key(reference: PatientReference) -> str:
    return reference.patient or "-"


@guarded(Permission.SEE_PATIENT, Kind.PATIENT, _key, attrgetter("district_id"))
def see_patient(context: Context, reference: PatientReference) -> KeptPatient:
    """See what is advised for one patient.

    The gate refuses another district before anybody looks whether there is such a patient, so
    that a refusal tells nothing.

    Parameters
    ----------
    context : Context
        What is in use.
    reference : PatientReference
        Which patient is meant.

    Returns
    -------
    KeptPatient

    Raises
    ------
    NotFoundError
        If nothing is advised for such a patient of that district.
    ForbiddenError
        If the policy does not permit it.
    """
    kept = Reports(context.settings.home).find(reference.decision)
    for each in read_patients(kept.patients, reference.decision, context.vault):
        if (each.patient, each.district_id) == (reference.patient, reference.district_id):
            return each
    what, remedy = say("nothing is advised for this patient"), say("choose one of the list")
    raise NotFoundError(Fault(what, Where(say("patient")), remedy))
