"""Which registrations are of one person."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import Message, say
from salus.data.linkage.candidates import candidates
from salus.data.linkage.comparisons import COMPARISONS, Comparison
from salus.data.linkage.groups import grouped
from salus.data.linkage.learning import chance, learned
from salus.data.linkage.params import LinkParams
from salus.data.linkage.registrations import registered
from salus.data.linkage.scoring import scored
from salus.domain.records.person import PATIENT


@dataclass(frozen=True, slots=True, eq=False)
class Linkage:
    """Which registrations are of one person.

    Parameters
    ----------
    pairs : pyarrow.Table
        Each pair that was joined, most probable first: ``left`` and ``right`` (patient ids,
        the earlier registration left), ``probability``, ``weight`` in bits, and the level of each
        comparison under its field, -1 where a value is missing.
    refused : pyarrow.Table
        The same of the pairs above the threshold that would have joined two groups of several
        registrations each, and were not sure enough for it.
    clusters : pyarrow.Table
        ``patient_id`` of every registration in the order of the register, and ``golden_id``, the
        patient id of the earliest registration of the same person: the one that stands first in
        the register.
    comparisons : tuple of Comparison
        How they were compared, with the weights that were used.
    params : LinkParams
        The thresholds.
    """

    pairs: pa.Table
    refused: pa.Table
    clusters: pa.Table
    comparisons: tuple[Comparison, ...]
    params: LinkParams

    @property
    def joined(self) -> pa.Table:
        """Return the registrations that are not the earliest of their person, as in clusters."""
        return self.clusters.filter(
            pc.not_equal(self.clusters["patient_id"], self.clusters["golden_id"])
        )

    def because(self, row: int) -> Message:
        """Say why the pair in this row was joined, without any value of it.

        Parameters
        ----------
        row : int
            Row of ``pairs``.

        Returns
        -------
        Message
            Which comparisons are the same, nearly the same, different and missing.
        """
        pair = self.pairs.slice(row, 1).to_pylist()[0]
        kinds: dict[str, list[Message]] = {"same": [], "near": [], "other": [], "missing": []}
        for each in self.comparisons:
            kinds[_kind(pair[each.field], len(each.levels) - 1)].append(each.name)
        return say(
            "Same: {same}. Nearly the same: {near}. Different: {other}. Missing: {missing}.",
            **{kind: tuple(names) or say("nothing") for kind, names in kinds.items()},
        )


def link(patients: pa.Table, params: LinkParams | None = None) -> Linkage:
    """Find the registrations that are of one person.

    Pairs that share one of several keys are compared field by field and weighed as Fellegi and
    Sunter do; those above the threshold are joined into groups. The register itself is not
    altered: the mapping is what is kept, and leaving it out undoes every merge.

    Parameters
    ----------
    patients : pyarrow.Table
        In the schema of the patient table; the earliest registration of a person first.
    params : LinkParams, optional
        Thresholds, sample and seed.

    Returns
    -------
    Linkage

    Raises
    ------
    InputError
        If a column is unknown, has another type or lacks a required value, or if a patient id
        stands in several rows.

    Examples
    --------
    >>> from datetime import date
    >>> same = {"family_name": "Roe", "birth_date": date(1950, 3, 7), "phone": "5550100"}
    >>> rows = [
    ...     same | {"patient_id": key, "given_name": given, "source": "made up"}
    ...     for key, given in (("P1", "Jane"), ("P2", "Tom"), ("P3", "Janne"))
    ... ]
    >>> linkage = link(pa.Table.from_pylist(rows))
    >>> linkage.clusters["golden_id"].to_pylist()
    ['P1', 'P2', 'P1']
    >>> print(linkage.because(0))
    Same: date of birth, family name, telephone number. Nearly the same: given name. Different: \
nothing. Missing: identifier, sex, address, district.

    References
    ----------
    Fellegi, I. P., Sunter, A. B. (1969). A theory for record linkage. Journal of the American
    Statistical Association 64(328):1183-1210.
    """
    params, register = params or LinkParams(), PATIENT.take(patients)
    ids = _unique(register["patient_id"])
    pairs, comparisons = _weighed(register, params)
    pairs = pairs.filter(pc.greater_equal(pairs["probability"], params.threshold))
    edges = [pairs[name].to_pylist() for name in ("n_l", "n_r", "probability")]
    first = grouped(len(ids), zip(*edges, strict=True), params.sure)
    clusters = pa.table({"patient_id": ids, "golden_id": ids.take(pa.array(first))})
    one = pa.array(first[pairs["n_l"].to_numpy()] == first[pairs["n_r"].to_numpy()])
    joined, refused = (_named(pairs.filter(rows), ids) for rows in (one, pc.invert(one)))
    return Linkage(joined, refused, clusters, comparisons, params)


def _unique(ids: pa.ChunkedArray) -> pa.Array:
    again = len(ids) - pc.count_distinct(ids).as_py()
    if again:
        what = say("{count} rows repeat the key of an earlier one", count=again)
        remedy = say("clean the records first")
        raise InputError(Fault(what, Where(PATIENT.name, column="patient_id"), remedy))
    return ids.combine_chunks()


def _weighed(register: pa.Table, params: LinkParams) -> tuple[pa.Table, tuple[Comparison, ...]]:
    n = max(2, register.num_rows)
    with registered(register) as connection:
        comparisons = learned(connection, n, params)
        pairs = candidates(connection, households=params.households)
        return scored(pairs, comparisons, chance(n, params)), comparisons


def _named(pairs: pa.Table, ids: pa.Array) -> pa.Table:
    order = [("probability", "descending"), ("n_l", "ascending"), ("n_r", "ascending")]
    pairs = pairs.sort_by(order)
    columns = {"left": ids.take(pairs["n_l"]), "right": ids.take(pairs["n_r"])}
    rest = ("probability", "weight", *(each.field for each in COMPARISONS))
    return pa.table(columns | {name: pairs[name] for name in rest})


def _kind(level: int, last: int) -> str:
    if level < 0:
        return "missing"
    return {0: "same", last: "other"}.get(level, "near")
