"""From raw records to one row for each person, behind the gate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow.compute as pc
import pytest

from salus.core.errors import ForbiddenError
from salus.core.settings import Settings
from salus.data.linkage.params import LinkParams
from salus.data.synthetic.city import make_city
from salus.data.synthetic.spec import CitySpec
from salus.report.sections.records import records_section
from salus.report.words import Words
from salus.service.clean_records import CleanedRecords, clean_records
from salus.service.context import Context, open_context
from salus.service.link_records import LinkedRecords, link_records
from salus.service.read_records import read_records
from salus.trust.permission import Principal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from salus.report.layout import Grid
    from salus.service.records import Records

SPEC = CitySpec(people=2_000, seed=5, days=200)


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """Give what is in use, with a home of its own."""
    with open_context(Settings(home=tmp_path_factory.mktemp("home") / "home")) as opened:
        yield opened


@pytest.fixture(scope="module")
def raw(context: Context, tmp_path_factory: pytest.TempPathFactory) -> Records:
    """Read the records of a village in which one contact ends before it begins."""
    folder: Path = tmp_path_factory.mktemp("records") / "village"
    records = read_records(context, make_city(SPEC, folder).path, SPEC.as_of)
    contacts = records.tables["encounter"]
    ends = pc.if_else(
        pc.equal(contacts["encounter_id"], contacts["encounter_id"][0]),
        pc.subtract(
            contacts["started_at"], pc.subtract(contacts["ended_at"][0], contacts["started_at"][0])
        ),
        contacts["ended_at"],
    )
    place = contacts.schema.get_field_index("ended_at")
    return records.having(encounter=contacts.set_column(place, contacts.schema.field(place), ends))


@pytest.fixture(scope="module")
def cleaned(context: Context, raw: Records) -> CleanedRecords:
    """Clean them."""
    return clean_records(context, raw, SPEC.as_of)


@pytest.fixture(scope="module")
def linked(context: Context, cleaned: CleanedRecords) -> LinkedRecords:
    """Link them."""
    return link_records(context, cleaned.records)


def test_cleaning_replaces_the_tables(raw: Records, cleaned: CleanedRecords) -> None:
    """The engines see what is left, and the raw records stay as they were."""
    given, kept = cleaned.quality.rows["encounter"]
    assert given - kept == 1
    assert raw.tables["encounter"].num_rows == given
    assert cleaned.records.tables["encounter"].num_rows == kept
    assert cleaned.quality.findings[0].rule == "end_before_start"
    assert cleaned.records.queue is raw.queue


def test_everybody_has_one_key(cleaned: CleanedRecords, linked: LinkedRecords) -> None:
    """Every row of every table is of a person of the register, and no row is lost."""
    persons = linked.records.tables["patient"]["patient_id"].combine_chunks()
    assert (
        len(persons) == cleaned.records.tables["patient"].num_rows - linked.linkage.joined.num_rows
    )
    for name, table in linked.records.tables.items():
        before = cleaned.records.tables[name]
        assert table.schema.equals(before.schema, check_metadata=True)
        if name != "patient":
            assert table.num_rows == before.num_rows
        if "patient_id" in table.column_names:
            known = pc.is_in(table["patient_id"].drop_null(), value_set=persons)
            assert pc.all(known, min_count=0).as_py()
    waiting = linked.records.queue["patient_id"]
    assert pc.all(pc.is_in(waiting, value_set=persons), min_count=0).as_py()


def test_parameters_reach_the_linkage(
    context: Context, cleaned: CleanedRecords, linked: LinkedRecords
) -> None:
    """Who asks for certainty gets fewer joins."""
    strict = link_records(context, cleaned.records, LinkParams(threshold=1.0, sure=1.0))
    assert strict.linkage.joined.num_rows < linked.linkage.joined.num_rows


def test_a_visitor_may_neither_clean_nor_link(context: Context, raw: Records) -> None:
    """Both are behind the gate."""
    visitor = replace(context, principal=Principal("bo", "visitor"))
    for use_case in (clean_records, link_records):
        with pytest.raises(ForbiddenError):
            use_case(visitor, raw)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_section_of_the_records(
    cleaned: CleanedRecords, linked: LinkedRecords, lang: str
) -> None:
    """It tells what was mended, missing and joined, with figures and in both languages."""
    section, words = records_section(cleaned, linked), Words(lang)
    said = " ".join(words(each) for each in section.sentences)
    assert f"{linked.linkage.clusters.num_rows:,}" in said
    assert "99.0%" in said
    mended, missing, least_sure = (_text(grid, words) for grid in section.grids)
    assert ["encounter", "1"] in [[row[0], row[2]] for row in mended]
    assert {row[0] for row in mended} == {"encounter", "observation", "condition"}
    assert {row[0] for row in missing} >= {"patient.identifier", "patient.phone"}
    assert len(least_sure) == 3
    assert ("Same" in least_sure[0][1]) == (lang == "en")


def _text(grid: Grid, words: Words) -> list[list[str]]:
    return [[cell.text(words) for cell in row] for row in grid.rows]
