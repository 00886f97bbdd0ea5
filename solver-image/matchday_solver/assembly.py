"""Linear programmes in the making: variables and rows get numbers as they come.

They come in blocks. A programme that has the same blocks as an earlier one, but other members in
them, can begin where that one ended.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matchday_solver.instance import Floats, Longs
from matchday_solver.programme import UNLIMITED, Programme


@dataclass(frozen=True, slots=True)
class Point:
    """Where the solution of a programme ended."""

    values: Floats
    """(variables,)"""
    duals: Floats
    """(rows,) prices."""
    cost: float = 0.0
    """What the values cost."""


class Assembly:
    """Variables, which are at least 0, and rows, in whole numbers."""

    def __init__(self) -> None:
        self._cost, self._most = list[Longs](), list[Longs]()
        self._row, self._variable, self._number = list[Longs](), list[Longs](), list[Longs]()
        self._lower, self._upper = list[Longs](), list[Longs]()
        self.names = Names()

    def add_variables(
        self,
        number: int,
        cost: Longs | int = 0,
        most: Longs | int = UNLIMITED,
        names: Longs | None = None,
    ) -> Longs:
        """Numbers of a block of variables; `names`, ascending, are the same in another programme
        for the same members, by default their places in the block."""
        self._cost.append(_each(cost, number))
        self._most.append(_each(most, number))
        return self.names.variables.add(number, names)

    def add_rows(
        self,
        number: int,
        lower: Longs | int = -UNLIMITED,
        upper: Longs | int = UNLIMITED,
        names: Longs | None = None,
    ) -> Longs:
        """Numbers of a block of rows."""
        self._lower.append(_each(lower, number))
        self._upper.append(_each(upper, number))
        return self.names.rows.add(number, names)

    def enter(self, row: Longs, variable: Longs, number: Longs | int) -> None:
        """How often each of some variables counts in a row; an entry is told once."""
        self._row.append(row)
        self._variable.append(variable)
        self._number.append(_each(number, len(row)))

    def programme(self) -> Programme:
        """All of it."""
        return Programme(
            least=np.zeros(self.names.variables.size, np.int64),
            most=np.concatenate(self._most),
            cost=np.concatenate(self._cost),
            row=np.concatenate(self._row),
            column=np.concatenate(self._variable),
            number=np.concatenate(self._number),
            lower=np.concatenate(self._lower),
            upper=np.concatenate(self._upper),
        )


class Names:
    """The members of a programme's blocks of variables and of rows."""

    def __init__(self) -> None:
        self.variables, self.rows = _Blocks(), _Blocks()

    def beginning(self, earlier: "Names", end: Point) -> Point:
        """Where to begin if an earlier programme of such blocks ended there: at 0 what is new."""
        return Point(
            self.variables.carried(earlier.variables, end.values),
            self.rows.carried(earlier.rows, end.duals),
        )


class _Blocks:
    """Names of the members of blocks, block by block."""

    def __init__(self) -> None:
        self.size = 0
        self._names = list[Longs]()

    def add(self, number: int, names: Longs | None) -> Longs:
        """Numbers of the members of one more block."""
        self._names.append(np.arange(number) if names is None else names)
        self.size += number
        return np.arange(self.size - number, self.size)

    def carried(self, earlier: "_Blocks", values: Floats) -> Floats:
        """What members of the same names had."""
        pieces = earlier._split(values)
        blocks = zip(self._names, earlier._names, pieces, strict=True)
        return np.concatenate([_of_names(*block) for block in blocks])

    def _split(self, values: Floats) -> Iterator[Floats]:
        """Values of the members, block by block."""
        ends = np.cumsum([len(names) for names in self._names])
        yield from np.split(values, ends[:-1])


def _of_names(names: Longs, known: Longs, values: Floats) -> Floats:
    """Values by name; 0 for a name that is not known."""
    found = np.zeros(len(names))
    _, mine, theirs = np.intersect1d(names, known, assume_unique=True, return_indices=True)
    found[mine] = values[theirs]
    return found


def _each(value: Longs | int, number: int) -> Longs:
    return np.broadcast_to(np.asarray(value, np.int64), number)
