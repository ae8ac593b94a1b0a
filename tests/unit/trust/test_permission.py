"""The words of the policies."""

from __future__ import annotations

import re

import pytest

from salus.trust.permission import OPERATOR, Kind, Permission, Principal, Resource
from salus.trust.policy import shipped

SCHEMA = shipped("salus.cedarschema")


def test_every_permission_is_an_action_of_the_schema_and_back() -> None:
    """The schema and the code name the same use cases."""
    named = re.findall(r"(?m)^\s*action ([\w,\s]+?)\s+appliesTo", SCHEMA)
    actions = {action.strip() for names in named for action in names.split(",")}
    assert actions == {permission.value for permission in Permission}


def test_every_kind_is_an_entity_of_the_schema() -> None:
    """The schema and the code name the same things."""
    entities = set(re.findall(r"entity (\w+)", SCHEMA))
    assert entities == {kind.value for kind in Kind} | {"User", "Role"}


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_says_what_it_allows(permission: Permission) -> None:
    """The reference of permissions is made from the meanings."""
    assert len(str(permission.meaning)) > 20


def test_a_principal_has_a_name_and_a_role() -> None:
    """The audit could not say who it was otherwise."""
    with pytest.raises(ValueError, match="principal id must not be empty"):
        Principal(" ", OPERATOR)
    with pytest.raises(ValueError, match="role must not be empty"):
        Principal("anna", "")


def test_a_resource_has_a_key() -> None:
    """The audit could not say what it was about otherwise."""
    with pytest.raises(ValueError, match="resource id must not be empty"):
        Resource(Kind.REGION, "")
