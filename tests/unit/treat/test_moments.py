"""Whose history, as of when."""

from __future__ import annotations

from datetime import datetime

import pyarrow as pa
import pytest

from salus.core.errors import InputError
from salus.treat.moments import Moment, moment_table
from tests.fakes.patients import day


def test_a_moment_without_zone_is_refused() -> None:
    """A time that could be any hour is no moment."""
    with pytest.raises(ValueError, match="must have a time zone"):
        Moment("p", datetime(2026, 1, 1))  # noqa: DTZ001 - what is refused


def test_all_faults_of_a_table_are_named() -> None:
    """A missing value and a wrong type are reported together."""
    table = pa.table({"patient_id": pa.array(["p", None]), "at": ["now", "then"]})
    with pytest.raises(InputError) as caught:
        moment_table(table)
    assert len(caught.value.faults) == 2


def test_values_and_table_agree() -> None:
    """Moments as values give the table that they are taken as."""
    table = moment_table([Moment("p", day(1))])
    assert moment_table(table).equals(table)
