"""What holds of every register: joins make groups, whatever the order of the rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from salus.data.linkage.linkage import link
from tests.fakes.register import groups, register

NAMES = st.sampled_from([None, "Ann", "Anna", "Hanna", "Tom", "王", "小明", "O'Hara", "  ", "ÅSA"])
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "given_name": NAMES,
            "family_name": NAMES,
            "birth_date": st.sampled_from(
                [None, date(1950, 3, 7), date(1950, 7, 3), date(2000, 2, 29)]
            ),
            "identifier": st.sampled_from([None, "123456", "123465", "999999"]),
            "phone": st.sampled_from([None, "555", "5550100"]),
            "sex": st.sampled_from([None, "female", "male"]),
        }
    ),
    max_size=7,
)


@settings(max_examples=15)
@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(people: list[dict[str, Any]], shuffle: Any) -> None:
    """The same registrations come together, and each is in one group with an earliest member."""
    rows = [each | {"patient_id": f"P{place}"} for place, each in enumerate(people)]
    found = link(register(*rows))
    golden = found.clusters["golden_id"].to_pylist()
    assert set(golden) <= {row["patient_id"] for row in rows}
    assert all(golden[int(each[1:])] == each for each in golden)
    assert found.pairs.num_rows >= found.joined.num_rows
    again = rows.copy()
    shuffle.shuffle(again)
    assert groups(link(register(*again)).clusters) == groups(found.clusters)
