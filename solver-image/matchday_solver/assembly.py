"""Linear programmes in the making: variables and rows get numbers as they come."""

import numpy as np

from matchday_solver.instance import Longs
from matchday_solver.programme import UNLIMITED, Programme


class Assembly:
    """Variables, which are at least 0, and rows, in whole numbers."""

    def __init__(self) -> None:
        self._cost, self._most = list[Longs](), list[Longs]()
        self._row, self._variable, self._number = list[Longs](), list[Longs](), list[Longs]()
        self._lower, self._upper = list[Longs](), list[Longs]()
        self._variables, self._rows = 0, 0

    def add_variables(
        self, number: int, cost: Longs | int = 0, most: Longs | int = UNLIMITED
    ) -> Longs:
        """Numbers of so many more variables."""
        self._cost.append(_each(cost, number))
        self._most.append(_each(most, number))
        self._variables += number
        return np.arange(self._variables - number, self._variables)

    def add_rows(
        self, number: int, lower: Longs | int = -UNLIMITED, upper: Longs | int = UNLIMITED
    ) -> Longs:
        """Numbers of so many more rows."""
        self._lower.append(_each(lower, number))
        self._upper.append(_each(upper, number))
        self._rows += number
        return np.arange(self._rows - number, self._rows)

    def enter(self, row: Longs, variable: Longs, number: Longs | int) -> None:
        """How often each of some variables counts in a row; an entry is told once."""
        self._row.append(row)
        self._variable.append(variable)
        self._number.append(_each(number, len(row)))

    def programme(self) -> Programme:
        """All of it."""
        return Programme(
            least=np.zeros(self._variables, np.int64),
            most=np.concatenate(self._most),
            cost=np.concatenate(self._cost),
            row=np.concatenate(self._row),
            column=np.concatenate(self._variable),
            number=np.concatenate(self._number),
            lower=np.concatenate(self._lower),
            upper=np.concatenate(self._upper),
        )


def _each(value: Longs | int, number: int) -> Longs:
    return np.broadcast_to(np.asarray(value, np.int64), number)
