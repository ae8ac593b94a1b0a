"""Trust: who asked for what, what privacy is left, and who has an account."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel
from starlette.responses import HTMLResponse, Response

from salus.core.errors import InputError, MismatchError, SalusError
from salus.report.words import Words
from salus.service.change_account import AccountChange, change_account
from salus.service.context import Context
from salus.service.guarded import permits
from salus.service.invite import Invitation, invite
from salus.service.list_accounts import list_accounts
from salus.service.list_budgets import list_budgets
from salus.service.read_audit import AuditQuery, read_audit
from salus.service.verify_audit import verify_audit
from salus.trust.audit import Outcome
from salus.trust.permission import Kind, Permission, Resource
from salus.web.behind import behind
from salus.web.closed import closed
from salus.web.errors import status_of
from salus.web.moments import moment
from salus.web.pages.trust_view import (
    OneTimeLink,
    TrustView,
    Verified,
    account_line,
    audit_panel,
    budget_line,
    role_choices,
)
from salus.web.reader import Acting, Reads
from salus.web.templates import show

router = APIRouter()
NEWEST = AuditQuery()


class Rights(BaseModel):
    """What a form says that an account may do."""

    role: str
    districts: str = ""
    everywhere: bool = False
    disabled: bool = False

    @property
    def seen(self) -> frozenset[str] | None:
        """Ids of the districts, between commas; ``None`` is everywhere."""
        if self.everywhere:
            return None
        return frozenset(filter(None, map(str.strip, self.districts.split(","))))


class Invited(Rights):
    """What a form says about somebody who is to have an account."""

    name: str


@router.get("/trust")
@behind(read_audit, list_budgets, list_accounts)
def trust(
    request: Request,
    context: Acting,
    words: Reads,
    outcome: Annotated[Outcome | Literal[""], Query()] = "",
    before: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    """Show what may be seen of audit, budgets and accounts."""
    query = AuditQuery(outcome=outcome, before=before)
    return show(request, "trust.html.j2", {"view": _view(context, words, query)})


@router.post("/trust/verify")
@behind(verify_audit)
def verify(request: Request, context: Acting, words: Reads) -> HTMLResponse:
    """Check the chain of the audit; a script gets the finding alone."""
    verified = _verified(context, words)
    if request.headers.get("hx-request"):
        return show(request, "verified.html.j2", {"view": verified})
    return show(
        request, "trust.html.j2", {"view": replace(_view(context, words), verified=verified)}
    )


@router.post("/trust/invite")
@behind(invite)
def invited(
    request: Request, context: Acting, words: Reads, asked: Annotated[Invited, Form()]
) -> Response:
    """Make a one-time link for somebody.

    Parameters
    ----------
    request : Request
        Which asks.
    context : Context
        What is in use, acting for the reader.
    words : Words
        The reader's language.
    asked : Invited
        Who is to have an account, and what it may do.
    """
    invitation = Invitation(asked.name.strip(), asked.role, asked.seen)
    try:
        token = invite(context, invitation)
    except InputError as error:
        return _refused(request, context, words, error)
    address = f"{request.url_for('invited', token=token)}?{urlencode({'name': invitation.name})}"
    sentence = words.say(
        "Send this link to {name}. It works once, within three days, and is shown only now.",
        name=invitation.name,
    )
    view = replace(_view(context, words), link=OneTimeLink(sentence, address))
    return show(request, "trust.html.j2", {"view": view})


@router.post("/trust/accounts/{name}")
@behind(change_account)
def changed(
    request: Request, context: Acting, words: Reads, name: str, asked: Annotated[Rights, Form()]
) -> Response:
    """Change what an account may do."""
    try:
        everywhere = asked.seen is None
        change = AccountChange(name, asked.role, asked.seen, everywhere, asked.disabled)
        change_account(context, change)
    except InputError as error:
        return _refused(request, context, words, error)
    return show(request, "trust.html.j2", {"view": _view(context, words)})


def _view(context: Context, words: Words, query: AuditQuery = NEWEST) -> TrustView:
    reads_not = closed(context, Permission.READ_AUDIT, Kind.AUDIT, "audit")
    lists_not = closed(context, Permission.LIST_ACCOUNTS, Kind.ACCOUNT, "all")
    budgets_not = closed(context, Permission.LIST_BUDGETS, Kind.BUDGET, "all")
    budgets = () if budgets_not else list_budgets(context, "all")
    accounts = () if lists_not else list_accounts(context, "all")
    now = moment(context.clock.now(), words)
    return TrustView(
        words.say("As of {moment}.", moment=now),
        None if reads_not else audit_panel(read_audit(context, query), query, words),
        words(reads_not) if reads_not else "",
        tuple(budget_line(budget, words) for budget in budgets),
        words(budgets_not) if budgets_not else "",
        tuple(account_line(account, words) for account in accounts),
        words(lists_not) if lists_not else "",
        permits(context, Permission.CHANGE_ACCOUNT, Resource(Kind.ACCOUNT, "all")),
        role_choices(words),
    )


def _verified(context: Context, words: Words) -> Verified:
    try:
        head = verify_audit(context, "audit")
    except MismatchError as error:
        return Verified("fault", "\n".join(words.fault(fault) for fault in error.faults))
    return Verified(
        "note",
        words.say(
            "The chain is whole: {count:,} entries, ending with {digest}. Note this elsewhere; "
            "then nobody can rewrite it unseen.",
            count=head.sequence,
            digest=head.digest,
        ),
    )


def _refused(request: Request, context: Context, words: Words, error: SalusError) -> HTMLResponse:
    fault = "\n".join(words.fault(fault) for fault in error.faults)
    view = replace(_view(context, words), fault=fault)
    return show(request, "trust.html.j2", {"view": view}, status_of(error))
