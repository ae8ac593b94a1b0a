"""Errors as acknowledgements: what a sender is told when its message is not taken."""

from __future__ import annotations

from salus.core.errors import (
    EnvironmentFaultError,
    ForbiddenError,
    InputError,
    SalusError,
    SignInError,
)

MQTT_REASON: dict[type[SalusError], int] = {
    InputError: 0x99,
    SignInError: 0x86,
    ForbiddenError: 0x87,
    EnvironmentFaultError: 0x97,
}
"""Payload format invalid, bad name or password, not authorized, quota exceeded: a sender may retry
only the last."""

MQTT_UNSPECIFIED = 0x80
HL7_REJECT = "AR"
HL7_ERROR = "AE"


def mqtt_reason(error: SalusError) -> int:
    """Return the MQTT 5 reason code of an error.

    Parameters
    ----------
    error : SalusError
        A member of the family.

    Returns
    -------
    int
        0x80, unspecified error, for a defect of ours.

    References
    ----------
    OASIS (2019), MQTT version 5.0, section 2.4.

    Examples
    --------
    >>> hex(mqtt_reason(ForbiddenError()))
    '0x87'
    """
    codes = (code for kind, code in MQTT_REASON.items() if isinstance(error, kind))
    return next(codes, MQTT_UNSPECIFIED)


def hl7_code(error: SalusError) -> str:
    """Return the HL7 v2 acknowledgement code of an error.

    Parameters
    ----------
    error : SalusError
        A member of the family.

    Returns
    -------
    str
        ``AR`` (rejected: sending it again will not help) for faults of the message or of
        permission, ``AE`` (error: try again) for everything on our side.

    References
    ----------
    HL7 version 2.5.1, table 0008.

    Examples
    --------
    >>> hl7_code(InputError()), hl7_code(EnvironmentFaultError())
    ('AR', 'AE')
    """
    rejected = isinstance(error, InputError | SignInError | ForbiddenError)
    return HL7_REJECT if rejected else HL7_ERROR
