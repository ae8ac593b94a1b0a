"""What is heard of Ctrl-C while work must not be lost."""

from __future__ import annotations

import signal
from threading import Thread

import pytest

from salus.core.interrupts import interrupts


@pytest.mark.parametrize("asks", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_first_is_let_through_and_the_second_noted(asks: signal.Signals) -> None:
    """Also a kind request to end; and afterwards all is as before."""
    ours = signal.default_int_handler  # the tests themselves may run where one is ignored
    before = signal.signal(asks, ours)
    try:
        with interrupts(1) as asked:
            assert not asked.is_set()
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(asks)
            assert asked.is_set()
            signal.raise_signal(asks)
        assert signal.getsignal(asks) is ours
    finally:
        signal.signal(asks, before)


def test_a_closed_terminal_is_not_heard_where_it_is_ignored() -> None:
    """As ``nohup`` wants it."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with interrupts(1) as asked:
            signal.raise_signal(signal.SIGHUP)
            assert not asked.is_set()
    finally:
        signal.signal(signal.SIGHUP, before)


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


def test_one_that_is_heard_within_counts_without() -> None:
    """Whatever comes between the two blocks, or after them, is heard once alone."""
    with interrupts(1) as without:
        with interrupts(1), pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        with interrupts(1) as within:
            signal.raise_signal(signal.SIGINT)
            assert within.is_set()
        assert without.is_set()
