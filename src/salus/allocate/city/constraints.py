"""The mathematics of the city's plan, said once: the solvers, the checks and the docs follow it.

Indices: ``i`` district, ``j`` facility, ``s`` service, ``r`` resource, ``t`` period. ``x_ijst``
are the cases of a plan, ``v_jrt`` its prices.
"""

from __future__ import annotations

from dataclasses import dataclass

from salus.core.messages import Message, say


@dataclass(frozen=True, slots=True)
class Constraint:
    """One rule that a plan keeps.

    Parameters
    ----------
    name : str
        Short key.
    sentence : Message
        The rule for people.
    indices : tuple of str
        What it holds for: names of fields of the problem; empty when it holds once.
    unit : Message
        Unit in which a breach is counted.
    formula : str
        The rule as mathematics.
    """

    name: str
    sentence: Message
    indices: tuple[str, ...]
    unit: Message
    formula: str


_MINUTES = say("weighted minutes")

OBJECTIVE = Constraint(
    "objective",
    say("Travel is short and little need stays unmet, each unmet case counting as its penalty."),
    (),
    _MINUTES,
    "minimise sum_ijst minutes_ijs x_ijst + sum_ist penalty_s (need_ist - sum_j x_ijst)",
)
TAKEN = Constraint(
    "taken",
    say("People go only to facilities that take their service."),
    ("facilities", "services", "periods"),
    say("cases"),
    "x_ijst = 0 where no journey leads to j for s",
)
JOURNEY = Constraint(
    "journey",
    say("People travel only where the journey is allowed, within the travel limit."),
    ("districts", "facilities", "services", "periods"),
    say("cases"),
    "x_ijst = 0 where (i, j, s) is no journey",
)
CASES = Constraint(
    "cases",
    say("No flow of cases is below zero."),
    ("districts", "facilities", "services", "periods"),
    say("cases"),
    "x_ijst >= 0",
)
NEED = Constraint(
    "need",
    say("No more cases are served than need care."),
    ("districts", "services", "periods"),
    say("cases"),
    "sum_j x_ijst <= need_ist + what the features move",
)
CAPACITY = Constraint(
    "capacity",
    say("Nothing is used beyond its capacity."),
    ("facilities", "resources", "periods"),
    say("resource-days"),
    "sum_isk uses_sr stay_sk x_ijs,t-k <= capacity_jrt + what the features add",
)
PRICE = Constraint(
    "price",
    say("No price is below zero."),
    ("facilities", "resources", "periods"),
    say("weighted minutes per resource-day"),
    "v_jrt >= 0",
)
COST = Constraint(
    "cost",
    say("The cost is what the flows and the unmet need add up to."),
    (),
    _MINUTES,
    "cost = sum_ijst minutes_ijs x_ijst + sum_ist penalty_s (need_ist - sum_j x_ijst)",
)
BOUND = Constraint(
    "bound",
    say("The bound is no higher than the prices prove."),
    (),
    _MINUTES,
    "bound <= sum_ist need_ist min(penalty_s, min_j minutes_ijs + sum_r uses_sr v_jrt)"
    " - sum_jrt v_jrt capacity_jrt",
)
LIMIT = Constraint(
    "limit",
    say("No aim takes more than the limit it was given."),
    ("aims",),
    _MINUTES,
    "charge_a <= limit_a",
)
LEVEL = Constraint(
    "level",
    say("Each level is what the plan says it is, and within what the levels before leave it."),
    ("levels",),
    _MINUTES,
    "value_k = sum of the weighted charges of level k; value_k <= limit_k; bound_k <= what the"
    " prices of level k prove",
)

CONSTRAINTS = (TAKEN, JOURNEY, CASES, NEED, CAPACITY, PRICE, COST, BOUND)
AIM_CONSTRAINTS = (LIMIT, LEVEL)
