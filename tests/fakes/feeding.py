"""A service that only feeds: the task that `salus serve` starts, in a process of its own."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

from salus.core.settings import Settings
from salus.feeds.serve import feed
from salus.service.context import open_context


async def main(home: Path) -> None:
    """Feed until somebody asks the process to end."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    with open_context(Settings(home=home)) as context:
        await feed(context, context.settings, stop)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
