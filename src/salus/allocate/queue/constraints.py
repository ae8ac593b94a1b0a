"""The mathematics of a dispatch, said once: the check and the docs follow it.

Indices: ``p`` patient, ``j`` facility, ``s`` service, ``r`` resource. ``x_pj`` is 1 where a
patient is sent to a facility; ``begin_p`` is the time until care, infinite for those who wait.
"""

from __future__ import annotations

from salus.allocate.city.constraints import Constraint
from salus.core.messages import say

_PATIENTS = say("patients")
_MINUTES = say("minutes")
_PAIRS = ("patients", "facilities")

OBJECTIVE = Constraint(
    "objective",
    say("Care begins soon and few patients wait, each waiting patient counting as their worth."),
    (),
    _MINUTES,
    "minimise sum_pj care_pj x_pj + sum_p worth_p (1 - sum_j x_pj)",
)
OFFERED = Constraint(
    "offered",
    say("Patients go only to facilities that offer their service."),
    _PAIRS,
    _PATIENTS,
    "x_pj = 0 where j does not offer s_p",
)
ACCEPTED = Constraint(
    "accepted",
    say("Patient and facility accept each other."),
    _PAIRS,
    _PATIENTS,
    "x_pj = 0 where accepted_pj is no",
)
LIMIT = Constraint(
    "limit",
    say("Nobody travels further than the travel limit."),
    _PAIRS,
    _MINUTES,
    "x_pj = 0 where travel_pj > travel_limit",
)
UNITS = Constraint(
    "units",
    say("No unit is given twice."),
    ("facilities", "resources"),
    say("units"),
    "sum_p uses_sr x_pj <= free_jr, where s is the service of p",
)
ROOM = Constraint(
    "room",
    say("Nobody waits, or goes where care begins later, while a sooner place has room."),
    _PAIRS,
    _PATIENTS,
    "not (care_pj < begin_p and uses_sr <= left_jr for all r)",
)
PASSED_OVER = Constraint(
    "passed_over",
    say("Nobody is passed over at a place by patients who rank lower there."),
    _PAIRS,
    _PATIENTS,
    "not (care_pj < begin_p and uses_sr <= left_jr + what those ranked below p at j hold)",
)
STANDING = Constraint(
    "standing",
    say("Points and places in the queue are what the formula of priority gives."),
    ("patients",),
    _PATIENTS,
    "points_p = severity_p (1 + waited_p / patience)",
)
MINUTES = Constraint(
    "minutes",
    say("The minutes of travel are those to the place."),
    ("patients",),
    _MINUTES,
    "minutes_p = sum_j travel_pj x_pj",
)
COST = Constraint(
    "cost",
    say("The cost is what the times to care and the waiting patients add up to."),
    (),
    _MINUTES,
    "cost = sum_pj care_pj x_pj + sum_p worth_p (1 - sum_j x_pj)",
)

CONSTRAINTS = (
    OFFERED,
    ACCEPTED,
    LIMIT,
    UNITS,
    ROOM,
    PASSED_OVER,
    STANDING,
    MINUTES,
    COST,
)
