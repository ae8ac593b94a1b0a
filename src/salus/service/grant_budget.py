"""Grant a privacy budget, or more of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.checks import named, within
from salus.data.store.budgets import Budgets, Key
from salus.data.store.loads import Loads
from salus.domain.budget import Budget, Loss
from salus.service.guarded import guarded
from salus.service.statistic.rows import refuse_data
from salus.trust.audit import AuditEvent, Outcome, chain
from salus.trust.permission import Kind, Permission, Purpose, Resource

if TYPE_CHECKING:
    from salus.domain.audit import AuditEntry, AuditHead
    from salus.service.context import Context


@dataclass(frozen=True, slots=True)
class Grant:
    """How much more may be told about each person of some records.

    Parameters
    ----------
    data : str
        Name of the records.
    epsilon : float
        How much, more than 0 and at most 100. Budgets of two purposes add up for each person.
    purpose : Purpose
        What it is for.

    Raises
    ------
    ValueError
        If the name is empty or the epsilon out of its range.
    """

    data: str
    epsilon: float
    purpose: Purpose = Purpose.PLANNING

    def __post_init__(self) -> None:
        """Refuse to grant nothing, or all there is."""
        named("data", self.data)
        within("epsilon", self.epsilon, 0.001, 100)


def _data(grant: Grant) -> str:
    return f"{grant.data}/{grant.purpose.value}"


@guarded(Permission.GRANT_BUDGET, Kind.BUDGET, _data)
def grant_budget(context: Context, grant: Grant) -> Budget:
    """Add to the budget of some records for a purpose.

    Parameters
    ----------
    context : Context
        What is in use.
    grant : Grant
        For what, and how much.

    Returns
    -------
    Budget
        As it is now: granted, spent and left.

    Raises
    ------
    InputError
        If there are no such records.
    ForbiddenError
        If the policy does not permit it.
    """
    refuse_data(context.settings.home, Loads(context.store), grant.data)
    loss = Loss.of(grant.epsilon)
    event = AuditEvent(
        context.clock.now(),
        context.principal,
        Permission.GRANT_BUDGET,
        Resource(Kind.BUDGET, _data(grant)),
        Outcome.GRANTED,
        {"epsilon": loss.epsilon},
    )

    def witness(budget: Budget, head: AuditHead) -> AuditEntry:
        del budget
        return chain(head, event)

    return Budgets(context.store).grant(Key(grant.data, grant.purpose.value), loss, witness)
