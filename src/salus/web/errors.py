"""Errors as HTTP problem documents: the one place where the family meets status codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.errors import (
    CancelledError,
    EnvironmentFaultError,
    ForbiddenError,
    InputError,
    MismatchError,
    NotFoundError,
    SalusError,
    SignInError,
    TooLargeError,
)

if TYPE_CHECKING:
    from salus.core.canonical import Json
    from salus.report.words import Words

MEDIA_TYPE = "application/problem+json"
INTERNAL, TOO_MANY = 500, 429
STATUS: dict[type[SalusError], int] = {
    NotFoundError: 404,
    TooLargeError: 413,
    InputError: 422,
    SignInError: 401,
    ForbiddenError: 403,
    MismatchError: 409,
    EnvironmentFaultError: 503,
    CancelledError: 499,
}
"""The first that an error is one of; a kind of input stands before input itself."""


def status_of(error: SalusError) -> int:
    """Return the HTTP status of an error.

    Parameters
    ----------
    error : SalusError
        A member of the family.

    Returns
    -------
    int
        500 for a defect of ours.

    Examples
    --------
    >>> status_of(ForbiddenError())
    403
    """
    if isinstance(error, SignInError) and error.wait_seconds:
        return TOO_MANY
    return next((code for kind, code in STATUS.items() if isinstance(error, kind)), INTERNAL)


def waiting(error: SalusError) -> dict[str, str]:
    """Return the header that says when it may be tried again, where an error knows it.

    Parameters
    ----------
    error : SalusError
        A member of the family.

    Examples
    --------
    >>> waiting(SignInError())
    {}
    """
    seconds = error.wait_seconds if isinstance(error, SignInError) else 0
    return {"Retry-After": str(seconds)} if seconds else {}


def problem(error: SalusError, words: Words) -> dict[str, Json]:
    """Write an error as a problem document.

    Parameters
    ----------
    error : SalusError
        With all its faults.
    words : Words
        The reader's language.

    Returns
    -------
    dict
        ``type``, ``title``, ``status`` and ``detail`` as the standard has them, and ``faults``
        with what, where, value and remedy of each.

    References
    ----------
    Nottingham, Wilde and Dalal (2023), Problem Details for HTTP APIs, RFC 9457.

    Examples
    --------
    >>> from salus.core.errors import Fault, Where
    >>> from salus.core.messages import say
    >>> from salus.report.words import Words
    >>> fault = Fault(say("no rows"), Where("districts.csv"), say("list a district"))
    >>> problem(InputError(fault), Words("en"))["detail"]
    'districts.csv: no rows. List a district.'
    """
    return {
        "type": f"urn:salus:{type(error).__name__}",
        "title": type(error).__name__,
        "status": status_of(error),
        "detail": "\n".join(words.fault(fault) for fault in error.faults),
        "faults": [
            {
                "what": words(fault.what),
                "where": words.where(fault.where),
                "value": fault.value,
                "remedy": words(fault.remedy),
            }
            for fault in error.faults
        ],
    }
