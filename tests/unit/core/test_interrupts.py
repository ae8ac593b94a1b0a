"""What is heard of Ctrl-C while work must not be lost."""

from __future__ import annotations

import signal
from threading import Thread

import pytest

from salus.core.interrupts import interrupts


@pytest.mark.parametrize("asks", [signal.SIGINT, signal.SIGTERM])
def test_the_first_is_let_through_and_the_second_noted(asks: signal.Signals) -> None:
    """Also a kind request to end; and afterwards all is as before."""
    before = signal.getsignal(asks)
    with interrupts(1) as asked:
        assert not asked.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(asks)
        assert asked.is_set()
        signal.raise_signal(asks)
    assert signal.getsignal(asks) is before


def test_other_threads_hear_none() -> None:
    """They have no handlers of their own to set."""
    heard: list[bool] = []

    def work() -> None:
        with interrupts(1) as asked:
            heard.append(asked.is_set())

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert heard == [False]
