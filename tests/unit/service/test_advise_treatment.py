"""Advice from the records of a town, and what happens where they are too few."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from salus.core.errors import InputError
from salus.report.sections.advice import advice_section
from salus.report.terminal import show, terminal
from salus.report.words import Words
from salus.service import advise_treatment as use_case
from salus.service.right.advice import advice_rightness
from tests.fakes.advised import FEW, LAST, advise, made, read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from salus.service.advice.advised import Advised
    from salus.service.records import Records

EARLIER = LAST - timedelta(days=40)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a town."""
    return made(tmp_path_factory.mktemp("made") / "town")


@pytest.fixture(scope="module")
def records(town: Path) -> Records:
    """Read its records."""
    return read(town)


@pytest.fixture(scope="module")
def advised(records: Records, tmp_path_factory: pytest.TempPathFactory) -> Advised:
    """Advise as of a day that is not the last."""
    return advise(records, tmp_path_factory.mktemp("home"), EARLIER)


def bytes_of(advised: Advised) -> tuple[object, ...]:
    """Give all that an answer says, for comparison byte by byte."""
    assert advised.held_out is not None
    return (
        str(advised.patients),
        str(advised.scores),
        [each.probabilities.tobytes() for each in advised.held_out.said],
        advised.held_out.offers.to_pydict().__repr__(),
        str([each.averages for each in advised.treatments]),
        str(advised.missing),
        str(advised.held_out.valued),
    )


def planted(records: Records, day: date) -> Records:
    """Add rows that become known after a day: a new illness, an allergy, a death, a measurement."""
    later = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1, hours=3)
    changed: dict[str, pa.Table] = {}
    for name, when in (
        ("condition", "recorded_at"),
        ("observation", "observed_at"),
        ("medication", "started_at"),
        ("allergy", "recorded_at"),
        ("encounter", "started_at"),
    ):
        table = records.tables[name]
        copied = table.slice(0, min(3_000, table.num_rows))
        times = pa.array([later] * copied.num_rows, pa.timestamp("us", "UTC"))
        copied = copied.set_column(copied.column_names.index(when), when, times)
        if "value" in copied.column_names:
            wild = pa.array(np.full(copied.num_rows, 9e5))
            copied = copied.set_column(copied.column_names.index("value"), "value", wild)
        changed[name] = pa.concat_tables([copied, table.cast(copied.schema)])
    return records.having(**changed)


def test_those_advised_were_not_learned_from(advised: Advised) -> None:
    """No patient who is advised is among those first treated that effects come from."""
    learned = {
        person
        for each in advised.treatments
        for person in each.learned_from["patient_id"].to_pylist()
    }
    assert advised.patients
    assert not learned & {each.patient_id for each in advised.patients}
    assert advised.held_out is not None
    assert not learned & set(advised.held_out.offers["patient_id"].to_pylist())


def test_everybody_advised_is_in_care_and_marked(advised: Advised) -> None:
    """The moment lies within the last days, the person is synthetic, an option is offered."""
    for each in advised.patients:
        assert each.synthetic
        assert each.at.date() <= EARLIER
        assert EARLIER - each.at.date() <= timedelta(days=FEW.recent_days)
        assert each.advice.options
        assert "years old" in str(each.age)
        assert str(each.sex) in {"woman", "man"}


def test_nothing_later_and_nothing_of_the_truth_is_seen(
    advised: Advised, records: Records, town: Path, tmp_path: Path
) -> None:
    """With later rows planted and the sidecar made nonsense, the answer is the same, bit by bit."""
    for path in (town / "truth").iterdir():
        path.rename(tmp_path / path.name)
        path.write_bytes(b"nonsense")
    try:
        again = advise(planted(read(town), EARLIER), tmp_path / "home", EARLIER)
    finally:
        for path in (town / "truth").iterdir():
            (tmp_path / path.name).rename(path)
    assert bytes_of(again) == bytes_of(advised)
    assert records.tables["condition"].num_rows > 0


