"""What the policies permit, and how a wrong policy file is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.core.errors import InputError
from salus.trust.permission import (
    OPERATOR,
    Context,
    Kind,
    Permission,
    Principal,
    Purpose,
    Resource,
)
from salus.trust.policy import Decision, Policy, decide, load_policy, open_policy, shipped
from tests.fakes.uses import USES

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = shipped("salus.cedarschema")
ANNA = Principal("anna", OPERATOR)
FLORIDA = Resource(Kind.REGION, "florida")
DOOR = {Permission.ACCEPT_INVITATION, Permission.SIGN_IN, Permission.SIGN_OUT}
INSIDE = [use for use in USES if use[0] not in DOOR]


@pytest.fixture(scope="module")
def policy() -> Policy:
    """Give the policies that ship."""
    return open_policy()


@pytest.mark.parametrize(("permission", "kind", "purpose"), USES)
def test_the_operator_may_use_everything(
    policy: Policy, permission: Permission, kind: Kind, purpose: Purpose
) -> None:
    """The person at the command line may do every use case of today."""
    decision = decide(policy, ANNA, permission, Resource(kind, "x"), Context(purpose))
    assert decision.allowed
    (reason,) = decision.reasons
    assert reason.startswith("operator-") or permission in DOOR
    assert "anna (operator)" in str(decision.message)


@pytest.mark.parametrize(("permission", "kind", "purpose"), INSIDE)
def test_an_unknown_role_may_do_nothing(
    policy: Policy, permission: Permission, kind: Kind, purpose: Purpose
) -> None:
    """What no policy permits is refused."""
    visitor = Principal("bo", "visitor")
    decision = decide(policy, visitor, permission, Resource(kind, "x"), Context(purpose))
    assert not decision.allowed
    assert decision.reasons == ()
    assert str(decision.message).startswith("no policy permits bo (visitor) to ")


@pytest.mark.parametrize(("permission", "kind", "purpose"), USES)
def test_another_purpose_is_another_question(
    policy: Policy, permission: Permission, kind: Kind, purpose: Purpose
) -> None:
    """A permission for planning is none for review, and the other way round."""
    other = Purpose.REVIEW if purpose is Purpose.PLANNING else Purpose.PLANNING
    assert not decide(policy, ANNA, permission, Resource(kind, "x"), Context(other)).allowed


def test_a_permission_on_the_wrong_kind_is_refused(policy: Policy) -> None:
    """A request the schema does not know cannot be evaluated, which refuses it."""
    planning = Context(Purpose.PLANNING)
    decision = decide(policy, ANNA, Permission.VERIFY_AUDIT, FLORIDA, planning)
    assert not decision.allowed
    assert str(decision.message).startswith("the policies could not be evaluated")


def test_a_policy_that_fails_refuses_what_another_permits() -> None:
    """An error of evaluation denies, although Cedar alone would skip the failing policy."""
    text = (
        '@id("all") permit (principal, action, resource);\n'
        '@id("fails") forbid (principal, action, resource)\n'
        "when { 9223372036854775807 + 1 > 0 };"
    )
    decision = _plan(load_policy(text, SCHEMA))
    assert not decision.allowed
    assert str(decision.message).startswith("the policies could not be evaluated")


def test_a_policy_that_forbids_wins() -> None:
    """A forbidding policy wins over a permitting one, and is named."""
    text = (
        '@id("all") permit (principal, action, resource);\n'
        '@id("never-florida") forbid (principal, action,'
        ' resource == Salus::Region::"florida");'
    )
    decision = _plan(load_policy(text, SCHEMA))
    assert not decision.allowed
    assert decision.reasons == ("never-florida",)
    assert str(decision.message).startswith("never-florida forbids anna (operator)")


def test_all_policies_that_permit_are_named_in_order() -> None:
    """The reasons do not depend on the order Cedar finds them in."""
    names = [f"p{number:02}" for number in range(12)]
    text = "\n".join(f'@id("{name}") permit (principal, action, resource);' for name in names)
    assert _plan(load_policy(text, SCHEMA)).reasons == tuple(names)


def test_an_empty_file_permits_nothing() -> None:
    """Deny is the default."""
    assert not _plan(load_policy("", SCHEMA)).allowed


def test_odd_names_are_names() -> None:
    """A quote, a line break or another script in a name is no way around the policies."""
    odd = 'anna", Salus::Role::"operator\n王'
    decision = decide(
        open_policy(),
        Principal(odd, "visitor"),
        Permission.PLAN_CITY,
        FLORIDA,
        Context(Purpose.PLANNING),
    )
    assert not decision.allowed
    assert decision.reasons == ()


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    """A syntax error and a type error are both named with their lines."""
    path = tmp_path / "mine.cedar"
    path.write_text(
        '@id("a") permit (principal, action, resource;\n'
        '@id("b") permit (principal, action, resource);\n'
        '@id("c") permit (principal, action, resource) when { context.purpose > 3 };\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        open_policy(path)
    assert [fault.where.row for fault in caught.value.faults] == [1, 3]
    assert {fault.where.source for fault in caught.value.faults} == {str(path)}


def test_a_wrong_schema_is_refused() -> None:
    """A schema that cannot be read is named as the culprit, not the policies."""
    with pytest.raises(InputError, match=r"salus\.cedarschema: the policy schema is not valid"):
        load_policy("", "namespace Salus { entity")


def test_a_missing_file_and_one_in_another_encoding_are_refused(tmp_path: Path) -> None:
    """The settings name a file that must be there and be text."""
    with pytest.raises(InputError, match="the policies cannot be read"):
        open_policy(tmp_path / "absent.cedar")
    (tmp_path / "odd.cedar").write_bytes(b"\xff\xfe\x00p")
    with pytest.raises(InputError, match="the policies cannot be read"):
        open_policy(tmp_path / "odd.cedar")


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    """Some editors write one."""
    path = tmp_path / "mine.cedar"
    path.write_text(shipped("salus.cedar"), encoding="utf-8-sig")
    assert open_policy(path).digest == open_policy().digest


def test_the_digest_names_the_policies() -> None:
    """Other policies have another digest."""
    assert load_policy("", SCHEMA).digest != open_policy().digest


def _plan(policy: Policy) -> Decision:
    return decide(policy, ANNA, Permission.PLAN_CITY, FLORIDA, Context(Purpose.PLANNING))
