"""The topics of readings: what a source may publish to, and where it hears of refusals."""

from __future__ import annotations

from salus.core.messages import Message, say
from salus.domain.reading import KEY

READINGS = "salus/v1/readings/"
REFUSED = "salus/v1/refused/"
ALL_READINGS = f"{READINGS}#"
NOBODY = "unknown"
"""In place of the source of a message whose topic names none."""


def source_of(topic: str) -> tuple[str | None, Message | None]:
    """Read the source out of a topic.

    Parameters
    ----------
    topic : str
        Of a message.

    Returns
    -------
    tuple of str or None and Message or None
        The source, or what is wrong with the topic.

    Examples
    --------
    >>> source_of("salus/v1/readings/monitor-7")
    ('monitor-7', None)
    >>> str(source_of("salus/v1/readings/ward/3")[1])
    'the topic names no source'
    """
    source = topic.removeprefix(READINGS)
    if not topic.startswith(READINGS) or not KEY.fullmatch(source):
        return None, say("the topic names no source")
    return source, None