def test_a_planted_leak_is_caught(
    advised: Advised, records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the later rows not left out, the comparison above would fail."""

    def leaking(tables: Mapping[str, pa.Table], day: date) -> dict[str, pa.Table]:
        assert day == EARLIER
        return dict(tables)

    monkeypatch.setattr(use_case, "known_until", leaking)
    assert bytes_of(advise(records, tmp_path, EARLIER)) != bytes_of(advised)


def test_the_truth_agrees(advised: Advised, records: Records, town: Path) -> None:
    """Better than the base rate and one tree, and nothing dangerous is offered."""
    right = advice_rightness(town, records, advised)
    assert right is not None
    assert right.auroc_macro > max(right.auroc_macro_tree, right.auroc_macro_base)
    assert right.unsafe_advice == 0
    assert right.offers > 50
    assert 0 <= right.ece <= 1
    assert all(np.isfinite(each.truth) for each in right.effects)
    assert len({each.condition for each in right.effects}) == len(advised.treatments)


def test_both_languages_show_it(advised: Advised) -> None:
    """Every record says that it is synthetic, in at most 100 columns."""
    for lang, badge in (("en", "SYNTHETIC"), ("zh", "合成")):
        words = Words(lang)
        section = advice_section(advised, words)
        assert section.id == "advice"
        assert len(section.charts) == len(advised.patients)
        titles = [words(grid.title) for grid in section.grids[: 2 * len(advised.patients)]]
        assert all(badge in title for title in titles)
        assert all(badge in words(chart.title) for chart in section.charts)


def test_it_says_for_how_many_a_gene_asks_for_care(advised: Advised) -> None:
    """The sentence stands there with both counts, also where nobody is concerned."""
    said = " ".join(str(each) for each in advice_section(advised, Words("en")).sentences)
    assert advised.in_care >= len(advised.patients)
    assert f"for {advised.cautioned} of the {advised.in_care} patients in care now" in said


def test_it_fits_a_terminal(advised: Advised, capsys: pytest.CaptureFixture[str]) -> None:
    """No line is wider than 100 columns."""
    import sys  # noqa: PLC0415 - the stream that is captured here

    words = Words("en")
    show(terminal(sys.stdout, {}), [advice_section(advised, words)], words)
    said = capsys.readouterr().out
    assert max(map(len, said.splitlines())) <= 100
    assert "a clinician decides" in " ".join(said.split())


@pytest.mark.parametrize("gone", ["condition", "medication", "encounter", "observation"])
def test_a_table_without_rows_is_no_crash(records: Records, tmp_path: Path, gone: str) -> None:
    """Where something was never recorded, fewer or none are advised, and why is said."""
    some = read_few(records)
    empty = some.having(**{gone: some.tables[gone].slice(0, 0)})
    said = advise(empty, tmp_path)
    assert said.missing
    if gone == "condition":
        assert said.patients == ()
        assert "no data" in str(said.missing[0])
        section = advice_section(said, Words("en"))
        assert section.grids == ()
        assert str(section.title) == "No patient is advised"


def read_few(records: Records) -> Records:
    """Keep every fourth patient, so that a run is short."""
    people = records.tables["patient"]["patient_id"].take(
        np.arange(0, records.tables["patient"].num_rows, 4)
    )
    return records.having(
        **{
            name: table.filter(pc.is_in(table["patient_id"], value_set=people))
            for name, table in records.tables.items()
            if "patient_id" in table.column_names and name != "device_reading"
        }
    )


def test_a_column_of_another_type_is_refused(records: Records, tmp_path: Path) -> None:
    """A damaged table is a fault with its place, not a crash."""
    table = records.tables["condition"]
    spoiled = table.set_column(
        table.column_names.index("recorded_at"), "recorded_at", pa.array(["x"] * table.num_rows)
    )
    with pytest.raises(InputError, match="condition, column recorded_at"):
        advise(records.having(condition=spoiled), tmp_path)


def test_contradicting_people_are_advised_without_what_contradicts(
    records: Records, tmp_path: Path
) -> None:
    """Somebody with two birth dates and two sexes has none of them, and nothing breaks."""
    some = read_few(records)
    people = some.tables["patient"]
    other = people.set_column(
        people.column_names.index("sex"), "sex", pa.array(["other"] * people.num_rows)
    ).set_column(
        people.column_names.index("birth_date"),
        "birth_date",
        pa.array([date(1900, 1, 1)] * people.num_rows),
    )
    said = advise(
        some.having(patient=pa.concat_tables([people, other.cast(people.schema)])), tmp_path
    )
    assert all(str(each.age) == "age not known" for each in said.patients)
    assert all(str(each.sex) == "sex not known" for each in said.patients)


def test_nobody_is_asked_for_nobody(records: Records, tmp_path: Path) -> None:
    """A count of none is kept, and a negative one refused."""
    some = read_few(records)
    assert advise(some, tmp_path, count=0).patients == ()
    with pytest.raises(ValueError, match="count must be"):
        advise(some, tmp_path, count=-1)
