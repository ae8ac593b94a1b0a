"""The check of loans: every rule that is broken, place by place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.loans import AGREED, CONSENT, HOME, LEAST, later
from salus.allocate.city.violation import TOLERANCE, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.constraints import Constraint
    from salus.allocate.city.features.loan_offers import LoanOffers
    from salus.allocate.city.features.loans import Lent
    from salus.allocate.city.problem import CityProblem


def broken(offers: LoanOffers, problem: CityProblem, found: Lent) -> Iterator[Violation]:
    """Name every rule that loans break.

    Parameters
    ----------
    offers : LoanOffers
        What may be lent.
    problem : CityProblem
        Whose places they are.
    found : Lent
        What is lent, right or wrong.

    Yields
    ------
    Violation
    """
    sent, returned = found.sent.cumsum(axis=1), found.returned.cumsum(axis=1)
    away = sent - later(found.returned, offers.back)
    early = returned - later(found.sent, offers.turn)
    over = np.maximum.reduce([away - offers.most[:, None], -found.sent, -found.returned])
    if offers.whole:
        for units in (found.sent, found.returned):
            over = np.maximum(over, np.abs(units - np.rint(units)))
    yield from _offers(CONSENT, over, offers, problem)
    yield from _offers(LEAST, early, offers, problem)
    if offers.home:
        yield from _not_home(offers, problem, found)
    if offers.agreed is not None:
        yield from _more_than_agreed(away, offers, problem)


def _offers(
    rule: Constraint, over: Floats, offers: LoanOffers, problem: CityProblem
) -> Iterator[Violation]:
    for k, t in np.argwhere(over > TOLERANCE):
        where = offers.place(problem, "lending.sent", (int(k), int(t)))
        yield Violation(rule, where, float(over[k, t]))


def _not_home(offers: LoanOffers, problem: CityProblem, found: Lent) -> Iterator[Violation]:
    periods = found.sent.shape[1]
    for k, back in enumerate(offers.back):
        in_time = found.returned[k, : max(periods - back + 1, 0)].sum()
        if back == 0:
            # They work through the last period; those who may start back then are home at once.
            in_time = found.sent[k, : max(periods - offers.turn[k] + 1, 0)].sum()
        left = abs(found.sent[k].sum() - in_time)
        if left > TOLERANCE:
            where = offers.place(problem, "lending", (k,))
            yield Violation(HOME, where, float(left))


def _more_than_agreed(
    away: Floats, offers: LoanOffers, problem: CityProblem
) -> Iterator[Violation]:
    if offers.agreed is None:
        return
    together = np.zeros((*offers.agreed.shape, away.shape[1]))
    np.add.at(together, (offers.lender, offers.resource), away)
    over = together - offers.agreed[:, :, None]
    for j, r, t in np.argwhere(over > TOLERANCE):
        where = offers.place(problem, "lending.agreed", (int(j), int(r), int(t)))
        yield Violation(AGREED, where, float(over[j, r, t]))
