"""A history at a moment becomes a row of numbers; nothing after the moment is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from salus.core.checks import within
from salus.treat.feature import Feature, Kind
from salus.treat.moments import Moment, moment_table
from salus.treat.past import Past

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Moments: TypeAlias = pa.Table | Sequence[Moment]

MEASURED = {Kind.VALUE, Kind.FRESHNESS, Kind.TEXT}
SAYING = {Kind.VALUE, Kind.TEXT}
"""A finding that is always the same says no more than that it was asked for: freshness does."""


@dataclass(frozen=True, slots=True, eq=False)
class FeatureTable:
    """Rows of numbers, one for each moment.

    Parameters
    ----------
    features : tuple of Feature
        What the columns mean.
    values : ndarray, shape (n_moments, n_features)
        NaN where nothing was known.
    keys : pyarrow.Table
        ``patient_id`` and ``at`` of each row.

    Raises
    ------
    ValueError
        If the shapes do not belong together.
    """

    features: tuple[Feature, ...]
    values: Values
    keys: pa.Table

    def __post_init__(self) -> None:
        """Refuse columns or rows without a meaning."""
        rows, columns = self.values.shape
        within("features", len(self.features), columns, columns, "columns")
        within("keys", self.keys.num_rows, rows, rows, "rows")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(feature.name for feature in self.features)

    @property
    def patients(self) -> NDArray[np.str_]:
        """Whose each row is, shape (n_moments,)."""
        return np.array(self.keys["patient_id"].to_pylist(), dtype=np.str_)

    def part(self, first: int, count: int) -> FeatureTable:
        """Take some rows that follow each other."""
        rows = slice(first, first + count)
        return FeatureTable(self.features, self.values[rows], self.keys.slice(first, count))


@dataclass(frozen=True, slots=True)
class FeatureParams:
    """How far back a look goes, and what is common enough to be learned from.

    Parameters
    ----------
    window_days : float
        A measurement older than this is not known any more; contacts are counted over the same
        time. 1 to 36525 days.
    fewest : int
        Training moments in which a feature must say something, at least 1.
    share : float
        The same as a share of all training moments, 0 to 1.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    window_days: float = 365.0
    fewest: int = 10
    share: float = 0.002

    def __post_init__(self) -> None:
        """Refuse impossible settings."""
        within("window_days", self.window_days, 1, 36525, "days")
        within("fewest", self.fewest, 1, unit="moments")
        within("share", self.share, 0, 1)


@dataclass(frozen=True, slots=True)
class FeatureSpec:
    """Which features there are: learned once from training moments, then fixed.

    Parameters
    ----------
    features : tuple of Feature
        The columns, in order.
    params : FeatureParams
        What they were learned with.
    """

    features: tuple[Feature, ...]
    params: FeatureParams

    @classmethod
    def fit(
        cls,
        tables: Mapping[str, pa.Table],
        moments: Moments,
        params: FeatureParams | None = None,
    ) -> FeatureSpec:
        """Keep what is known at enough of the training moments.

        Age, sex and the count of contacts are always kept. A measurement is kept by its code and
        unit, so that values in two units never mix; a value or a finding that is the same in all of
        them is not kept, as it says no more than how fresh it is.

        Parameters
        ----------
        tables : mapping of str to pyarrow.Table
            Standard tables by name; one that is missing has no rows.
        moments : pyarrow.Table or sequence of Moment
            The training moments.
        params : FeatureParams, optional
            The defaults, when not given.

        Returns
        -------
        FeatureSpec

        Raises
        ------
        InputError
            If a table does not have its standard columns.
        """
        return described(tables, moments, params)[0]


def described(
    tables: Mapping[str, pa.Table],
    moments: Moments,
    params: FeatureParams | None = None,
) -> tuple[FeatureSpec, FeatureTable]:
    """Choose the features as :meth:`FeatureSpec.fit` does, and describe the same moments by them.

    Parameters
    ----------
    tables, moments, params
        As :meth:`FeatureSpec.fit` takes them.

    Returns
    -------
    FeatureSpec, FeatureTable
        What :func:`features` would give, in half the time.

    Raises
    ------
    InputError
        If a table does not have its standard columns.
    """
    chosen, keys = params or FeatureParams(), moment_table(moments)
    past = Past.of(tables, keys)
    least = max(chosen.fewest, chosen.share * past.at.size)
    columns = {
        feature: past.column(feature, chosen.window_days)
        for feature in (Feature(Kind.AGE), Feature(Kind.SEX), Feature(Kind.CONTACTS))
    }
    for feature in sorted(past.candidates(chosen.fewest), key=lambda feature: feature.name):
        column = past.column(feature, chosen.window_days)
        if _said(feature, column) >= least:
            columns[feature] = column
    spec = FeatureSpec(tuple(columns), chosen)
    return spec, FeatureTable(spec.features, np.column_stack(list(columns.values())), keys)


def features(tables: Mapping[str, pa.Table], moments: Moments, spec: FeatureSpec) -> FeatureTable:
    """Describe each moment by what was known then.

    A measurement is the latest of its code and unit at or before the moment, within the window;
    a condition or an allergy counts from when it was recorded, a medicine from its start until its
    end. A row without the date that says when it was known is not seen. Where the rows of one
    person contradict each other in birth date or sex, that is not known.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        Standard tables by name; one that is missing has no rows.
    moments : pyarrow.Table or sequence of Moment
        Whose history, as of when.
    spec : FeatureSpec
        Which features.

    Returns
    -------
    FeatureTable
        One row for each moment, in their order; it does not depend on the order of the tables.

    Raises
    ------
    InputError
        If a table does not have its standard columns.

    Examples
    --------
    >>> from datetime import UTC, date, datetime
    >>> import pyarrow as pa
    >>> rows = {"patient_id": ["p"], "birth_date": [date(1960, 1, 1)], "source": ["s"]}
    >>> moments = [Moment("p", datetime(2020, 1, 1, tzinfo=UTC))]
    >>> tables = {"patient": pa.table(rows)}
    >>> table = features(tables, moments, FeatureSpec.fit(tables, moments))
    >>> table.names, table.values.round(1)
    (('age', 'sex', 'contacts'), array([[60., nan,  0.]]))

    References
    ----------
    S. Kaufman, S. Rosset, C. Perlich, O. Stitelman (2012), Leakage in data mining. ACM
    Transactions on Knowledge Discovery from Data 6.
    """
    keys = moment_table(moments)
    past = Past.of(tables, keys)
    columns = [past.column(feature, spec.params.window_days) for feature in spec.features]
    return FeatureTable(spec.features, np.column_stack(columns), keys)


def _said(feature: Feature, column: Values) -> int:
    known = np.isfinite(column) if feature.kind in MEASURED else column > 0
    if feature.kind in SAYING and len(np.unique(column[known])) == 1:
        return 0
    return int(known.sum())
