"""A small integer programme of yes-or-no variables, solved exactly and with every tie settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLOSE, _HALF = 1e-6, 0.5


class Programme:
    """Yes-or-no variables, bounds between them, and the lowest solution by several measures one after the other."""

    def __init__(self) -> None:
        self.size = 0
        self.rows: list[tuple[dict[int, float], float]] = []
        self.fixed: dict[int, int] = {}

    def binary(self) -> int:
        """A new variable."""
        self.size += 1
        return self.size - 1

    def at_most(self, variable: int, others: Sequence[int]) -> None:
        """A variable is yes only when at least one of the others is."""
        row = {variable: 1.0}
        for other in others:
            row[other] = row.get(other, 0.0) - 1.0
        self.rows.append((row, 0.0))

    def limit(self, weights: dict[int, float], most: float) -> None:
        """A weighted sum of variables stays at or below a bound."""
        self.rows.append((dict(weights), most))

    def exactly_one(self, variables: Sequence[int]) -> None:
        """One of the variables is yes."""
        self.limit(dict.fromkeys(variables, 1.0), 1)
        self.limit(dict.fromkeys(variables, -1.0), -1)

    def copy(self) -> Programme:
        """The same variables and bounds, to be solved without changing these."""
        other = Programme()
        other.size, other.rows, other.fixed = self.size, list(self.rows), dict(self.fixed)
        return other

    def must(self, variable: int) -> None:
        """A variable is yes."""
        self.fixed[variable] = 1

    def lowest(self, variables: Sequence[int], measures: Sequence[np.ndarray]) -> tuple[list[bool], bool]:
        """The solution that is lowest by the first measure, then by the next; then the first variables are yes.

        Args:
            variables: what is measured and given back.
            measures: one weight per variable each.

        Returns:
            Per variable whether it is yes, and whether the solver proved this lowest.

        Raises:
            ValueError: there is no solution.
        """
        optimal = True
        found = np.zeros(len(variables))
        for measure in measures:
            value, found, proved = self._minimum(variables, measure)
            optimal &= proved
            self.rows.append((dict(zip(variables, measure, strict=True)), value + _CLOSE))
        for number, variable in enumerate(variables):
            self.fixed[variable] = 1
            if found[number] > _HALF:
                continue
            try:  # another solution that is as low may have this one, and then it comes first
                found = self._minimum(variables, np.zeros(len(variables)))[1]
            except ValueError:
                self.fixed[variable] = 0
        return [bool(self.fixed[variable]) for variable in variables], optimal

    def _minimum(self, variables: Sequence[int], measure: np.ndarray) -> tuple[float, np.ndarray, bool]:
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import lil_array

        cost = np.zeros(self.size)
        cost[list(variables)] = measure
        matrix = lil_array((len(self.rows), self.size))
        for number, (row, _) in enumerate(self.rows):
            for variable, weight in row.items():
                matrix[number, variable] = weight
        low, high = np.zeros(self.size), np.ones(self.size)
        for variable, value in self.fixed.items():
            low[variable] = high[variable] = value
        limits = np.array([limit for _, limit in self.rows])
        constraint = LinearConstraint(matrix.tocsr(), ub=limits)
        solved = milp(cost, constraints=constraint, integrality=np.ones(self.size), bounds=Bounds(low, high))
        if solved.x is None:
            raise ValueError(solved.message)
        return float(solved.fun), np.round(solved.x[list(variables)]), solved.status == 0
