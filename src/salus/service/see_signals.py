"""See the indicators and signals of a plan that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.tables import read_table
from salus.data.store.reports import Reports
from salus.service.guarded import guarded
from salus.service.see_plan import decision_key
from salus.service.tables.tables import WATCHED
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from salus.service.context import Context


@guarded(Permission.SEE_SIGNALS, Kind.DECISION, decision_key)
def see_signals(context: Context, decision: str) -> Mapping[str, pa.Table]:
    """See which indicator left its usual range, where and since when.

    Parameters
    ----------
    context : Context
        What is in use.
    decision : str
        Id of the decision, whole.

    Returns
    -------
    mapping of str to pyarrow.Table
        ``signals``, ``indicators`` and ``control``, as :mod:`salus.service.tables.schemas` has
        them; without rows where nothing was watched.

    Raises
    ------
    NotFoundError
        If no plan of this decision is kept.
    ForbiddenError
        If the policy does not permit it.
    """
    folder = Reports(context.settings.home).find(decision).tables
    return {name: read_table(folder, name) for name in WATCHED}
