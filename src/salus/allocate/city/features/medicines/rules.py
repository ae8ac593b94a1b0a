"""Medicines: what lies somewhere, is ordered, sent, given, and expires.

Indices: ``p`` place (facilities, then depots), ``j`` facility, ``m`` medicine, ``l`` batch (a
medicine and its last usable period), ``n`` route, ``k`` offer, ``t`` period. ``q_plt`` is what
lies at the end of a period, ``g_jlt`` what is given, ``e_plt`` what expires, ``y_nlt`` what is
sent, ``o_kt`` what is ordered.
"""

from __future__ import annotations

from salus.allocate.city.constraints import Constraint
from salus.core.messages import say

_UNITS = say("units")

DOSES = Constraint(
    "doses",
    say("Whoever is admitted gets their doses, from what lies at their facility then."),
    ("facilities", "medicines", "periods"),
    say("doses"),
    "sum_l g_jlt = sum_s doses_sm sum_u stay_s(t-u) admitted_jsu over the batches l of m",
)
BALANCE = Constraint(
    "batch",
    say("Of every batch, what came is what was given, sent on, expired or is left."),
    ("facilities", "medicines", "periods"),
    _UNITS,
    "q_plt = q_pl(t-1) + came_plt - sum_n y_nlt - g_plt - e_plt",
)
SENDS = Constraint(
    "sends",
    say("What is sent lay there when the period began or came by then, and arrives usable."),
    ("facilities", "medicines", "periods"),
    _UNITS,
    "sum_n y_nlt <= q_pl(t-1) + what came into p by t; t + periods_n <= min(last_l, T - 1)",
)
EXPIRES = Constraint(
    "expires",
    say("What is not used by its last usable period expires, and nothing is given after it."),
    ("facilities", "medicines", "periods"),
    _UNITS,
    "q_plt = 0 and g_plt = 0 where t > last_l; e_plt = 0 where t != last_l; q_plt = 0 at last_l",
)
FIRST_EXPIRED = Constraint(
    "first expired",
    say("At each facility, what expires first is given first."),
    ("facilities", "medicines", "periods"),
    _UNITS,
    "g_jlt (q_jkt + e_jkt) = 0 where k expires before l",
)
ROUTE = Constraint(
    "route",
    say("No more is sent on a route than it can carry in a period."),
    ("routes", "periods"),
    _UNITS,
    "sum_l y_nlt <= most_n",
)
ORDERED = Constraint(
    "ordered",
    say("No more is ordered than is offered, and nothing that would come after the plan."),
    ("offers", "periods"),
    _UNITS,
    "0 <= o_kt <= most_k; o_kt = 0 where t + lead_k >= T",
)
AMOUNTS = Constraint(
    "amounts",
    say("No amount of medicine is below zero."),
    ("facilities", "medicines", "periods"),
    _UNITS,
    "q, g, e, y, o >= 0",
)

CONSTRAINTS = (DOSES, BALANCE, SENDS, EXPIRES, FIRST_EXPIRED, ROUTE, ORDERED, AMOUNTS)
