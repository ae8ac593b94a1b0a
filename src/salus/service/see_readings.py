"""See the newest readings of devices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.checks import within
from salus.data.store.newest_readings import newest_readings
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.domain.reading import Reading
    from salus.service.context import Context


@dataclass(frozen=True, slots=True)
class ReadingQuery:
    """Which readings are asked for.

    Parameters
    ----------
    source : str or None
        Of this device; ``None`` of all.
    limit : int
        At most how many, 1 to 1,000.

    Raises
    ------
    ValueError
        If the limit is out of range.
    """

    source: str | None = None
    limit: int = 100

    def __post_init__(self) -> None:
        """Refuse an impossible query."""
        within("limit", self.limit, 1, 1_000, "readings")


def _key(query: ReadingQuery) -> str:
    return "of all" if query.source is None else "of one"


@guarded(Permission.SEE_READINGS, Kind.READINGS, _key)
def see_readings(context: Context, query: ReadingQuery) -> tuple[Reading, ...]:
    """List the newest readings of the own districts, the last stored one first.

    Parameters
    ----------
    context : Context
        What is in use; a principal that has districts sees the readings of those only.
    query : ReadingQuery
        Which readings.

    Returns
    -------
    tuple of Reading

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    """
    return newest_readings(context.store, query.source, context.principal.districts, query.limit)
