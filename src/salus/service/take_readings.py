"""Take the readings of a batch of messages."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from salus.service.guarded import guarded
from salus.service.live.storing import store_batch
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.data.readings.parcel import Batch
    from salus.service.context import Context
    from salus.service.live.taken import Taken


@guarded(Permission.TAKE_READINGS, Kind.READINGS, attrgetter("channel"))
def take_readings(context: Context, batch: Batch) -> Taken:
    """Store the readings of a batch, each once, in one transaction.

    A message is taken whole or refused whole. A reading whose source and sequence are known is
    counted and left as it was, so that a message may be sent again at any time.

    Parameters
    ----------
    context : Context
        What is in use.
    batch : Batch
        Messages, each with a reading or a list of readings in JSON.

    Returns
    -------
    Taken
        What was refused is in it, with all faults; :meth:`~salus.service.live.taken.Taken.stop`
        raises them.

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    EnvironmentFaultError
        If the store cannot be written; then nothing was stored.
    """
    return store_batch(context.store, batch, context.clock.now())
