"""The one adapter around aiomqtt: MQTT 5, QoS 1, acknowledged only after storing.

aiomqtt acknowledges a message as soon as it is received. Its inner client (paho) can be told not
to, which this file alone does. Paho sends an acknowledgement without a reason code (its ``ack``
writes two bytes only), so that a message that is refused is acknowledged as taken: otherwise it
would come again for ever. The sender hears of it on ``salus/v1/refused/<source>``, with the code
of :mod:`salus.feeds.errors`, and the quarantine keeps the reason.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import aiomqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from salus.core.errors import InputError
from salus.data.readings.parcel import Batch, Parcel
from salus.feeds.errors import mqtt_reason
from salus.feeds.topics import ALL_READINGS, NOBODY, REFUSED, source_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from salus.feeds.address import Address
    from salus.service.live.taken import Taken

MOST, WINDOW = 500, 0.05
"""Messages of a batch, and seconds that the first one waits for others."""
IN_FLIGHT = 4_000
"""Messages that the broker may send before the first is acknowledged (receive maximum)."""
SESSION_SECONDS = 7 * 86_400
"""How long the broker keeps messages for us while we are away."""


@dataclass(frozen=True, slots=True, eq=False)
class Received:
    """Messages that came together.

    Parameters
    ----------
    batch : Batch
        What is in them.
    receipts : tuple of tuple of int and int
        Packet identifier and quality of service of each, to acknowledge it by.
    """

    batch: Batch
    receipts: tuple[tuple[int, int], ...]


class Subscriber:
    """A connection to a broker that hands out messages in batches.

    Parameters
    ----------
    client : aiomqtt.Client
        Connected and subscribed.
    inbox : asyncio.Queue
        Where it puts what comes.
    stop : asyncio.Event
        Set when no more is wanted.
    """

    def __init__(
        self, client: aiomqtt.Client, inbox: asyncio.Queue[aiomqtt.Message], stop: asyncio.Event
    ) -> None:
        self._client, self._inbox, self._stop = client, inbox, stop

    async def receive(self) -> Received | None:
        """Wait for messages; ``None`` when the connection is lost or no more is wanted."""
        first = await self._first()
        if first is None:
            return None
        if self._inbox.qsize() < MOST - 1:
            await asyncio.sleep(WINDOW)
        messages = [first]
        while len(messages) < MOST and not self._inbox.empty():
            messages.append(self._inbox.get_nowait())
        batch = Batch(tuple(_parcel(message) for message in messages), "mqtt")
        return Received(batch, tuple((message.mid, message.qos) for message in messages))

    def acknowledge(self, received: Received, taken: Taken) -> None:
        """Tell the broker that a batch is stored, and the senders what was refused of it.

        On a connection that is lost this does nothing: the broker sends the messages again, and
        the store knows them.
        """
        inner = self._client._client  # noqa: SLF001 - see the head of this file
        for refusal in taken.refused:
            source = received.batch.parcels[refusal.parcel].source or NOBODY
            error = InputError(*refusal.faults)
            told = {"code": mqtt_reason(error), "faults": str(error).splitlines()}
            inner.publish(REFUSED + source, json.dumps(told))
        for identifier, quality in received.receipts:
            inner.ack(identifier, quality)

    async def _first(self) -> aiomqtt.Message | None:
        # aiomqtt's own walk through its queue notices a lost connection; ours would not.
        wanted = asyncio.ensure_future(anext(aiter(self._client.messages)))
        stopped = asyncio.ensure_future(self._stop.wait())
        try:
            await asyncio.wait({wanted, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return wanted.result() if wanted.done() else None
        except aiomqtt.MqttError:
            return None
        finally:
            stopped.cancel()
            wanted.cancel()


@asynccontextmanager
async def subscribed(
    address: Address, identifier: str, stop: asyncio.Event
) -> AsyncIterator[Subscriber]:
    """Connect with a session that outlives the connection, and subscribe to all readings.

    Parameters
    ----------
    address : Address
        Of the broker.
    identifier : str
        By which the broker knows us again.
    stop : asyncio.Event
        Set when no more is wanted.

    Yields
    ------
    Subscriber

    Raises
    ------
    aiomqtt.MqttError
        If the broker cannot be reached, or does not let us in.
    """
    inbox: asyncio.Queue[aiomqtt.Message] = asyncio.Queue()
    client = aiomqtt.Client(
        address.host,
        address.port,
        username=address.user,
        password=address.password,
        identifier=identifier,
        protocol=aiomqtt.ProtocolVersion.V5,
        clean_start=False,
        properties=_lasting(),
        queue_type=cast("type[asyncio.Queue[aiomqtt.Message]]", lambda maxsize: inbox),  # noqa: ARG005
        tls_context=trusted(address),
    )
    client._client.manual_ack_set(on=True)  # noqa: SLF001 - see the head of this file
    async with client:
        await client.subscribe(ALL_READINGS, qos=1)
        yield Subscriber(client, inbox, stop)


def trusted(address: Address) -> ssl.SSLContext | None:
    """Trust the authorities of this machine where the way is encrypted."""
    return ssl.create_default_context() if address.tls else None


def _lasting() -> Properties:
    properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
    properties.SessionExpiryInterval = SESSION_SECONDS
    properties.ReceiveMaximum = IN_FLIGHT
    return properties


def _parcel(message: aiomqtt.Message) -> Parcel:
    source, problem = source_of(message.topic.value)
    return Parcel(message.payload, source, problem)
