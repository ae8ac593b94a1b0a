"""The feeds of the running service: a broker, a subscriber, storing, and scoring."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from salus.core.canonical import digest
from salus.core.errors import EnvironmentFaultError, Fault, SalusError, Where
from salus.core.extras import installing
from salus.core.messages import say
from salus.data.store.secrets import BROKER, Secrets
from salus.feeds.address import read_address
from salus.feeds.broker_folder import BrokerFolder
from salus.feeds.mosquitto import PrivateBroker, find_mosquitto
from salus.feeds.pauses import Pauses
from salus.service.follow_stream import follow_stream
from salus.service.score_readings import score_readings
from salus.trust.permission import FEED, Principal

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.core.settings import Settings
    from salus.feeds.address import Address
    from salus.service.context import Context

DETECTOR = "stream"
STEADY_SECONDS = 10.0
"""A connection that lasted so long was a good one: the next is made at once."""
STEP_SECONDS = 1.0
"""Between two looks for readings to score."""


async def feed(context: Context, settings: Settings, stop: asyncio.Event) -> None:
    """Take readings over MQTT and score whatever is stored, until no more is wanted.

    With no broker in the settings a private Mosquitto is supervised. Where it, or the extra
    ``[iot]``, is missing, MQTT is off and the log says the remedy; readings that come over HTTP are
    scored all the same. A broker that dies, a connection that breaks and a store that is locked are
    waited for: what was not acknowledged is delivered again.

    Parameters
    ----------
    context : Context
        What is in use; the work is done as a feed, whoever started it.
    settings : Settings
        With the broker.
    stop : asyncio.Event
        Set when no more is wanted.
    """
    acting = replace(context, principal=Principal("feed", FEED))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_score(acting, stop))
            group.create_task(_take(acting, settings, stop, group))
    finally:
        stop.set()  # whoever cancels us lets the threads end too


async def _take(
    context: Context, settings: Settings, stop: asyncio.Event, group: asyncio.TaskGroup
) -> None:
    try:
        _need_aiomqtt()
        if settings.broker:
            address = with_password(context, read_address(settings.broker, Where("SALUS_BROKER")))
            await _listen(context, lambda: address, stop, nobody)
            return
        folder = BrokerFolder(settings.home.resolve() / "broker")
        broker = PrivateBroker(folder, find_mosquitto(), context.log)
        await broker.start()
    except SalusError as error:
        context.log.warning("no readings over MQTT", why=str(error))
        return
    ended = asyncio.Event()
    group.create_task(broker.keep_running(ended))
    try:
        # A broker keeps messages for those only who have subscribed: devices hear of it after us.
        await _listen(context, lambda: broker.address, stop, lambda: folder.announce(broker.port))
    finally:
        ended.set()  # not before we have left it


def with_password(context: Context, address: Address) -> Address:
    """Complete the address of a broker that names a user only with the secret of the installation.

    Parameters
    ----------
    context : Context
        What is in use.
    address : Address
        As the settings name it.

    Returns
    -------
    Address

    Raises
    ------
    InputError
        If the master key is another one than the home was sealed with.
    MismatchError
        If the secret was altered.
    """
    if address.user is None or address.password is not None:
        return address
    password = Secrets(context.store, context.vault).get(BROKER)
    return (
        address
        if password is None
        else replace(address, password=password.decode(errors="replace"))
    )


def nobody() -> None:
    """Tell nobody: who uses a broker of their own knows where it is."""


async def _listen(
    context: Context,
    address: Callable[[], Address],
    stop: asyncio.Event,
    announce: Callable[[], None],
) -> None:
    """Connect, store what comes, and connect again when the connection is lost."""
    # aiomqtt is part of an extra.
    from aiomqtt import MqttError  # noqa: PLC0415 - see above

    from salus.feeds.bridge import MqttStream  # noqa: PLC0415 - see above
    from salus.feeds.mqtt import subscribed  # noqa: PLC0415 - see above

    identifier = f"salus-{digest(str(context.store.home.resolve()).encode())[:12]}"
    pauses, loop = Pauses(), asyncio.get_running_loop()
    while not stop.is_set():
        began = context.clock.ticks()
        try:
            async with subscribed(address(), identifier, stop) as subscriber:
                context.log.info("listening", broker=str(address()))
                announce()
                stream = MqttStream("mqtt", subscriber, loop)
                await asyncio.to_thread(follow_stream, context, stream)
        except (MqttError, SalusError) as error:
            context.log.warning("the stream is interrupted", why=str(error))
        except Exception as error:  # noqa: BLE001 - a defect must not end the service
            context.log.warning("the stream has failed", why=type(error).__name__)
        if context.clock.ticks() - began > STEADY_SECONDS:
            pauses.reset()
        await pauses.wait(stop)


async def _score(context: Context, stop: asyncio.Event) -> None:
    pauses, ended = Pauses(), threading.Event()

    def again() -> bool:
        pauses.reset()
        return not ended.wait(STEP_SECONDS)

    work: asyncio.Task[object] | None = None
    waiting = asyncio.ensure_future(stop.wait())
    try:
        while not stop.is_set():
            work = asyncio.create_task(
                asyncio.to_thread(score_readings, context, DETECTOR, None, again)
            )
            await asyncio.wait({work, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if work.done() and (error := work.exception()) is not None:
                # Of a defect the kind only: its message could hold a value.
                why = str(error) if isinstance(error, SalusError) else type(error).__name__
                context.log.error("scoring is interrupted", why=why)
            await pauses.wait(stop)
    finally:
        ended.set()
        waiting.cancel()
        if work is not None:
            await asyncio.wait({work})


def _need_aiomqtt() -> None:
    if find_spec("aiomqtt") is None:
        what = say("the part for MQTT is not installed, so readings over MQTT are off")
        remedy = installing("iot")
        raise EnvironmentFaultError(Fault(what, Where(say("MQTT")), remedy))
