"""List the privacy budgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.data.store.budgets import Budgets
from salus.service.guarded import guarded, itself
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.domain.budget import Budget
    from salus.service.context import Context


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One budget.

    Parameters
    ----------
    data : str
        Name of the records.
    purpose : str
        What its answers are for.
    budget : Budget
        Granted, spent and left.
    answers : int
        How many were charged.
    """

    data: str
    purpose: str
    budget: Budget
    answers: int

    @property
    def said(self) -> Message:
        """Say it in a sentence."""
        return say(
            "{data} for {purpose}: epsilon {spent:g} of {granted:g} spent on {answers:,} answers",
            data=self.data,
            purpose=self.purpose,
            spent=self.budget.spent.epsilon,
            granted=self.budget.granted.epsilon,
            answers=self.answers,
        )


@guarded(Permission.LIST_BUDGETS, Kind.BUDGET, itself)
def list_budgets(context: Context, name: str) -> tuple[BudgetLine, ...]:
    """List all budgets by data and purpose.

    Parameters
    ----------
    context : Context
        What is in use.
    name : str
        Which budgets; there is one list of them.

    Returns
    -------
    tuple of BudgetLine

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    """
    del name  # the gate has used it
    return tuple(
        BudgetLine(key.dataset, key.purpose, budget, answers)
        for key, budget, answers in Budgets(context.store).all()
    )
