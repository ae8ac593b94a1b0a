"""What an optional part of the installation lacks, and which command installs it."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from salus.core.errors import EnvironmentFaultError, Fault, Where
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDED = {
    "serve": ("fastapi", "uvicorn", "uvloop", "httptools", "multipart", "sse_starlette"),
    "iot": ("aiomqtt",),
    "records": ("orjson", "pint", "ucumvert"),
    "privacy": ("argon2", "cryptography", "opendp"),
}
"""Modules by the extra that installs them."""


def refuse_lacking(*extras: str) -> None:
    """Raise unless all of some extras are installed.

    Parameters
    ----------
    *extras : str
        Names of extras; of :data:`NEEDED`.

    Raises
    ------
    EnvironmentFaultError
        With a fault for each that is not, and one command that installs them all.

    Examples
    --------
    >>> refuse_lacking()
    """
    first = {extra: next(_missing(extra), None) for extra in extras}
    missing = {extra: module for extra, module in first.items() if module is not None}
    remedy = installing(*missing)
    faults = [_fault(extra, module, remedy) for extra, module in missing.items()]
    if faults:
        raise EnvironmentFaultError(*faults)


def lacking(extra: str, error: ImportError) -> EnvironmentFaultError:
    """Say which command installs what could not be imported.

    Parameters
    ----------
    extra : str
        Name of the extra, such as ``privacy``.
    error : ImportError
        What Python said.

    Returns
    -------
    EnvironmentFaultError
        To be raised from the error.

    Examples
    --------
    >>> print(lacking("privacy", ImportError(name="opendp")).faults[0].where)
    salus[privacy]
    """
    return EnvironmentFaultError(_fault(extra, error.name, installing(extra)))


def installing(*extras: str) -> Message:
    """Say what installs some extras.

    Examples
    --------
    >>> str(installing("records", "privacy"))
    'run make doors in the checkout, or install the extras [records,privacy]'
    """
    return say(
        "run {command} in the checkout, or install the extras [{names}]",
        command="make doors",
        names=",".join(extras),
    )


def _missing(extra: str) -> Iterator[str]:
    return (module for module in NEEDED[extra] if find_spec(module) is None)


def _fault(extra: str, module: str | None, remedy: Message) -> Fault:
    return Fault(say("this part is not installed"), Where(f"salus[{extra}]"), remedy, module)
