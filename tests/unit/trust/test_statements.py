"""Policies of a file one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cedarpy
import pytest

from salus.trust.policy import shipped
from salus.trust.statements import faults_of_statements, statements

if TYPE_CHECKING:
    from salus.core.errors import Fault

SCHEMA = cedarpy.Schema.from_str(shipped("salus.cedarschema"))


def test_semicolons_in_strings_and_comments_end_nothing() -> None:
    """Only the semicolon that ends a policy cuts."""
    text = 'permit (principal, action, resource) // a; b\nwhen { "x;\\"y;" == "z" };\n// end;'
    assert [found.line for found in statements(text)] == [1]


def test_a_policy_starts_behind_its_comment() -> None:
    """The line a person is sent to is the one the policy stands on."""
    text = "\n// one; comment\n\npermit (principal, action, resource);"
    assert [found.line for found in statements(text)] == [4]


def test_what_follows_the_last_semicolon_is_a_policy_too() -> None:
    """A file that ends too early is not taken for a shorter one."""
    found = list(statements("permit (a, b, c);\n forbid (a, b"))
    assert [(part.line, part.text) for part in found][1] == (2, "forbid (a, b")


def test_nothing_and_comments_are_no_policy() -> None:
    """An empty file permits nothing, and is not wrong."""
    assert list(statements("")) == list(statements("// nobody may do anything\n")) == []


@pytest.mark.parametrize(
    ("policy", "complaint"),
    [
        ('@id("a") permit (principle, action, resource);', "principle"),
        ('@id("a") permit (principal, action == Salus::Action::"cure", resource);', "cure"),
        ('@id("a") permit (principal is Salus::Robot, action, resource);', "Robot"),
        ('@id("a") permit (principal, action, resource) when { context.purpose > 3 };', "Long"),
        ('@id("a") permit (principal, action, resource', "end of input"),
    ],
)
def test_cedar_finds_what_is_not_valid(policy: str, complaint: str) -> None:
    """Wrong syntax, unknown actions, unknown kinds and wrong types are found, with Cedar's word."""
    faults = list(faults_of_statements(policy, SCHEMA, "mine.cedar"))
    assert faults
    assert complaint in str(faults[0].value)
    assert "policy0" not in str(faults[0].value)


def test_every_policy_needs_a_name_of_its_own() -> None:
    """The audit gives names as reasons, so they are there and unique."""
    nameless = "permit (principal, action, resource);"
    twice = f'@id("a") {nameless}\n@id("a") {nameless}\n{nameless}'
    found = [(fault.where.row, fault.what.text) for fault in _faults(twice)]
    assert found == [
        (2, "the policy has the name of the one in row {row}"),
        (3, "the policy has no name, so the audit could not give it as a reason"),
    ]


def test_an_unlinked_template_is_no_policy() -> None:
    """A template decides nothing until it is linked, and nothing here links one."""
    template = '@id("a") permit (principal == ?principal, action, resource);'
    assert [fault.what.text for fault in _faults(template)] == [
        "a template permits nothing until it is filled in, and nothing here fills one in"
    ]


def _faults(text: str) -> list[Fault]:
    return list(faults_of_statements(text, SCHEMA, "mine.cedar"))
