"""Whatever is done to a bundle, it loads, is set aside or is refused, and nothing is lost."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from salus.core.errors import InputError
from salus.domain.records.catalogue import TABLES
from tests.fakes import fhir

ODD = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**63), 2**63 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=12),
        st.sampled_from(
            ["Patient/p1", "entered-in-error", "mmHg", "2020-01", "#in", "9999-12-31", "urn:uuid:"]
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["coding", "code", "value", "start", "end", "reference", "id", "x"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=6,
)


def paths(found: Any) -> list[tuple[Any, ...]]:
    """List the path of every value in a document."""
    if isinstance(found, dict):
        inner = list(found.items())
    elif isinstance(found, list):
        inner = list(enumerate(found))
    else:
        return []
    return [path for key, value in inner for path in [(key,), *((key, *p) for p in paths(value))]]


DOCUMENT = fhir.bundle(*fhir.EACH)
PATHS = paths(DOCUMENT)


def mutated(changes: list[tuple[int, Any]]) -> Any:
    """Put other values into a copy of the bundle."""
    document: Any = copy.deepcopy(DOCUMENT)
    for place, value in changes:
        *way, last = PATHS[place]
        holder = document
        try:
            for key in way:
                holder = holder[key]
            if not isinstance(holder, dict) or isinstance(last, str):
                holder[last] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change has taken this place away
    return document


@settings(max_examples=250, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(PATHS) - 1), ODD), min_size=1, max_size=4))
def test_any_change_of_a_bundle_is_taken_set_aside_or_refused(
    changes: list[tuple[int, Any]],
) -> None:
    """No odd value of any element at any depth breaks the reader, nor does a resource get lost."""
    with tempfile.TemporaryDirectory() as place:
        fhir.write_lines(Path(place), mutated(changes), name="b.json")
        try:
            found = fhir.loaded(Path(place))
        except InputError:
            return
    assert fhir.accounted(found)
    for name, table in found.tables.items():
        assert table.schema.equals(TABLES[name].schema())
        table.validate(full=True)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10_000), st.binary(max_size=6))
def test_any_damage_to_the_bytes_is_taken_or_refused(cut: int, junk: bytes) -> None:
    """A file that is cut off or overwritten somewhere never breaks the reader."""
    whole = orjson.dumps(DOCUMENT)
    place = cut % len(whole)
    damaged = whole[:place] + junk + whole[place + len(junk) :]
    with tempfile.TemporaryDirectory() as folder:
        for content, name in (
            (whole[:place], "a.json"),
            (damaged, "b.json"),
            (damaged, "c.ndjson"),
        ):
            (Path(folder) / name).write_bytes(content)
            try:
                found = fhir.loaded(Path(folder) / name)
            except InputError:
                continue
            assert fhir.accounted(found)
