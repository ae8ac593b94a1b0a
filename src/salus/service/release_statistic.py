"""Answer a question about people with noise, charged to a privacy budget beforehand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from salus.core.errors import Fault, ForbiddenError, Where
from salus.core.messages import say
from salus.data.store.budgets import Budgets, Key
from salus.data.store.loads import Loads
from salus.domain.budget import Budget, Loss
from salus.service.guarded import guarded
from salus.service.paid import answer_digest
from salus.service.statistic.request import Released, Statistic, StatisticRequest
from salus.service.statistic.rows import read_rows, refuse_question
from salus.service.statistic.words import in_words, left_in_words
from salus.trust.audit import AuditEvent, Outcome, chain
from salus.trust.noise.interval import half_width
from salus.trust.noise.mechanism import Mechanism, count, histogram, total
from salus.trust.permission import Kind, Permission, Resource

if TYPE_CHECKING:
    from salus.data.store.budgets import Witness
    from salus.domain.audit import AuditEntry, AuditHead
    from salus.service.context import Context
    from salus.service.statistic.rows import Rows
    from salus.trust.audit import Detail


def _data(request: StatisticRequest) -> str:
    return f"{request.data}/{request.table}"


@guarded(Permission.RELEASE_STATISTIC, Kind.STATISTIC, _data)
def release_statistic(context: Context, request: StatisticRequest) -> Released:
    """Answer a count, sum or histogram so that it hardly tells of anybody whether they are in it.

    The budget is charged with the loss that OpenDP proves, and the charge is on the disk and in
    the audit, before the answer is drawn. Whoever asks the same of the same data again is given
    the same answer, which costs nothing: it tells nothing new.

    Parameters
    ----------
    context : Context
        What is in use.
    request : StatisticRequest
        What is asked.

    Returns
    -------
    Released

    Raises
    ------
    InputError
        If the question cannot be asked of these records; nothing is charged.
    ForbiddenError
        If the policy does not permit it, or the budget does not allow it; nothing is charged.
    EnvironmentFaultError
        If OpenDP is not installed.
    """
    refuse_question(request)
    mechanism = _mechanism(request)
    loads = Loads(context.store)
    rows = read_rows(context.settings.home, loads, context.lake, request)
    question, budgets = request.question(rows.digest), Budgets(context.store)
    key = Key(request.data, request.purpose.value)
    known = budgets.answer(question)
    if known is not None:
        return _released(
            request, mechanism, tuple(json.loads(known)), budgets.find(key), again=True
        )
    charge = budgets.charge(
        key,
        mechanism.loss,
        question,
        (context.principal.id, context.clock.now()),
        _witness(context, request, mechanism.loss, question),
    )
    if charge is None:
        raise _spent(request, mechanism.loss, budgets.find(key))
    values = _answer(request, mechanism, rows)
    answer = json.dumps(values)
    event = _event(
        context,
        request,
        Outcome.ANSWERED,
        {"question": question, "answer": answer_digest(answer)},
    )
    budgets.keep_answer(charge.id, answer, lambda head: chain(head, event))
    return _released(request, mechanism, values, charge.budget, again=False)


def _mechanism(request: StatisticRequest) -> Mechanism:
    if request.statistic is Statistic.COUNT:
        return count(request.rows, request.epsilon)
    if request.statistic is Statistic.HISTOGRAM:
        return histogram(request.rows, len(request.categories), request.epsilon)
    low, high = (round(bound / request.step) for bound in (request.low, request.high))
    return total(request.rows, low, high, request.epsilon)


def _answer(request: StatisticRequest, mechanism: Mechanism, rows: Rows) -> tuple[float, ...]:
    drawn = mechanism.draw(rows.values)
    if request.statistic is not Statistic.SUM:
        # Nobody is counted less than not at all; what is known beforehand costs no privacy.
        return tuple(np.maximum(drawn, 0).tolist())
    return tuple((drawn * request.step).tolist())


def _released(
    request: StatisticRequest,
    mechanism: Mechanism,
    values: tuple[float, ...],
    budget: Budget | None,
    *,
    again: bool,
) -> Released:
    step = request.step if request.statistic is Statistic.SUM else 1.0
    half = half_width(mechanism.scale) * step
    left = budget.left if budget else Loss()
    said = (*in_words(request, values, half, again=again), left_in_words(left))
    labels = (*request.categories, "") if len(values) > 1 else ("",)
    return Released(labels, values, half, mechanism.loss, left, again, said)


def _event(
    context: Context, request: StatisticRequest, outcome: Outcome, detail: Detail
) -> AuditEvent:
    return AuditEvent(
        context.clock.now(),
        context.principal,
        Permission.RELEASE_STATISTIC,
        Resource(Kind.STATISTIC, _data(request)),
        outcome,
        detail,
    )


def _witness(context: Context, request: StatisticRequest, loss: Loss, question: str) -> Witness:
    detail: Detail = {
        "epsilon": loss.epsilon,
        "purpose": request.purpose.value,
        "question": question,
    }
    event = _event(context, request, Outcome.CHARGED, detail)

    def seal(budget: Budget, head: AuditHead) -> AuditEntry:
        del budget
        return chain(head, event)

    return seal


def _spent(request: StatisticRequest, loss: Loss, budget: Budget | None) -> ForbiddenError:
    where = Where(request.data)
    if budget is None:
        what = say(
            "no privacy budget was granted for {data} and {purpose}",
            data=request.data,
            purpose=request.purpose.value,
        )
        return ForbiddenError(Fault(what, where, say("ask the security officer to grant one")))
    remedy = say("ask the security officer to grant more, or ask with a smaller epsilon")
    what = say(
        "the answer costs epsilon {loss:g}, but only {left:g} of {granted:g} is left",
        loss=loss.epsilon,
        left=budget.left.epsilon,
        granted=budget.granted.epsilon,
    )
    return ForbiddenError(Fault(what, where, remedy))
