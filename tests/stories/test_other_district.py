"""A planner is refused a patient of another district, and told whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.data.region.sample import sample_region
from tests.functional.serving import API, Service, finished, served
from tests.stories.reading import reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve a home in which guests of the sample region are advised."""
    home = tmp_path_factory.mktemp("district") / "home"
    with served(home, SALUS_GUESTS="6000") as running:
        yield running


def test_a_planner_is_refused_a_patient_of_another_district(
    browser: Browser, service: Service
) -> None:
    """A planner has no list of patients, and the address of one tells nothing.

    A clinician of a district has the list of those who live there, and nobody else.
    """
    files = [
        ("files", (path.name, path.read_bytes()))
        for path in sorted(sample_region().iterdir())
        if path.suffix in {".csv", ".geojson"}
    ]
    with service.person("owner", "planner") as client:
        client.post(f"{API}/regions", data={"name": "coast"}, files=files).raise_for_status()
        order = {"region": "coast", "horizon": 1, "stresses": []}
        asked = client.post(f"{API}/jobs", json=order).raise_for_status()
        plan = finished(client, asked.json()["id"])["plan"]
    with service.person("cleo", "clinician") as client:
        patients = client.get(f"{API}/advice/{plan}").raise_for_status().json()["patients"]
    other = patients[0]
    homes = {each["district_id"] for each in patients}
    own = next(iter(sorted(homes - {other["district_id"]})), "another")
    with service.person("carl", "clinician", own) as client:
        seen = client.get(f"{API}/advice/{plan}").raise_for_status().json()["patients"]
        assert {each["district_id"] for each in seen} <= {own}
        assert len(seen) == sum(each["district_id"] == own for each in patients)
    service.person("paula", "planner", own).close()
    with reader(browser, service) as paula:
        paula.signs_in("paula")
        paula.page.click("nav >> text=Patient")
        shown = paula.page.locator("#patients tbody tr").count()
        assert shown == 0
        assert other["patient"] not in paula.page.inner_text("main")
        answer = paula.go(f"/patient/{plan}/{other['district_id']}/{other['patient']}")
        assert answer is not None
        assert answer.status == 403
        told = paula.page.inner_text("main")
        assert "You may not see or do this" in told
        assert "administrator" in told
        nobody = paula.go(f"/patient/{plan}/{other['district_id']}/nobody")
        assert nobody is not None
        assert nobody.status == 403
    with reader(browser, service, lang="zh") as cleo:
        cleo.signs_in("cleo")
        cleo.go(f"/patient/{plan}/{other['district_id']}/{other['patient']}")
        assert "合成数据" in cleo.page.inner_text("h1")
        assert "由了解患者的临床医生决定" in cleo.page.inner_text("main")
