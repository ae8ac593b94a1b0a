"""The one gate: permission before a use case, an audit line before and after it."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from salus.core.errors import Fault, ForbiddenError, Where
from salus.core.messages import say
from salus.data.store.audit_log import AuditLog
from salus.trust.audit import AuditEvent, Outcome, chain
from salus.trust.permission import Context as Circumstances
from salus.trust.permission import Kind, Permission, Purpose, Resource
from salus.trust.policy import decide

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from salus.service.context import Context
    from salus.trust.permission import Principal
    from salus.trust.policy import Decision

Subject = TypeVar("Subject")
Rest = ParamSpec("Rest")
Answer = TypeVar("Answer")

PURPOSES = {
    Kind.REGION: Purpose.PLANNING,
    Kind.RECORDS: Purpose.CARE,
    Kind.DECISION: Purpose.REVIEW,
    Kind.AUDIT: Purpose.REVIEW,
    Kind.PATIENT: Purpose.CARE,
    Kind.ACCOUNT: Purpose.ADMINISTRATION,
    Kind.SESSION: Purpose.ADMINISTRATION,
    Kind.TEXT: Purpose.CARE,
    Kind.STATISTIC: Purpose.PLANNING,
    Kind.BUDGET: Purpose.ADMINISTRATION,
    Kind.JOB: Purpose.PLANNING,
    Kind.PATIENTS: Purpose.CARE,
    Kind.READINGS: Purpose.CARE,
    Kind.ALERT: Purpose.CARE,
    Kind.KEYS: Purpose.ADMINISTRATION,
    Kind.PROGRAM: Purpose.PLANNING,
    Kind.HOSPITAL: Purpose.PLANNING,
}


def guarded(
    permission: Permission,
    kind: Kind,
    key: Callable[[Subject], str],
    district: Callable[[Subject], str | None] | None = None,
    told: Callable[[Subject], Mapping[str, str]] | None = None,
) -> Callable[
    [Callable[Concatenate[Context, Subject, Rest], Answer]],
    Callable[Concatenate[Context, Subject, Rest], Answer],
]:
    """Put a use case behind the gate.

    The use case takes the context first and its subject second. Before it runs, the policies
    decide; a refusal is audited and raised. What is permitted is audited before the work, so
    that a killed process leaves a trace, and again when it is done or has failed.

    Parameters
    ----------
    permission : Permission
        What the use case needs.
    kind : Kind
        What kind of thing its subject is.
    key : callable
        Names the subject, without a word about a patient.
    district : callable, optional
        Gives the id of the district that the subject belongs to; ``None`` for one that belongs to
        no single district or that nobody knows.
    told : callable, optional
        Says in fields of its own what the audit must know besides, such as the role that is given.

    Returns
    -------
    callable
        The decorator. What it decorates raises :class:`~salus.core.errors.ForbiddenError` when
        the policies do not permit it.
    """

    def decorate(
        use_case: Callable[Concatenate[Context, Subject, Rest], Answer],
    ) -> Callable[Concatenate[Context, Subject, Rest], Answer]:
        @wraps(use_case)
        def gate(
            context: Context, subject: Subject, /, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> Answer:
            resource = Resource(kind, key(subject), district(subject) if district else None)
            _permit(context, permission, resource, told(subject) if told else {})
            try:
                answer = use_case(context, subject, *args, **kwargs)
            except BaseException as error:
                # The kind of error only: a message could hold what the audit must not.
                _note(context, permission, resource, Outcome.FAILED, {"why": type(error).__name__})
                raise
            _note(context, permission, resource, Outcome.DONE, {"why": ""})
            return answer

        gate.permission = permission  # type: ignore[attr-defined]  # the house test looks for it
        return gate

    return decorate


def permits(context: Context, permission: Permission, resource: Resource) -> bool:
    """Tell whether the policies would permit something, so that a page can say so beforehand.

    Nothing is audited, for nothing is asked for; the gate decides again when it is.

    Parameters
    ----------
    context : Context
        What is in use.
    permission : Permission
        What a use case would need.
    resource : Resource
        What it would be asked about.
    """
    circumstances = Circumstances(PURPOSES[resource.kind])
    return decide(context.policy, context.principal, permission, resource, circumstances).allowed


def itself(name: str) -> str:
    """Name a subject that is its own key."""
    return name


def _permit(
    context: Context, permission: Permission, resource: Resource, told: Mapping[str, str]
) -> None:
    circumstances = Circumstances(PURPOSES[resource.kind])
    decision = decide(context.policy, context.principal, permission, resource, circumstances)
    outcome = Outcome.PERMITTED if decision.allowed else Outcome.REFUSED
    why = f"{', '.join(decision.reasons)} ({context.policy.digest})"
    _note(context, permission, resource, outcome, {"why": why, **told})
    if not decision.allowed:
        raise _refusal(context.principal, permission, resource, decision)


def _refusal(
    asker: Principal, permission: Permission, resource: Resource, decision: Decision
) -> ForbiddenError:
    what, remedy = (
        decision.message,
        say("ask the person who keeps the policies and accounts of this installation"),
    )
    if resource.kind is Kind.PATIENT:
        # Which policy refused would tell whether the patient exists, and in which district.
        what = say(
            "{who} ({role}) may not {meaning}: there is no such patient, or not for this account",
            who=asker.id,
            role=asker.role,
            meaning=permission.meaning,
        )
    return ForbiddenError(Fault(what, Where(str(resource)), remedy))


def _note(
    context: Context,
    permission: Permission,
    resource: Resource,
    outcome: Outcome,
    detail: Mapping[str, str],
) -> None:
    event = AuditEvent(
        context.clock.now(), context.principal, permission, resource, outcome, detail
    )
    AuditLog(context.store).append(lambda head: chain(head, event))
    context.log.info(outcome.value, permission=permission.value, resource=str(resource))
