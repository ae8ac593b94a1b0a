"""From the event loop, where messages come in, to the thread that stores them, and back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.data.readings.parcel import Batch
    from salus.feeds.mqtt import Received, Subscriber
    from salus.service.live.taken import Taken


class MqttStream:
    """The messages of a subscriber, for a use case that runs in a thread of its own.

    Parameters
    ----------
    name : str
        How the audit calls the stream.
    subscriber : Subscriber
        Where messages come from.
    loop : asyncio.AbstractEventLoop
        In which the subscriber lives.
    """

    def __init__(self, name: str, subscriber: Subscriber, loop: asyncio.AbstractEventLoop) -> None:
        self._name, self._subscriber, self._loop = name, subscriber, loop
        self._waiting: Received | None = None

    @property
    def name(self) -> str:
        """How the audit calls it."""
        return self._name

    def batches(self) -> Iterator[Batch]:
        """Wait for messages and give them, until the connection ends."""
        while True:
            coming = asyncio.run_coroutine_threadsafe(self._subscriber.receive(), self._loop)
            self._waiting = coming.result()
            if self._waiting is None:
                return
            yield self._waiting.batch

    def stored(self, batch: Batch, taken: Taken) -> None:
        """Have the batch that was given last acknowledged."""
        received = self._waiting
        if received is not None and received.batch is batch:
            self._loop.call_soon_threadsafe(self._subscriber.acknowledge, received, taken)
