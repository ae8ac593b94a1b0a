"""Long work may be listened to, or not."""

from __future__ import annotations

from salus.core.messages import say
from salus.core.progress import silent


def test_nobody_needs_to_listen() -> None:
    """The default listener takes everything and does nothing."""
    silent(say("reading the region"), 0.2)
