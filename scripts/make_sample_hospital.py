"""Make the hospital of the tutorial "four weeks in one hospital" from the synthetic city.

Usage: ``make_sample_hospital.py`` writes ``docs/tutorials/four-weeks/hospital.json``: four weeks of
the busiest hospital of the city of the settings, which takes over the surgery list of another one
that is closed.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from salus.allocate.hospital.competition.write import instance_text
from salus.core.messages import Message
from salus.core.settings import Settings
from salus.data.synthetic.city import make_city
from salus.data.synthetic.spec import CitySpec
from salus.service.context import open_context
from salus.service.read_records import read_records
from salus.service.weeks.stated import stated

if TYPE_CHECKING:
    from salus.service.records import Records

TARGET = Path(__file__).resolve().parent.parent / "docs/tutorials/four-weeks/hospital.json"
DAYS = 28
OPEN, CLOSED = "H001", "H002"
"""General Hospital and St Luke's."""


def taken_over(records: Records) -> Records:
    """Put the list of the hospital that is closed onto that of the other, surgeon by surgeon."""
    listed = records.wards["surgery_list"]
    for name in ("facility_id", "surgeon_id"):
        place = listed.schema.get_field_index(name)
        moved = pc.replace_substring(listed[name], CLOSED, OPEN)
        listed = listed.set_column(place, listed.schema.field(place), moved)
    return replace(records, wards={**records.wards, "surgery_list": listed})


def main() -> None:
    """Write the instance."""
    with tempfile.TemporaryDirectory() as place:
        settings = Settings(home=Path(place) / "home")
        spec = CitySpec(settings.people, settings.seed)
        folder = make_city(spec, Path(place) / "city").path
        with open_context(settings) as context:
            records = read_records(context, folder, spec.as_of)
    found = stated(taken_over(records), DAYS)
    if isinstance(found, Message) or found.hospital.facility_id != OPEN:
        raise SystemExit(str(found))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    # Within one hospital its key says nothing.
    text = instance_text(found.problem).replace(f"{OPEN}-", "")
    TARGET.write_text(a_row_a_line(json.loads(text)), encoding="utf-8")


def a_row_a_line(document: dict[str, Any]) -> str:
    """Write each patient, nurse or room on a line of its own."""
    parts = [f"{json.dumps(key)}: {_part(value)}" for key, value in document.items()]
    return "{" + ",\n".join(parts) + "}\n"


def _part(value: object) -> str:
    if not isinstance(value, list):
        return json.dumps(value)
    return "[\n" + ",\n".join(json.dumps(each, separators=(",", ":")) for each in value) + "]"


if __name__ == "__main__":
    main()
