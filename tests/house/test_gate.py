"""Every use case is behind the one gate."""

from __future__ import annotations

import importlib
import inspect
from typing import TYPE_CHECKING, Any

from salus.trust.permission import Permission
from tests.house.source import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

WIRING = {"salus.service.guarded", "salus.service.context"}


def _functions() -> Iterator[tuple[str, Any]]:
    for path in sorted((PACKAGE / "service").rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        module = importlib.import_module(name.removesuffix(".__init__"))
        if module.__name__ in WIRING:
            continue
        for member, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not member.startswith("_"):
                yield f"{module.__name__}.{member}", function


def test_what_takes_the_context_is_guarded() -> None:
    """No public function of the service is given what is in use but through the gate."""
    bare = [
        name
        for name, function in _functions()
        if "context" in inspect.signature(function).parameters
        and not hasattr(function, "permission")
    ]
    assert bare == []


def test_each_permission_has_its_one_use_case() -> None:
    """A permission that guards nothing, or two things, would mislead whoever writes policies."""
    guarded = [fn.permission for _, fn in _functions() if hasattr(fn, "permission")]
    assert sorted(guarded) == sorted(Permission)


def test_a_use_case_is_a_verb_in_a_file_of_its_name() -> None:
    """Whoever looks for a use case finds it by the name of its file."""
    guarded = [name.split(".")[-2:] for name, fn in _functions() if hasattr(fn, "permission")]
    assert [pair for pair in guarded if pair[0] != pair[1]] == []
