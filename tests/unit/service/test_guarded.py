"""The one gate: permission first, an audit line before and after, and no message of an error."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from salus.core.errors import ForbiddenError, InputError
from salus.core.settings import Settings
from salus.data.region.sample import sample_region
from salus.data.store.schema import AUDIT
from salus.service.context import Context, open_context
from salus.service.guarded import guarded, itself
from salus.service.read_region import read_region
from salus.service.verify_audit import verify_audit
from salus.trust.permission import Kind, Permission, Principal
from salus.trust.policy import load_policy, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    """Give what is in use, with a home of its own."""
    with open_context(Settings(home=tmp_path / "home")) as opened:
        yield opened


def _lines(context: Context) -> list[tuple[str, str]]:
    """Read resource and outcome of each line of the audit."""
    with context.store.reading() as connection:
        rows = connection.execute(select(AUDIT.c.resource, AUDIT.c.outcome, AUDIT.c.detail))
        return [(row.resource, row.outcome) for row in rows]


@guarded(Permission.VERIFY_AUDIT, Kind.AUDIT, itself)
def _fails(_context: Context, name: str) -> None:
    message = f"Jane Roe, {name}"
    raise KeyError(message)


def test_what_is_permitted_leaves_two_lines(context: Context) -> None:
    """One before the work, so that a killed process leaves a trace, and one when it is done."""
    read_region(context, sample_region())
    outcomes = [outcome for _, outcome in _lines(context)]
    assert outcomes == ["permitted", "done"]
    assert all("sample" in resource for resource, _ in _lines(context))


def test_a_refusal_is_audited_and_raised(context: Context) -> None:
    """A person without the role is refused before anything is read, and told whom to ask."""
    visitor = replace(context, principal=Principal("bo", "visitor"))
    with pytest.raises(ForbiddenError) as caught:
        read_region(visitor, sample_region())
    assert caught.value.exit_code == 2
    assert "ask the person" in str(caught.value.faults[0].remedy)
    assert [outcome for _, outcome in _lines(context)] == ["refused"]


def test_the_policy_of_the_installation_decides(context: Context) -> None:
    """A policy may forbid one region by name, and only that one."""
    text = (
        '@id("all") permit (principal, action, resource);\n'
        '@id("closed") forbid (principal, action, resource == Salus::Region::"sample");'
    )
    policy = load_policy(text, shipped("salus.cedarschema"))
    with pytest.raises(ForbiddenError, match="closed"):
        read_region(replace(context, policy=policy), sample_region())


def test_a_failure_is_audited_without_its_message(context: Context, tmp_path: Path) -> None:
    """The audit keeps the kind of an error, never what it says."""
    with pytest.raises(KeyError):
        _fails(context, "audit")
    with pytest.raises(InputError):
        read_region(context, tmp_path / "nowhere")
    assert [outcome for _, outcome in _lines(context)] == ["permitted", "failed"] * 2
    with context.store.reading() as connection:
        details = " ".join(connection.scalars(select(AUDIT.c.detail)))
    assert "KeyError" in details
    assert "Roe" not in details


def test_the_chain_of_all_this_is_whole(context: Context) -> None:
    """What the gate writes can be verified, refusals and failures included."""
    read_region(context, sample_region())
    with pytest.raises(KeyError):
        _fails(context, "audit")
    assert verify_audit(context, "audit").sequence >= 5
