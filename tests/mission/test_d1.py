"""D1: incomplete data. Sources of several kinds become one record, from which patients are advised.

Real exports (Synthea's bundles and bulk data) are loaded; a patient's history becomes the row of
numbers that models learn from, at a moment and without a look ahead, and passes the hard rules.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc
import pytest

from salus.core.settings import Settings
from salus.service.advise_treatment import advise_treatment
from salus.service.clean_records import clean_records
from salus.service.context import open_context
from salus.service.link_records import link_records
from salus.service.load_records import LoadRequest, load_records
from salus.service.open_records import open_records
from salus.service.watch_quality import watch_quality
from salus.treat.feature import Feature, Kind
from salus.treat.features import FeatureParams, FeatureSpec, features
from salus.treat.guard.check import Danger, Guard
from salus.treat.guard.record import records as histories
from salus.treat.guard.rules import packaged_rules
from salus.treat.moments import Moment
from salus.treat.plans.reader import packaged_plans

if TYPE_CHECKING:
    from pathlib import Path

    from salus.service.records import Records

pytestmark = pytest.mark.shared
ACE_INHIBITOR = "C09AA03"
PRESSURE = Feature(Kind.VALUE, "8480-6", "mm[Hg]")
ILL = Feature(Kind.CONDITION, "I10")


@pytest.fixture(scope="module")
def people(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Records:
    """Load the bundles and the bulk export, and open one of them as engines see it."""
    home = tmp_path_factory.mktemp("d1") / "home"
    with open_context(Settings(home=home)) as context:
        for name, folder in (("bundles", "synthea_bundles"), ("bulk", "bulk_export")):
            load_records(context, LoadRequest(shared / "fhir" / folder, name))
        assert open_records(context, "bulk").tables["procedure"].num_rows > 2_000
        cleaned = clean_records(context, open_records(context, "bundles"))
        return link_records(context, cleaned.records).records


def ill(people: Records) -> tuple[str, datetime]:
    """Find somebody with high blood pressure, and the moment after the last measurement."""
    known = people.tables["condition"]
    rows = known.filter(pc.equal(known["code"], "I10"))
    measured = people.tables["observation"]
    for person in rows["patient_id"].to_pylist():
        own = measured.filter(
            pc.and_(pc.equal(measured["patient_id"], person), pc.equal(measured["code"], "8480-6"))
        )
        if own.num_rows:
            last: datetime = pc.max(own["observed_at"]).as_py()
            return person, last + timedelta(hours=1)
    pytest.fail("nobody with high blood pressure was measured")


def test_a_loaded_history_becomes_the_row_that_models_learn_from(people: Records) -> None:
    """Age, sex, pressure, illness and medicine are known then; nothing was known before birth."""
    person, at = ill(people)
    spec = FeatureSpec(
        (Feature(Kind.AGE), Feature(Kind.SEX), PRESSURE, ILL, Feature(Kind.CONTACTS)),
        FeatureParams(),
    )
    moments = [Moment(person, at), Moment(person, datetime(1900, 1, 1, tzinfo=UTC))]
    then, before = features(people.tables, moments, spec).values
    age, sex, pressure, illness, contacts = then
    assert 0 < age < 120
    assert sex in {0.0, 1.0}
    assert 60 < pressure < 250
    assert illness == 1
    assert contacts >= 1
    assert np.isnan(before[[0, 2]]).all()
    assert before[3] == 0


def test_the_features_are_learned_from_loaded_records(people: Records) -> None:
    """What is common enough among them is chosen, in our codes and units."""
    moments = [
        Moment(person, datetime(2021, 3, 15, tzinfo=UTC))
        for person in people.tables["patient"]["patient_id"].to_pylist()
    ]
    spec = FeatureSpec.fit(people.tables, moments, FeatureParams(window_days=1500))
    assert PRESSURE in spec.features
    table = features(people.tables, moments, spec)
    assert np.isfinite(table.values[:, table.names.index("age")]).all()


def test_the_guard_reads_loaded_medicines_and_says_what_it_cannot(people: Records) -> None:
    """A second ACE inhibitor beside a loaded one is refused; a code of no map is named."""
    medicines = people.tables["medication"]
    ours = medicines.filter(pc.match_substring_regex(medicines["code"], "^C09A"))
    row = ours.slice(0, 1).to_pylist()[0]
    at = row["started_at"] + timedelta(minutes=1)
    (record,) = histories(people.tables, [Moment(row["patient_id"], at)])
    guard = Guard(packaged_rules())
    (plan,) = (each for each in packaged_plans() if each.key == "hypertension")
    lisinopril = next(arm for arm in plan.arms if ACE_INHIBITOR in arm.medicines)
    found = [each.danger for each in guard.findings(lisinopril, record)]
    assert Danger.DUPLICATE in found
    foreign = medicines.filter(pc.match_substring(medicines["system"], "rxnorm")).to_pylist()
    assert foreign
    other = foreign[0]
    moment = Moment(other["patient_id"], other["started_at"] + timedelta(minutes=1))
    (unread,) = histories(people.tables, [moment])
    assert any("not checked" in str(each) for each in guard.unread(unread))
    assert any("in no map" in str(note) for note in people.notes)


def test_every_engine_takes_loaded_records(people: Records, tmp_path: Path) -> None:
    """Watching finds no readings and advice too few diagnoses, and both say so."""
    with open_context(Settings(home=tmp_path / "home")) as context:
        watched = watch_quality(context, people, people.as_of, seed=1)
        advised = advise_treatment(context, people, people.as_of, seed=1)
    assert watched.signals == ()
    assert [str(each) for each in advised.missing if "no data" in str(each)] != []
