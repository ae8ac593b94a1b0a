"""What answers to uncertain need must keep, said once: the checks and the docs follow it.

Indices: ``k`` scenario, ``i`` district, ``j`` facility, ``s`` service, ``r`` resource, ``t``
period. ``p_k`` is the probability of a scenario, ``v_k`` the cost of its plan.
"""

from __future__ import annotations

from salus.allocate.city.constraints import Constraint
from salus.core.messages import say

_MINUTES = say("weighted minutes")
_SHARE = say("share of need")

TOGETHER = Constraint(
    "together",
    say("What is decided before need is known is the same in every scenario."),
    ("scenarios",),
    say("in the unit of the decision"),
    "first_k = first for every scenario k",
)
SCENARIO = Constraint(
    "scenario",
    say("The plan of each scenario keeps the rules of the city in that scenario."),
    ("scenarios",),
    say("in the unit of the rule"),
    "plan_k breaks no rule of the city with need_k",
)
COSTS = Constraint(
    "costs",
    say("The cost of each scenario is what its plan adds up to."),
    ("scenarios",),
    _MINUTES,
    "v_k = cost of plan_k",
)
EXPECTED = Constraint(
    "expected",
    say("The expected cost is the mean of the scenarios by their probabilities."),
    (),
    _MINUTES,
    "expected = sum_k p_k v_k",
)
TAIL = Constraint(
    "tail",
    say("The tail is the mean cost of the worst scenarios, beyond its level."),
    (),
    _MINUTES,
    "tail = min_e e + sum_k p_k max(0, v_k - e) / (1 - level)",
)
JUDGED = Constraint(
    "judged",
    say("The cost mixes the mean and the tail as the risk says."),
    (),
    _MINUTES,
    "cost = (1 - weight) expected + weight tail",
)
COUNTS = Constraint(
    "counts",
    say("The proof counts each scenario within what the risk allows, and all of them for 1."),
    ("scenarios",),
    say("probability"),
    "(1 - weight) p_k <= q_k <= (1 - weight + weight / (1 - level)) p_k, sum_k q_k = 1",
)
PROVEN = Constraint(
    "proven",
    say("The bound is no higher than the prices of all scenarios prove together."),
    (),
    _MINUTES,
    "bound <= L(q, y), the Lagrangian dual of the deterministic equivalent with weights q",
)
CLAIMED = Constraint(
    "claimed",
    say("The search claims no less than the prices prove, and no more than the plan costs."),
    (),
    _MINUTES,
    "bound <= claim <= cost",
)
ORDER = Constraint(
    "order",
    say("To know need is no worse than this plan, and this plan no worse than one for the mean."),
    (),
    _MINUTES,
    "WS <= RP <= EEV, hence EVPI >= 0 and VSS >= 0",
)
SHARES = Constraint(
    "shares",
    say("Shares of need are not below zero, and add up to no more than all of it."),
    ("districts", "services", "periods"),
    _SHARE,
    "w_ijst >= 0, sum_j w_ijst <= 1",
)
HELD = Constraint(
    "held",
    say("Nothing is used beyond its capacity, whatever need of the set comes."),
    ("facilities", "resources", "periods"),
    say("resource-days"),
    "sum_is uses_sr w_ijst d_ist <= capacity_jrt for every need d of the set",
)
STATED = Constraint(
    "stated",
    say("No need of the set costs more or leaves more unmet than stated, and one attains it."),
    (),
    say("weighted minutes, or cases"),
    "cost = max over d of the set of cost(d),"
    " unmet = max over d of the set of sum_ist (1 - sum_j w_ijst) d_ist",
)

CONSTRAINTS = (
    TOGETHER,
    SCENARIO,
    COSTS,
    EXPECTED,
    TAIL,
    JUDGED,
    COUNTS,
    PROVEN,
    CLAIMED,
    ORDER,
    SHARES,
    HELD,
    STATED,
)
