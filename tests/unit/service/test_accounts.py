"""Accounts: invited once, signed in by password, out at once, and never a secret in the audit."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text, update

from salus.core.errors import (
    ForbiddenError,
    InputError,
    MismatchError,
    SalusError,
    SignInError,
)
from salus.core.settings import Settings
from salus.data.store.account_tables import ACCOUNT, INVITATION, SESSION
from salus.data.store.schema import AUDIT
from salus.domain.account import Account
from salus.service.accept_invitation import Acceptance, accept_invitation
from salus.service.change_account import AccountChange, change_account
from salus.service.context import Context, acting, open_context
from salus.service.first_administrator import first_administrator
from salus.service.invite import VALID, Invitation, invite
from salus.service.list_accounts import list_accounts
from salus.service.sessions import IDLE, LONGEST, principal_of
from salus.service.sign_in import Credentials, SignedIn, sign_in
from salus.service.sign_out import sign_out
from salus.service.verify_audit import verify_audit
from salus.trust.account.password import is_old
from salus.trust.permission import VISITOR, Principal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSWORD = "four little horses"  # noqa: S105  # of nobody
ANNA = Account("anna", "clinician", frozenset({"north"}))


@dataclass
class SetClock:
    """A clock that a test moves."""

    moment: datetime = datetime(2026, 6, 27, 8, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the moment that was set."""
        return self.moment

    def ticks(self) -> float:
        """Return zero: nothing takes time here."""
        return 0.0


@pytest.fixture
def clock() -> SetClock:
    """Give a clock that the test moves."""
    return SetClock()


@pytest.fixture
def context(tmp_path: Path, clock: SetClock) -> Iterator[Context]:
    """Give what is in use, with a home and a clock of its own."""
    with open_context(Settings(home=tmp_path / "home"), clock=clock) as opened:
        yield opened


@pytest.fixture
def door(context: Context) -> Context:
    """Give what somebody has who stands at the door."""
    return acting(context, Principal("door", VISITOR))


@pytest.fixture
def anna(context: Context, door: Context) -> Account:
    """Give anna an account."""
    token = invite(context, Invitation(ANNA.name, ANNA.role, ANNA.districts))
    return accept_invitation(door, Acceptance(token, "anna", PASSWORD))


def _in(door: Context, name: str = "anna", password: str = PASSWORD) -> SignedIn:
    return sign_in(door, Credentials(name, password))


def _who(context: Context, token: str) -> Principal:
    return principal_of(context.store, context.clock, token)


def _refused(door: Context, name: str, password: str) -> str:
    with pytest.raises(SignInError) as caught:
        _in(door, name, password)
    return str(caught.value)


def test_an_invited_person_signs_in_and_out(door: Context, anna: Account) -> None:
    """The token stands for the account until its owner leaves, and for nobody afterwards."""
    signed_in = _in(door)
    assert signed_in.account == anna == ANNA
    assert _who(door, signed_in.token) == Principal("anna", "clinician", frozenset({"north"}))
    sign_out(door, signed_in.token)
    with pytest.raises(SignInError, match="nobody is signed in"):
        _who(door, signed_in.token)


@pytest.mark.usefixtures("anna")
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(door: Context) -> None:
    """Nobody learns at the door who has an account."""
    answers = {_refused(door, "anna", "wrong horses here"), _refused(door, "bo", PASSWORD)}
    assert len(answers) == 1


@pytest.mark.usefixtures("anna")
def test_failures_make_the_next_attempt_wait(door: Context, clock: SetClock) -> None:
    """After five failures even the right password waits, and the wait is told and ends."""
    for _ in range(5):
        _refused(door, "anna", "wrong")
    assert "wait 3 seconds" in _refused(door, "anna", PASSWORD)
    clock.moment += timedelta(seconds=2)
    _in(door)
    assert "do not belong" in _refused(door, "anna", "wrong")


def test_a_name_that_nobody_has_waits_as_well(door: Context) -> None:
    """The wait does not tell who has an account either."""
    for _ in range(5):
        _refused(door, "nobody", "wrong")
    assert "too many failed attempts" in _refused(door, "nobody", "wrong")


