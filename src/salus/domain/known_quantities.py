"""What the quantities that devices measure are called."""

from __future__ import annotations

from salus.core.messages import Message, say

QUANTITIES = {
    "8867-4": say("heart rate"),
    "9279-1": say("respiratory rate"),
    "59408-5": say("oxygen saturation"),
    "8310-5": say("body temperature"),
    "8480-6": say("systolic blood pressure"),
    "8462-4": say("diastolic blood pressure"),
}
"""By LOINC code."""


def quantity_name(code: str) -> Message:
    """Name a quantity by its LOINC code; one without a name of its own keeps the code.

    Examples
    --------
    >>> str(quantity_name("8867-4")), str(quantity_name("777-3"))
    ('heart rate', 'LOINC 777-3')
    """
    return QUANTITIES.get(code, say("LOINC {code}", code=code))
