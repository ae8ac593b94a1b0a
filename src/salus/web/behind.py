"""Which use cases a route runs: said beside each route, read by the documentation and the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.trust.permission import Permission

Endpoint = TypeVar("Endpoint", bound="Callable[..., object]")


def behind(*use_cases: Callable[..., object]) -> Callable[[Endpoint], Endpoint]:
    """Say which use cases a route runs; the gate is in each of them.

    Parameters
    ----------
    *use_cases : callable
        Guarded ones, at least one.

    Returns
    -------
    callable
        The decorator, which stands nearest to the function of the route.

    Raises
    ------
    TypeError
        If one of them is not behind the gate.

    Examples
    --------
    >>> from salus.service.verify_audit import verify_audit
    >>> @behind(verify_audit)
    ... def audit() -> None: ...
    >>> [needed.value for needed in permissions_of(audit)]
    ['verify_audit']
    """
    needed = tuple(_permission(use_case) for use_case in use_cases)

    def mark(endpoint: Endpoint) -> Endpoint:
        endpoint.permissions = needed  # type: ignore[attr-defined]  # the house test looks for it
        return endpoint

    return mark


def permissions_of(endpoint: Callable[..., object]) -> tuple[Permission, ...]:
    """Name the permissions that a route needs; none where it was not marked."""
    needed: tuple[Permission, ...] = getattr(endpoint, "permissions", ())
    return needed


def _permission(use_case: Callable[..., object]) -> Permission:
    found: Permission | None = getattr(use_case, "permission", None)
    if found is None:
        message = f"{use_case.__qualname__} is not behind the gate"
        raise TypeError(message)
    return found
