"""Elements of a resource, each taken by the type that FHIR gives it; anything else is faulty."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeAlias

from salus.data.fhir.moments import last_moment, moment
from salus.data.fhir.reason import FaultyError, Omission, OmittedError, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    Object: TypeAlias = dict[str, Any]
    Coding: TypeAlias = "tuple[str, str | None, str | None]"

ERROR = "entered-in-error"


def text(resource: Object, key: str) -> str | None:
    """Take a text; ``None`` where there is none, or an empty one."""
    found = resource.get(key)
    if found is None or type(found) is str:
        return found or None
    raise FaultyError(Reason.WRONG_TYPE, key)


def required_text(resource: Object, key: str) -> str:
    """Take a text that must be there."""
    found = text(resource, key)
    if found is None:
        raise FaultyError(Reason.MISSING, key)
    return found


def number(resource: Object, key: str) -> float | None:
    """Take a finite number; ``None`` where there is none.

    Parameters
    ----------
    resource : dict
        What holds it.
    key : str
        Name of the element.

    Returns
    -------
    float or None

    Raises
    ------
    FaultyError
        If it has another type.
    """
    found = resource.get(key)
    if found is None:
        return None
    if type(found) not in {int, float} or not math.isfinite(found):
        raise FaultyError(Reason.WRONG_TYPE, key)
    return float(found)


def part(resource: Object, key: str) -> Object:
    """Take an object; empty where there is none.

    Parameters
    ----------
    resource : dict
        What holds it.
    key : str
        Name of the element.

    Returns
    -------
    dict

    Raises
    ------
    FaultyError
        If it has another type.
    """
    found = resource.get(key)
    if found is None:
        return {}
    if type(found) is not dict:
        raise FaultyError(Reason.WRONG_TYPE, key)
    return found


def parts(resource: Object, key: str) -> Sequence[Object]:
    """Take a list of objects; empty where there is none.

    Parameters
    ----------
    resource : dict
        What holds it.
    key : str
        Name of the element.

    Returns
    -------
    sequence of dict

    Raises
    ------
    FaultyError
        If it has another type.
    """
    found = resource.get(key)
    if found is None:
        return ()
    if type(found) is not list or any(type(each) is not dict for each in found):
        raise FaultyError(Reason.WRONG_TYPE, key)
    return found


def first(resource: Object, key: str) -> Object:
    """Take the first object of a list; empty where there is none."""
    found = parts(resource, key)
    return found[0] if found else {}


def when(resource: Object, key: str) -> datetime | None:
    """Take a moment; ``None`` where there is none."""
    found = resource.get(key)
    return None if found is None else moment(found, key)


def begin(resource: Object, key: str) -> datetime | None:
    """Take the begin of a period; ``None`` where there is none."""
    found = part(resource, key).get("start")
    return None if found is None else moment(found, f"{key}.start")


def end(resource: Object, key: str) -> datetime | None:
    """Take the end of a period; ``None`` where there is none."""
    found = part(resource, key).get("end")
    return None if found is None else last_moment(found, f"{key}.end")


def coding(resource: Object, key: str, systems: Mapping[str, int]) -> Coding | None:
    """Take the code, system and words of a CodeableConcept.

    Parameters
    ----------
    resource : dict
        What holds it.
    key : str
        Name of the element.
    systems : mapping of str to int
        Code systems, the most wanted with the smallest number; of others the first stands.

    Returns
    -------
    tuple of (str, str or None, str or None), or None
        ``None`` where there is no code. The words are those of the coding, or else of the concept.

    Raises
    ------
    FaultyError
        If an element has another type.
    """
    concept = part(resource, key)
    codings = [each for each in parts(concept, "coding") if text(each, "code")]
    if not codings:
        return None
    if len(codings) > 1:
        codings.sort(key=lambda each: systems.get(text(each, "system") or "", len(systems)))
    best = codings[0]
    return best["code"], text(best, "system"), text(best, "display") or text(concept, "text")


def required_coding(resource: Object, key: str, systems: Mapping[str, int]) -> Coding:
    """Take a code that must be there; words alone are none."""
    found = coding(resource, key, systems)
    if found is None:
        raise FaultyError(Reason.MISSING, f"{key}.coding.code")
    return found


def refuse_status(status: str | None, omitted: Mapping[str, Omission]) -> None:
    """Leave a resource out where a rule names its status."""
    if status == ERROR:
        raise OmittedError(Omission.ENTERED_IN_ERROR)
    if status is not None and status in omitted:
        raise OmittedError(omitted[status])


def verification(resource: Object) -> str | None:
    """Take the first code of ``verificationStatus``."""
    return text(first(part(resource, "verificationStatus"), "coding"), "code")
