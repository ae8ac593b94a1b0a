"""Open an action on an acknowledged alert of an indicator."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from salus.core.errors import Faults, Where
from salus.core.messages import say
from salus.domain.alert import Action, Happening
from salus.monitor.improvement import acted
from salus.service.guarded import guarded
from salus.service.live.changing import change_alert, event
from salus.service.live.people import LONGEST_NOTE
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from datetime import date

    from salus.domain.alert import Alert
    from salus.service.context import Context
    from salus.service.live.people import ActionRequest


@guarded(Permission.OPEN_ACTION, Kind.ALERT, attrgetter("alert"))
def open_action(context: Context, request: ActionRequest) -> Alert:
    """Open an action with owner, cause and due date.

    Parameters
    ----------
    context : Context
        What is in use.
    request : ActionRequest
        On which alert, and what was agreed on.

    Returns
    -------
    Alert
        With its action.

    Raises
    ------
    InputError
        With everything that is missing or too long: an owner, a cause, a day that lies ahead, an
        alert that is acknowledged and has no open action.
    ForbiddenError
        If the policy does not permit it.
    """
    now = context.clock.now()
    action = _agreed(request, now.date())
    row = event(context.principal, now, Happening.ACTION_OPENED, action.owner)
    return change_alert(
        context.store, context.principal, request.alert, lambda alert: acted(alert, action, row)
    )


def _agreed(request: ActionRequest, today: date) -> Action:
    faults = Faults()
    for name, text in ((say("owner"), request.owner), (say("cause"), request.cause)):
        if len(text) > LONGEST_NOTE:
            remedy = say("write at most {most:,} signs", most=LONGEST_NOTE)
            faults.add(say("this text is too long"), Where(name), remedy, len(text))
    if not request.owner.strip():
        faults.add(say("nobody owns the action"), Where(say("owner")), say("name who does it"))
    if not request.cause.strip():
        what = say("the action names no cause")
        faults.add(what, Where(say("cause")), say("say what is held to be the cause"))
    if request.due < today:
        what, remedy = say("the due date lies behind"), say("choose today or a later day")
        faults.add(what, Where(say("due")), remedy, str(request.due))
    faults.stop()
    return Action(request.owner.strip(), request.cause.strip(), request.due, today)
