"""Medicines on the shelves of the hospitals, with lots and expiry."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.core.rng import stream
from salus.data.synthetic.formulary import medicines
from salus.data.synthetic.operations import STOCK

if TYPE_CHECKING:
    from salus.data.synthetic.layout import Layout
    from salus.data.synthetic.spec import CitySpec

LOTS = 3
DAYS_OF_STOCK = 21.0
"""Mean days that the stock would last: our own choice."""
LAST_EXPIRY = 540


def stock_table(spec: CitySpec, layout: Layout) -> pa.Table:
    """Write the stock of each medicine at each hospital: three lots of different expiry.

    Parameters
    ----------
    spec : CitySpec
        Of the city.
    layout : Layout
        Its hospitals.
    """
    rng = stream(spec.seed, "stock")
    rows = []
    for hospital, beds in zip(layout.hospital_ids, layout.beds.tolist(), strict=True):
        for medicine in medicines():
            used = medicine.use * beds / 100
            doses = rng.gamma(2.0, used * DAYS_OF_STOCK / LOTS / 2.0, LOTS)
            expires = np.sort(rng.integers(5, LAST_EXPIRY, LOTS))
            rows += [
                {
                    "facility_id": hospital,
                    "atc": medicine.atc,
                    "lot": f"{medicine.atc}-{lot + 1}",
                    "doses": int(np.ceil(doses[lot])),
                    "expires_on": spec.as_of + timedelta(days=int(expires[lot])),
                    "used_per_day": round(used, 3),
                }
                for lot in range(LOTS)
            ]
    return STOCK.take(pa.Table.from_pylist(rows))
