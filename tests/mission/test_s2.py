"""S2: nobody sees more than their role, their districts and their session allow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

import pytest

from salus.core.errors import ForbiddenError, SignInError
from salus.core.settings import Settings
from salus.service.accept_invitation import Acceptance, accept_invitation
from salus.service.change_account import AccountChange, change_account
from salus.service.context import Context, acting, open_context
from salus.service.guarded import guarded
from salus.service.invite import Invitation, invite
from salus.service.read_audit import AuditQuery, read_audit
from salus.service.sessions import principal_of
from salus.service.sign_in import Credentials, sign_in
from salus.service.verify_audit import verify_audit
from salus.trust.permission import VISITOR, Kind, Permission, Principal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSWORD = "four little horses"  # noqa: S105  # of nobody


@dataclass(frozen=True)
class Of:
    """Records of one district."""

    district: str | None
    name: str = "records"


@guarded(Permission.ADVISE_TREATMENT, Kind.RECORDS, attrgetter("name"), attrgetter("district"))
def _advise(_context: Context, of: Of) -> str:
    return f"advice in {of.district}"


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    """Give what is in use, with a home of its own."""
    with open_context(Settings(home=tmp_path / "home")) as opened:
        yield opened


def _signed_in(context: Context, name: str, role: str, districts: frozenset[str] | None) -> str:
    door = acting(context, Principal("door", VISITOR))
    token = invite(context, Invitation(name, role, districts))
    accept_invitation(door, Acceptance(token, name, PASSWORD))
    return sign_in(door, Credentials(name, PASSWORD)).token


def test_a_clinician_sees_the_own_district_and_a_planner_none(context: Context) -> None:
    """The gate decides by role and district, and a refusal is on the record."""
    anna = _signed_in(context, "anna", "clinician", frozenset({"north"}))
    bo = _signed_in(context, "bo", "planner", None)

    def as_(token: str) -> Context:
        return acting(context, principal_of(context.store, context.clock, token))

    assert _advise(as_(anna), Of("north")) == "advice in north"
    for token, of in ((anna, Of("south")), (anna, Of(None)), (bo, Of("north"))):
        with pytest.raises(ForbiddenError):
            _advise(as_(token), of)
    refused = read_audit(context, AuditQuery(outcome="refused"))
    assert [line.principal for line in refused] == ["bo", "anna", "anna"]
    verify_audit(context, "audit")


def test_a_right_that_is_taken_away_is_gone_at_once(context: Context) -> None:
    """Whoever is disabled is out, whatever session they hold."""
    token = _signed_in(context, "anna", "clinician", None)
    who = principal_of(context.store, context.clock, token)
    assert who == Principal("anna", "clinician")
    account = sign_in(context, Credentials("anna", PASSWORD)).account
    change_account(context, AccountChange.to(replace(account, disabled=True)))
    with pytest.raises(SignInError):
        principal_of(context.store, context.clock, token)
