"""A programme that stays in the solver, is changed there, and is solved again from where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np
from scipy import sparse

from salus.allocate.lp.answer import read_answer, with_known_point, write_basis
from salus.allocate.lp.program import LinearProgram, Sense
from salus.allocate.lp.ranges import read_ranges
from salus.allocate.lp.run import Method, proof, ray, run
from salus.allocate.lp.solution import Status
from salus.allocate.lp.start import Start
from salus.allocate.lp.stop import Stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from salus.allocate.lp.program import Floats
    from salus.allocate.lp.ranges import Ranges
    from salus.allocate.lp.solution import LinearSolution

SENSES = {Sense.MIN: highspy.ObjSense.kMinimize, Sense.MAX: highspy.ObjSense.kMaximize}
UNLIMITED, FROM_THE_LAST = Stop(), Start()


class Engine:
    """A linear programme in HiGHS, for column generation, one objective after another, what-if.

    Each solve begins where the last one ended. Rows and columns are told by their number, in the
    order in which they were added.

    Parameters
    ----------
    program : LinearProgram
        What to solve first.
    over : callable, optional
        Tells whether a solve is to end, as by a limit of time; asked at its steps.

    References
    ----------
    Huangfu and Hall (2018), Parallelizing the dual revised simplex method.

    Examples
    --------
    Two products and three plants (Hillier and Lieberman 1967); then one more hour in the third.

    >>> plants = ([[1, 0], [0, 2], [3, 2]], [-np.inf] * 3, [4, 12, 18])
    >>> engine = Engine(LinearProgram([3, 5], *plants, [0, 0], [np.inf] * 2, sense=Sense.MAX))
    >>> engine.solve().objective
    36.0
    >>> engine.change_row_sides([2], [-np.inf], [19])
    >>> engine.solve().objective
    37.0
    >>> engine.add_columns([9], [0], [1], [[1], [0], [0]])
    >>> engine.solve().x.round(3).tolist()
    [2.333, 6.0, 1.0]
    """

    def __init__(self, program: LinearProgram, *, over: Callable[[], bool] | None = None) -> None:
        self._highs = highspy.Highs()
        self._highs.silent()
        if over is not None:
            for asked in (self._highs.cbSimplexInterrupt, self._highs.cbMipInterrupt):
                asked.subscribe(lambda step: step.interrupt() if over() else None)
        # The default drops coefficients below 1e-9, which a badly scaled programme means.
        self._highs.setOptionValue("small_matrix_value", 1e-12)
        self._sense = program.sense
        self._last: Floats | None = None
        self._integral = program.integral
        _pass(self._highs, program)

    @property
    def program(self) -> LinearProgram:
        """The programme as it now stands, without names."""
        m, n = self._highs.getNumRow(), self._highs.getNumCol()
        columns = np.arange(n, dtype=np.int32)
        _, _, c, lower, upper, filled = self._highs.getCols(n, columns)
        _, _, row_lower, row_upper, _ = self._highs.getRows(m, np.arange(m, dtype=np.int32))
        _, begin, index, value = self._highs.getColsEntries(n, columns)
        return LinearProgram(
            c,
            sparse.csc_array((value, index, np.append(begin, filled)), shape=(m, n)),
            row_lower[:m],  # the binding makes one number of none
            row_upper[:m],
            lower,
            upper,
            self._sense,
            integral=self._integral,
            offset=self._highs.getObjectiveOffset()[1],
        )

    def solve(
        self,
        stop: Stop = UNLIMITED,
        start: Start = FROM_THE_LAST,
        by: Method = Method.SIMPLEX,
        *,
        basis: bool = True,
    ) -> LinearSolution:
        """Solve the programme as it now stands.

        Parameters
        ----------
        stop : Stop
            Limits of this solve.
        start : Start
            Where to begin; by default, where the last solve ended.
        by : Method
            How to solve. Through the interior, it begins anew, which is sooner done where
            many rows hang together; not used where variables must be whole numbers.
        basis : bool
            Whether the solution is to tell its basis, which takes its time where there are many
            variables.

        Returns
        -------
        LinearSolution
            Infeasible and unbounded programmes, and solves that a limit ended, are statuses,
            not errors.

        Raises
        ------
        ValueError
            If the start does not fit the programme.
        """
        whole = self._integral is not None
        self._begin(start, whole=whole)
        status = run(self._highs, stop, whole=whole, by=by)
        solution = read_answer(self._highs, status, lambda: self.program, whole=whole, basis=basis)
        if status is Status.TIME_LIMIT and solution.x is None:
            solution = with_known_point(solution, self.program, (start.x, self._last))
        self._last = solution.x if whole else None
        return solution

    def ray(self) -> Floats | None:
        """Read a direction along which the programme improves for ever, after ``UNBOUNDED``.

        Returns
        -------
        ndarray, shape (n,), or None
            ``None`` where the solver has none; programmes with integers have none.
        """
        return ray(self._highs) if self._integral is None else None

    def proof(self) -> Floats | None:
        """Read the weights of the rows that prove ``INFEASIBLE`` (Farkas 1902).

        Returns
        -------
        ndarray, shape (m,), or None
            ``None`` where the solver has none; programmes with integers have none.
        """
        return proof(self._highs) if self._integral is None else None

    def ranges(self, solution: LinearSolution) -> Ranges | None:
        """Tell how far each cost and each side may move before the last solution changes.

        Parameters
        ----------
        solution : LinearSolution
            What the last solve found; nothing was changed since.

        Returns
        -------
        Ranges or None
            ``None`` unless it was ``OPTIMAL``; programmes with integers have none.
        """
        if solution.status is not Status.OPTIMAL or self._integral is not None:
            return None
        return read_ranges(self._highs, self.program, solution)

    def _begin(self, start: Start, *, whole: bool) -> None:
        x = start.x if start.x is not None else self._last
        n = self._highs.getNumCol()
        if start.x is not None and np.shape(start.x) != (n,):
            message = f"x of the start must have shape ({n},), but has {np.shape(start.x)}"
            raise ValueError(message)
        if start.basis is not None and not whole:
            wanted = (n, self._highs.getNumRow())
            given = (start.basis.columns.size, start.basis.rows.size)
            if given != wanted:
                message = f"the basis must have {wanted} columns and rows, but has {given}"
                raise ValueError(message)
            self._highs.setBasis(write_basis(start.basis))
        elif x is not None:
            known = np.asarray(x, dtype=np.float64)
            self._highs.setSolution(known.size, np.arange(known.size, dtype=np.int32), known)

    def add_columns(
        self,
        cost: ArrayLike,
        lower: ArrayLike,
        upper: ArrayLike,
        matrix: sparse.csc_array | ArrayLike,
    ) -> None:
        """Add k variables, none of which must be a whole number.

        Parameters
        ----------
        cost, lower, upper : array_like, shape (k,)
            Objective and bounds of each.
        matrix : scipy sparse array or array_like, shape (m, k)
            Coefficients in the rows that there are.

        Raises
        ------
        ValueError
            If a shape does not fit or a number is impossible; everything is named.
        """
        m = self._highs.getNumRow()
        new = LinearProgram(
            _floats(cost),
            matrix,
            np.full(m, -np.inf),
            np.full(m, np.inf),
            _floats(lower),
            _floats(upper),
        )
        a = new.matrix
        self._highs.addCols(
            new.c.size, new.c, new.lower, new.upper, a.nnz, a.indptr, a.indices, a.data
        )
        if self._integral is not None:
            self._integral = np.append(self._integral, np.zeros(new.c.size, bool))

    def add_rows(
        self, lower: ArrayLike, upper: ArrayLike, matrix: sparse.csr_array | ArrayLike
    ) -> None:
        """Add k rows.

        Parameters
        ----------
        lower, upper : array_like, shape (k,)
            Sides of each.
        matrix : scipy sparse array or array_like, shape (k, n)
            Coefficients of the variables that there are.

        Raises
        ------
        ValueError
            If a shape does not fit or a number is impossible; everything is named.
        """
        n = self._highs.getNumCol()
        free = (np.full(n, -np.inf), np.full(n, np.inf))
        new = LinearProgram(np.zeros(n), matrix, _floats(lower), _floats(upper), *free)
        a, count = sparse.csr_array(new.matrix), new.row_lower.size
        self._highs.addRows(count, new.row_lower, new.row_upper, a.nnz, a.indptr, a.indices, a.data)

    def change_cost(self, columns: ArrayLike, cost: ArrayLike) -> None:
        """Change the objective of some variables.

        Parameters
        ----------
        columns : array_like of int, shape (k,)
            Which ones, each once.
        cost : array_like, shape (k,)
            Their new objective, finite.

        Raises
        ------
        ValueError
            If a number of a variable or a cost is impossible; everything is named.
        """
        which, new = _numbers(columns), _floats(cost)
        _refuse(
            *_faults("columns", which, self._highs.getNumCol(), new),
            *([] if np.isfinite(new).all() else ["cost must be finite"]),
        )
        self._highs.changeColsCost(which.size, which, new)

    def change_bounds(self, columns: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> None:
        """Change both bounds of some variables.

        Parameters
        ----------
        columns : array_like of int, shape (k,)
            Which ones, each once.
        lower, upper : array_like, shape (k,)
            Their new bounds.

        Raises
        ------
        ValueError
            If a number of a variable or a bound is impossible; everything is named.
        """
        which, low, high = _numbers(columns), _floats(lower), _floats(upper)
        _refuse(
            *_faults("columns", which, self._highs.getNumCol(), low, high), *_crossed(low, high)
        )
        self._highs.changeColsBounds(which.size, which, low, high)

    def change_integrality(self, whole: ArrayLike) -> None:
        """Change which variables must be whole numbers.

        Parameters
        ----------
        whole : array_like of bool, shape (n,)
            Which ones, of all.

        Raises
        ------
        ValueError
            If the shape does not fit.
        """
        flags, n = np.asarray(whole, np.bool_), self._highs.getNumCol()
        if flags.shape != (n,):
            _refuse(f"whole must have shape ({n},), but has {flags.shape}")
        self._integral = flags if flags.any() else None
        self._highs.changeColsIntegrality(n, np.arange(n, dtype=np.int32), flags.astype(np.uint8))

    def change_row_sides(self, rows: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> None:
        """Change both sides of some rows.

        Parameters
        ----------
        rows : array_like of int, shape (k,)
            Which ones, each once.
        lower, upper : array_like, shape (k,)
            Their new sides.

        Raises
        ------
        ValueError
            If a number of a row or a side is impossible; everything is named.
        """
        which, low, high = _numbers(rows), _floats(lower), _floats(upper)
        _refuse(*_faults("rows", which, self._highs.getNumRow(), low, high), *_crossed(low, high))
        self._highs.changeRowsBounds(which.size, which, low, high)


def _pass(highs: highspy.Highs, program: LinearProgram) -> None:
    a = program.matrix
    m, n = a.shape
    highs.passModel(
        n,
        m,
        a.nnz,
        highspy.MatrixFormat.kColwise.value,
        SENSES[program.sense].value,
        program.offset,
        program.c,
        program.lower,
        program.upper,
        program.row_lower,
        program.row_upper,
        a.indptr,
        a.indices,
        a.data,
        # The binding reads n numbers, also where there are none.
        np.zeros(n, np.int32) if program.integral is None else program.integral.astype(np.int32),
    )


def _numbers(which: ArrayLike) -> NDArray[np.int32]:
    return np.asarray(which, dtype=np.int32)


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)


def _refuse(*faults: str) -> None:
    if faults:
        raise ValueError("; ".join(faults))


def _faults(name: str, which: NDArray[np.int32], count: int, *values: Floats) -> list[str]:
    faults = []
    if which.size and not (which.min() >= 0 and which.max() < count):
        faults.append(f"{name} must be numbers from 0 to {count - 1}, but reach {which.max()}")
    if np.unique(which).size != which.size:
        faults.append(f"{name} must be named once each")
    if any(value.shape != which.shape for value in values):
        shapes = ", ".join(str(value.shape) for value in values)
        faults.append(f"values must have shape {which.shape} like {name}, but have {shapes}")
    return faults


def _crossed(low: Floats, high: Floats) -> list[str]:
    if low.shape != high.shape or ((low <= high) & (low < np.inf) & (high > -np.inf)).all():
        return []
    return ["lower must not exceed upper, and neither be NaN"]