@pytest.mark.usefixtures("anna")
def test_many_guesses_at_one_moment_are_counted_before_they_are_made(door: Context) -> None:
    """Whoever guesses in parallel gets no more guesses than whoever waits for each answer."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: _refused(door, "anna", f"guess {n}"), range(12)))
    assert sum("do not belong" in answer for answer in answers) == 5


@pytest.mark.usefixtures("anna")
def test_a_session_ends_when_its_owner_is_away(door: Context, clock: SetClock) -> None:
    """Half an hour without a sign of them is enough; with one it goes on."""
    token = _in(door).token
    clock.moment += IDLE - timedelta(seconds=1)
    _who(door, token)
    clock.moment += IDLE - timedelta(seconds=1)
    _who(door, token)
    clock.moment += IDLE
    with pytest.raises(SignInError, match="expired"):
        _who(door, token)


@pytest.mark.usefixtures("anna")
def test_a_session_ends_after_a_shift(door: Context, clock: SetClock) -> None:
    """However busy its owner is."""
    signed_in = _in(door)
    while clock.moment + timedelta(minutes=20) < signed_in.expires_at:
        clock.moment += timedelta(minutes=20)
        _who(door, signed_in.token)
    clock.moment += timedelta(minutes=20)
    assert signed_in.expires_at <= clock.moment < signed_in.expires_at + LONGEST
    with pytest.raises(SignInError, match="expired"):
        _who(door, signed_in.token)


@pytest.mark.parametrize(
    "changed",
    [
        replace(ANNA, disabled=True),
        replace(ANNA, role="planner"),
        replace(ANNA, districts=frozenset()),
    ],
)
def test_a_changed_account_must_sign_in_again(
    context: Context, door: Context, anna: Account, changed: Account
) -> None:
    """Rights that were taken away are gone at once, wherever their owner is signed in."""
    token = _in(door, anna.name).token
    change_account(context, AccountChange.to(changed))
    with pytest.raises(SignInError):
        _who(door, token)
    if changed.disabled:
        assert "do not belong" in _refused(door, "anna", PASSWORD)
    else:
        assert _in(door).account == changed


def test_an_invitation_is_taken_up_once(context: Context, door: Context) -> None:
    """Of several who try at the same moment, one gets the account."""
    token = invite(context, Invitation("bo", "planner"))

    def take(number: int) -> str:
        try:
            accept_invitation(door, Acceptance(token, "bo", f"{PASSWORD} {number}"))
        except SignInError as error:
            return str(error)
        return "made"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(take, range(4)))
    assert answers.count("made") == 1
    assert all("not good" in answer for answer in answers if answer != "made")


def test_an_invitation_expires_and_is_for_one_name(
    context: Context, door: Context, clock: SetClock
) -> None:
    """A link that was found later, or by somebody else, opens nothing."""
    token = invite(context, Invitation("bo", "planner"))
    with pytest.raises(SignInError, match="not good"):
        accept_invitation(door, Acceptance(token, "cy", PASSWORD))
    clock.moment += VALID
    with pytest.raises(SignInError, match="not good"):
        accept_invitation(door, Acceptance(token, "bo", PASSWORD))


@pytest.mark.parametrize("password", ["tiny", "aaaaaaaaaaaaaaa", "I am bo, indeed", "x1y2z" * 60])
def test_a_weak_password_is_refused_and_the_invitation_stays(
    context: Context, door: Context, password: str
) -> None:
    """Too short, too few signs, the own name, or so long that hashing it would be an attack."""
    token = invite(context, Invitation("bo", "planner"))
    with pytest.raises(InputError) as caught:
        accept_invitation(door, Acceptance(token, "bo", password))
    assert password not in str(caught.value)
    accept_invitation(door, Acceptance(token, "bo", PASSWORD))


def test_the_first_administrator_comes_by_a_link_and_only_once(
    context: Context, door: Context
) -> None:
    """Each start gives a new link, the older one is void, and with the first account all are."""
    old, new = first_administrator(context, "first"), first_administrator(context, "first")
    assert old
    assert new
    with pytest.raises(SignInError):
        accept_invitation(door, Acceptance(old, "root", PASSWORD))
    account = accept_invitation(door, Acceptance(new, "root", PASSWORD))
    assert account == Account("root", "administrator")
    assert first_administrator(context, "first") is None
    with pytest.raises(SignInError):
        accept_invitation(door, Acceptance(new, "other", PASSWORD))


def test_the_last_administrator_stays(context: Context, door: Context) -> None:
    """Nobody locks everybody out by mistake."""
    token = first_administrator(context, "first")
    assert token
    root = accept_invitation(door, Acceptance(token, "root", PASSWORD))
    with pytest.raises(InputError, match="nobody would be left"):
        change_account(context, AccountChange.to(replace(root, disabled=True)))


def test_nobody_changes_their_own_account(context: Context, door: Context, anna: Account) -> None:
    """Whoever gives rights gives them to others, so that two people know of it."""
    token = invite(context, Invitation("root", "administrator"))
    root = accept_invitation(door, Acceptance(token, "root", PASSWORD))
    as_root = acting(context, Principal("root", "administrator"))
    with pytest.raises(InputError, match="nobody changes their own account"):
        change_account(as_root, AccountChange.to(replace(root, role="clinician")))
    change_account(as_root, AccountChange.to(replace(anna, role="administrator")))


def test_the_audit_tells_which_rights_were_given(context: Context, anna: Account) -> None:
    """With role, districts and state."""
    change_account(
        context, AccountChange.to(replace(anna, role="planner", districts=None, disabled=True))
    )
    with context.store.reading() as connection:
        rows = connection.execute(select(AUDIT).where(AUDIT.c.outcome == "permitted")).all()
    details = {row.permission: json.loads(row.detail) for row in rows}
    assert (details["invite"]["role"], details["invite"]["sees"]) == ("clinician", "north")
    changed = details["change_account"]
    assert [changed[name] for name in ("role", "sees", "state")] == [
        "planner",
        "everywhere",
        "disabled",
    ]


@pytest.mark.parametrize(
    ("invitation", "said"),
    [
        (Invitation("Anna B", "planner"), "cannot be called so"),
        (Invitation("bo", "operator"), "no such role"),
        (Invitation("anna", "planner"), "already"),
    ],
)
@pytest.mark.usefixtures("anna")
def test_an_invitation_that_promises_nothing_is_refused(
    context: Context, invitation: Invitation, said: str
) -> None:
    """A name that is none, a name that is taken, the role of the operator, who has no account."""
    with pytest.raises(InputError, match=said):
        invite(context, invitation)


def test_whoever_is_at_the_door_may_do_nothing_else(door: Context, anna: Account) -> None:
    """Neither invite, nor change, nor list."""
    for forbidden in (
        lambda: invite(door, Invitation("bo", "planner")),
        lambda: change_account(door, AccountChange.to(anna)),
        lambda: list_accounts(door, "all"),
        lambda: first_administrator(door, "first"),
    ):
        with pytest.raises(ForbiddenError):
            forbidden()


def test_no_secret_is_in_store_audit_or_print(context: Context, door: Context) -> None:
    """Tokens and passwords are kept as digests and hashes only."""
    invitation = invite(context, Invitation("bo", "planner"))
    accept_invitation(door, Acceptance(invitation, "bo", PASSWORD))
    signed_in = _in(door, "bo")
    _refused(door, PASSWORD, PASSWORD)
    text = context.store.database.read_bytes()
    text += (context.store.database.with_name("salus.db-wal")).read_bytes()
    for secret in (PASSWORD, invitation, signed_in.token):
        assert secret.encode() not in text
        assert secret not in repr(
            (signed_in, Credentials("bo", secret), Acceptance(secret, "", secret))
        )
    assert b"$argon2id$v=19$m=65536,t=3,p=4$" in text


@pytest.mark.usefixtures("anna")
def test_sign_ins_and_failures_are_audited(context: Context, door: Context) -> None:
    """The security officer sees who came in and who tried."""
    _in(door)
    _refused(door, "anna", "wrong")
    with context.store.reading() as connection:
        rows = connection.execute(select(AUDIT).where(AUDIT.c.permission == "sign_in")).all()
    assert [(row.resource, row.outcome) for row in rows] == [
        ("Account::anna", "permitted"),
        ("Account::anna", "done"),
        ("Account::anna", "permitted"),
        ("Account::anna", "failed"),
    ]
    assert "SignInError" in rows[-1].detail


def test_an_old_hash_is_made_anew_at_sign_in(
    context: Context, door: Context, anna: Account
) -> None:
    """Parameters grow with machines, and nobody is asked for a new password for it."""
    from argon2 import PasswordHasher  # noqa: PLC0415  # an optional part

    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with context.store.writing() as connection:
        connection.execute(update(ACCOUNT).values(password=weak))
    _in(door, anna.name)
    with context.store.reading() as connection:
        kept = connection.execute(select(ACCOUNT.c.password)).scalar_one()
    assert not is_old(kept)


def test_the_command_line_acts_as_an_account(context: Context, anna: Account) -> None:
    """Its role and districts hold there as they hold at the door; a disabled one may do nothing."""
    settings = replace(context.settings, account=anna.name)
    with open_context(settings) as as_anna:
        assert as_anna.principal == Principal("anna", "clinician", frozenset({"north"}))
    change_account(context, AccountChange.to(replace(anna, disabled=True)))
    for name in ("anna", "nobody"):
        with pytest.raises(SignInError), open_context(replace(settings, account=name)):
            pass


def test_expired_sessions_and_open_invitations_do_not_pile_up(
    context: Context, door: Context, anna: Account, clock: SetClock
) -> None:
    """A sign-in sweeps what has expired; a new invitation takes the place of the older one."""
    _in(door, anna.name)
    clock.moment += LONGEST
    _in(door, anna.name)
    invite(context, Invitation("bo", "planner"))
    invite(context, Invitation("bo", "quality"))
    with context.store.reading() as connection:
        assert len(connection.execute(select(SESSION)).all()) == 1
        assert len(connection.execute(select(INVITATION)).all()) == 1


def test_all_of_this_is_of_the_family(door: Context) -> None:
    """Whoever is not let in gets advice, with the exit code of a refused input."""
    with pytest.raises(SalusError) as caught:
        _who(door, "no token")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE account SET role = 'administrator'",
        "UPDATE account SET districts = NULL",
        "UPDATE account SET disabled = 1",
        "DELETE FROM account",
        "INSERT INTO account SELECT 'eve', role, NULL, 0, password, made_at FROM account",
    ],
)
@pytest.mark.usefixtures("anna")
def test_an_account_that_was_changed_beside_salus_is_found_out(
    context: Context, tampering: str
) -> None:
    """Slipped in, removed, or given other rights: verification knows what each was made as."""
    verify_audit(context, "audit")
    with context.store.writing() as connection:
        connection.execute(text(tampering))
    with pytest.raises(MismatchError, match="account"):
        verify_audit(context, "audit")


def test_an_account_that_salus_changed_is_as_the_audit_says(
    context: Context, anna: Account
) -> None:
    """A change of one thing leaves the others, and the audit knows all of them."""
    changed = change_account(context, AccountChange(anna.name, role="planner"))
    assert changed == replace(anna, role="planner")
    verify_audit(context, "audit")


def test_a_refused_change_is_audited_as_a_change(context: Context, anna: Account) -> None:
    """Whoever reads the audit sees what was tried, and on whom."""
    planner = acting(context, Principal("pia", "planner"))
    with pytest.raises(ForbiddenError):
        change_account(planner, AccountChange(anna.name, disabled=True))
    with context.store.reading() as connection:
        (row,) = connection.execute(select(AUDIT).where(AUDIT.c.outcome == "refused"))
    assert (row.permission, row.resource) == ("change_account", "Account::anna")
