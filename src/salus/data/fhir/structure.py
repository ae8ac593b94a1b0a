"""What else is wrong with a faulty resource, as ``fhir.resources`` finds it (R4B, never its R5).

It is asked about what is in quarantine alone: it takes a second to import and checks a tenth of
what the reader takes in. Our reader stops at the first fault; whoever mends a source wants all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = "root"
UNKNOWN = "extra_forbidden"


def faulty_elements(resource: dict[str, Any]) -> tuple[str, ...]:
    """Name every element that does not fit FHIR.

    Parameters
    ----------
    resource : dict
        Of a type of FHIR R4.

    Returns
    -------
    tuple of str
        Paths below the resource, in alphabetical order. An element that FHIR does not know is named
        by what holds it, as its own name may be anything. None where the peer finds nothing, does
        not know the type, or is not installed.

    Examples
    --------
    >>> faulty_elements({"resourceType": "Patient", "name": "x", "contact": [{"gender": 1}]})
    ('contact.gender', 'name')
    """
    try:
        from fhir.resources.R4B import get_fhir_model_class  # noqa: PLC0415 - an extra, and slow
        from pydantic import ValidationError  # noqa: PLC0415 - the same
    except ImportError:
        return ()
    try:
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    except ValidationError as error:
        return tuple(sorted(set(_paths(error.errors(include_input=False)))))
    except Exception:  # noqa: BLE001 - the peer has kinds of its own for what is too odd for it
        return ()
    return ()


def _paths(faults: list[Any]) -> Iterator[str]:
    for each in faults:
        place = each["loc"][:-1] if each["type"] == UNKNOWN else each["loc"]
        names = [part for part in place if isinstance(part, str) and part != ROOT]
        if names:
            yield ".".join(names)
