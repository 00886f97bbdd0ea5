"""Linear programmes as arrays, and how OR-Tools takes them at once.

Row by row, as its classes for models do it, takes many times as long.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from ortools.math_opt import model_pb2
from ortools.sat.python import cp_model

from matchday_solver.instance import Longs

UNLIMITED = 10**15
"""A side of a row that is none: this and beyond, or its negative."""

Row = tuple[list[int], list[int], int, int]
"""Variables and their numbers, and the least and the most that their sum may be."""


@dataclass(frozen=True, slots=True)
class Programme:
    """What is to be minimised, in whole numbers; an entry is there once."""

    least: Longs
    most: Longs
    """(variables,) between which each is."""
    cost: Longs
    """(variables,)"""
    row: Longs
    column: Longs
    number: Longs
    """(entries,)"""
    lower: Longs
    upper: Longs
    """(rows,) between which each sum is."""
    constant: int = 0
    """What is to be paid in any case."""

    def without_empty_rows(self) -> "Programme":
        """The same without rows that have no entry, which cost an engine more time than all
        others; those may not be broken."""
        used, row = np.unique(self.row, return_inverse=True)
        return replace(self, row=row, lower=self.lower[used], upper=self.upper[used])


def programme_of(model: cp_model.CpModel) -> Programme:
    """The rows, costs, and whatever is asked of literals of a model.

    A constraint of another kind, or a row that only holds under a condition, is left out, so the
    programme may allow more than the model.
    """
    proto = model.proto
    domains = [list(variable.domain) for variable in proto.variables]
    cost = np.zeros(len(domains), np.int64)
    np.add.at(cost, list(proto.objective.vars), list(proto.objective.coeffs))
    rows = list(_rows(model))
    entries = [
        (row * len(domains) + column, number)
        for row, (columns, numbers, _, _) in enumerate(rows)
        for column, number in zip(columns, numbers, strict=True)
    ]
    place, each = np.array(entries, np.int64).reshape(-1, 2).T
    once, same = np.unique(place, return_inverse=True)
    number = np.zeros(len(once), np.int64)
    np.add.at(number, same, each)
    return Programme(
        least=np.array([domain[0] for domain in domains], np.int64),
        most=np.array([domain[-1] for domain in domains], np.int64),
        cost=cost,
        row=once // len(domains),
        column=once % len(domains),
        number=number,
        lower=np.array([max(-UNLIMITED, row[2]) for row in rows], np.int64),
        upper=np.array([min(UNLIMITED, row[3]) for row in rows], np.int64),
        constant=int(proto.objective.offset),
    )


def _rows(model: cp_model.CpModel) -> Iterator[Row]:
    for constraint in model.proto.constraints:
        condition = [~literal for literal in constraint.enforcement_literal]
        if constraint.has_bool_and():
            for literal in constraint.bool_and.literals:
                yield _literals([*condition, literal], 1, UNLIMITED)
        elif constraint.has_bool_or():
            yield _literals([*condition, *constraint.bool_or.literals], 1, UNLIMITED)
        elif condition:
            continue
        elif constraint.has_linear():
            lower, *_, upper = constraint.linear.domain
            yield list(constraint.linear.vars), list(constraint.linear.coeffs), lower, upper
        elif constraint.has_at_most_one():
            yield _literals(constraint.at_most_one.literals, -UNLIMITED, 1)
        elif constraint.has_exactly_one():
            yield _literals(constraint.exactly_one.literals, 1, 1)


def _literals(literals: Sequence[int], least: int, most: int) -> Row:
    """How many are true; a negated variable, which the model writes as a negative number, counts
    as 1 less it."""
    variables = [literal if literal >= 0 else ~literal for literal in literals]
    signs = [1 if literal >= 0 else -1 for literal in literals]
    lower, upper = (
        side if abs(side) >= UNLIMITED else side - signs.count(-1) for side in (least, most)
    )
    return variables, signs, lower, upper


def proto_of(programme: Programme, *, whole: bool = False) -> model_pb2.ModelProto:
    """The same for OR-Tools; variables are `whole` numbers or may be fractions."""
    model, variables = model_pb2.ModelProto(), len(programme.cost)
    model.variables.ids.extend(range(variables))
    model.variables.lower_bounds.extend(programme.least.tolist())
    model.variables.upper_bounds.extend(programme.most.tolist())
    model.variables.integers.extend([whole] * variables)
    costly = np.flatnonzero(programme.cost)
    model.objective.linear_coefficients.ids.extend(costly.tolist())
    model.objective.linear_coefficients.values.extend(programme.cost[costly].tolist())
    model.objective.offset = programme.constant
    lower = np.where(programme.lower <= -UNLIMITED, -np.inf, programme.lower)
    upper = np.where(programme.upper >= UNLIMITED, np.inf, programme.upper)
    model.linear_constraints.ids.extend(range(len(lower)))
    model.linear_constraints.lower_bounds.extend(lower.tolist())
    model.linear_constraints.upper_bounds.extend(upper.tolist())
    order = np.lexsort((programme.column, programme.row))
    model.linear_constraint_matrix.row_ids.extend(programme.row[order].tolist())
    model.linear_constraint_matrix.column_ids.extend(programme.column[order].tolist())
    model.linear_constraint_matrix.coefficients.extend(programme.number[order].tolist())
    return model
