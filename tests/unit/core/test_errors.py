"""Faults are gathered, said as advice, and mapped to exit codes."""

from __future__ import annotations

import pickle

import pytest

from salus.core import errors
from salus.core.errors import (
    CancelledError,
    DefectError,
    EnvironmentFaultError,
    Fault,
    Faults,
    ForbiddenError,
    InputError,
    MismatchError,
    NotFoundError,
    SalusError,
    SignInError,
    TooLargeError,
    Where,
)
from salus.core.messages import say

NEGATIVE = Fault(say("beds are negative"), Where("f.csv", 2, "beds"), say("write 0 or more"), -4)
EMPTY = Fault(say("no rows"), Where("d.csv"), say("list at least one district"))


def test_all_faults_are_raised_together() -> None:
    """A person mends the whole input in one go."""
    faults = Faults()
    faults.add(NEGATIVE.what, NEGATIVE.where, NEGATIVE.remedy, NEGATIVE.value)
    faults.extend([EMPTY])
    with pytest.raises(InputError) as caught:
        faults.stop()
    assert caught.value.faults == (NEGATIVE, EMPTY)
    assert str(caught.value).splitlines() == [str(NEGATIVE), str(EMPTY)]


def test_nothing_gathered_stops_nothing() -> None:
    """An input without a fault passes quietly."""
    Faults().stop()


def test_the_member_of_the_family_can_be_chosen() -> None:
    """A mismatch is raised as a mismatch, with the same faults."""
    faults = Faults()
    faults.extend([EMPTY])
    with pytest.raises(MismatchError, match=r"d\.csv: no rows"):
        faults.stop(MismatchError)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DefectError, 1),
        (InputError, 2),
        (NotFoundError, 2),
        (TooLargeError, 2),
        (EnvironmentFaultError, 2),
        (ForbiddenError, 2),
        (SignInError, 2),
        (MismatchError, 3),
        (CancelledError, 130),
    ],
)
def test_each_member_has_its_exit_code(error: type[SalusError], code: int) -> None:
    """Scripts can tell a fault of the input from a defect of ours."""
    assert error(EMPTY).exit_code == code


def test_no_member_is_forgotten_by_the_table_above() -> None:
    """The family has nine members beside its head."""
    family = {each for each in vars(errors).values() if isinstance(each, type)}
    assert len([each for each in family if issubclass(each, SalusError)]) == 10


@pytest.mark.parametrize(
    ("where", "text"),
    [
        (Where("facilities.csv"), "facilities.csv"),
        (Where("facilities.csv", 12), "facilities.csv, row 12"),
        (Where("SALUS_SEED", column="seed"), "SALUS_SEED, column seed"),
    ],
)
def test_a_place_says_only_what_is_known(where: Where, text: str) -> None:
    """Row and column appear where there are some."""
    assert str(where) == text


def test_a_value_of_zero_is_shown() -> None:
    """Only a value that is absent is left out of the sentence."""
    fault = Fault(say("too few"), Where("f.csv"), say("write 1 or more"), 0)
    assert "(found 0)" in str(fault)


def test_faults_are_sorted_by_source_and_row() -> None:
    """The whole file comes before its rows; faults of one row stay as they were found."""
    faults = Faults()
    for source, row, column in (("b", 9, "x"), ("a", 10, "y"), ("b", 2, "z"), ("a", 10, "x")):
        faults.add(say("wrong"), Where(source, row, column), say("mend it"))
    faults.add(say("odd"), Where("b"), say("mend it"))
    faults.sort(["a", "b"])
    with pytest.raises(InputError) as caught:
        faults.stop()
    assert [str(fault.where) for fault in caught.value.faults] == [
        "a, row 10, column y",
        "a, row 10, column x",
        "b",
        "b, row 2, column z",
        "b, row 9, column x",
    ]


def test_an_error_crosses_to_another_process() -> None:
    """A worker's faults reach the person who started it."""
    error = pickle.loads(pickle.dumps(InputError(NEGATIVE, EMPTY)))  # noqa: S301 - our own bytes
    assert error.faults == (NEGATIVE, EMPTY)
