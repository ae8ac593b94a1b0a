"""Follow a stream of messages and store what it brings."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from salus.service.guarded import guarded
from salus.service.live.storing import store_batch
from salus.service.live.stream import Followed
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.service.context import Context
    from salus.service.live.stream import Stream


@guarded(Permission.FOLLOW_STREAM, Kind.READINGS, attrgetter("name"))
def follow_stream(context: Context, stream: Stream) -> Followed:
    """Store batch after batch as long as the stream lasts; the gate is passed once.

    A batch is handed back to be acknowledged only after its readings are stored.

    Parameters
    ----------
    context : Context
        What is in use.
    stream : Stream
        Where messages come from.

    Returns
    -------
    Followed
        What came of it, once the stream has ended.

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    EnvironmentFaultError
        If the store cannot be written: what was not acknowledged will be delivered again.
    """
    followed = Followed()
    for batch in stream.batches():
        taken = store_batch(context.store, batch, context.clock.now())
        stream.stored(batch, taken)
        followed = followed.plus(taken)
    return followed
