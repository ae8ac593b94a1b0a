"""The newest readings of a store, for people who look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from salus.data.store.live_tables import READING
from salus.domain.reading import Reading, moment_of

if TYPE_CHECKING:
    from salus.data.store.engine import Store


def newest_readings(
    store: Store, source: str | None, districts: frozenset[str] | None, limit: int
) -> tuple[Reading, ...]:
    """Return the newest readings, the last stored one first.

    Parameters
    ----------
    store : Store
        An open store.
    source : str or None
        Of this device; ``None`` of all.
    districts : frozenset of str or None
        Of these districts only; ``None`` of all.
    limit : int
        At most how many, 1 or more.

    Returns
    -------
    tuple of Reading
    """
    query = select(READING).order_by(READING.c.position.desc()).limit(limit)
    if source is not None:
        query = query.where(READING.c.source == source)
    if districts is not None:
        query = query.where(READING.c.district_id.in_(sorted(districts)))
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return tuple(
        Reading(
            row.source,
            row.sequence,
            row.quantity,
            moment_of(row.measured_ms),
            row.value,
            row.unit,
            row.place_id,
            row.district_id,
        )
        for row in rows
    )
