"""``salus demo-feed``: play the monitors of a synthetic city into a broker."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

from salus.cli.output import told
from salus.core.clock import SystemClock
from salus.core.errors import EnvironmentFaultError, Fault, Faults, Where
from salus.core.extras import refuse_lacking
from salus.core.messages import say
from salus.core.settings import read_settings
from salus.feeds.address import read_address
from salus.feeds.broker_folder import BrokerFolder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.core.settings import Settings
    from salus.feeds.address import Address
    from salus.report.words import Words


def demo_feed_command(
    pace: tuple[str | None, str | None], options: Mapping[str, str | None], words: Words
) -> None:
    """Play for some seconds, and say what was played.

    Parameters
    ----------
    pace : tuple of str or None and str or None
        Seconds to play and readings in a second, as they were written.
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.

    Raises
    ------
    SalusError
        If a number cannot be used, the extra is missing or no broker answers.
    """
    settings = read_settings(os.environ, asked=options)
    faults = Faults()
    seconds = _number(pace[0], "--seconds", 60.0, (0.1, 86_400.0), faults)
    rate = _number(pace[1], "--rate", 200.0, (1.0, 20_000.0), faults)
    faults.stop()
    refuse_lacking("iot")
    address = _address(settings)
    from salus.feeds.demo import Pace, monitors_of_city, play  # noqa: PLC0415 - an extra

    played = asyncio.run(play(address, monitors_of_city(), Pace(seconds, rate), SystemClock()))
    said = say(
        "Played {readings:,} readings of {monitors} monitors.",
        readings=played.readings,
        monitors=played.monitors,
    )
    more = (
        say(
            "That was too short to raise a heart rate: play more than {quiet:,} readings.",
            quiet=played.quiet,
        )
        if played.raised is None
        else say("The heart rate of {source} was raised.", source=played.raised)
    )
    said = say("{agrees} {other}", agrees=said, other=more)
    with told(say("it was played all the same; send the output elsewhere")):
        sys.stdout.write(words(said) + "\n")


def _address(settings: Settings) -> Address:
    if settings.broker:
        return read_address(settings.broker, Where("--broker"))
    written = BrokerFolder(settings.home.resolve() / "broker").written_address()
    if written is None:
        what = say("no broker runs for this home")
        remedy = say("start {command} with the same home, or name a broker", command="salus serve")
        raise EnvironmentFaultError(Fault(what, Where(str(settings.home)), remedy))
    return written


def _number(
    text: str | None,
    option: str,
    otherwise: float,
    bounds: tuple[float, float],
    faults: Faults,
) -> float:
    if text is None:
        return otherwise
    low, high = bounds
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not low <= number <= high:
        remedy = say("write a number from {low} to {high}", low=low, high=high)
        faults.add(say("not a number of this kind"), Where(option), remedy, text)
    return number
