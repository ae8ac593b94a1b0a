"""List the patients that are advised, of the own districts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.store.advised_patients import KeptPatient, read_patients
from salus.data.store.reports import Reports
from salus.service.guarded import guarded
from salus.service.see_plan import decision_key
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.service.context import Context


@guarded(Permission.LIST_PATIENTS, Kind.PATIENTS, decision_key)
def list_patients(context: Context, decision: str) -> tuple[KeptPatient, ...]:
    """List the patients that a day advises on, of the districts that the reader sees into.

    Parameters
    ----------
    context : Context
        What is in use.
    decision : str
        Id of the decision, whole.

    Returns
    -------
    tuple of KeptPatient
        A patient whose district is not known is shown to those only who see everywhere.

    Raises
    ------
    NotFoundError
        If no plan of this decision is kept.
    ForbiddenError
        If the policy does not permit it.
    """
    kept, own = Reports(context.settings.home).find(decision), context.principal.districts
    everybody = read_patients(kept.patients, decision, context.vault)
    return tuple(each for each in everybody if own is None or each.district_id in own)
