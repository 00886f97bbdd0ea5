"""What the prices of a model's linear relaxation prove, by hand and against optima."""

import threading

from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from matchday_solver.bounds.prices import least_cost, priced
from matchday_solver.programme import programme_of

Row = tuple[list[int], int, int]
"""Numbers of the variables, and the least and the most of their sum."""
NUMBER = st.integers(-3, 3)
ROWS = st.lists(st.tuples(st.lists(NUMBER, min_size=3, max_size=3), NUMBER, st.integers(0, 4)))


def bound(model: cp_model.CpModel) -> int:
    return least_cost(programme_of(model), 10.0, threading.Event())


def test_rows_and_at_most_ones_are_counted() -> None:
    """Of three games two must be; the first two exclude each other."""
    model = cp_model.CpModel()
    games = [model.new_bool_var("") for _ in range(3)]
    model.add(cp_model.LinearExpr.sum(games) >= 2)
    model.add_at_most_one(games[:2])
    model.minimize(10 * games[0] + 20 * games[1] + 70 * games[2] + 5)
    assert bound(model) == 85


def test_what_holds_only_under_a_condition_is_left_out() -> None:
    model = cp_model.CpModel()
    game, condition = model.new_bool_var(""), model.new_bool_var("")
    model.add(game >= 1).only_enforce_if(condition)
    model.minimize(10 * game)
    assert bound(model) == 0


def test_a_variable_may_be_negated_in_an_at_most_one() -> None:
    """The second game needs the first."""
    model = cp_model.CpModel()
    first, second = model.new_bool_var(""), model.new_bool_var("")
    model.add_at_most_one(~first, second)
    model.add(second >= 1)
    model.minimize(10 * first + 20 * second)
    assert bound(model) == 30


def test_what_fractions_cost_is_rounded_up() -> None:
    model = cp_model.CpModel()
    units = model.new_int_var(0, 10_000, "")
    model.add(3 * units >= 10)
    model.minimize(units)
    assert bound(model) == 4


@settings(max_examples=60, deadline=None)
@given(ROWS, st.lists(NUMBER, min_size=3, max_size=3))
def test_no_solution_costs_less(rows: list[Row], costs: list[int]) -> None:
    model = cp_model.CpModel()
    variables = [model.new_int_var(-2, 3, "") for _ in range(3)]
    for numbers, least, width in rows:
        model.add_linear_constraint(
            cp_model.LinearExpr.weighted_sum(variables, numbers), least, least + width
        )
    model.minimize(cp_model.LinearExpr.weighted_sum(variables, costs))
    solver = cp_model.CpSolver()
    if solver.solve(model) == cp_model.OPTIMAL:
        assert bound(model) <= solver.objective_value


def test_what_is_too_dear_is_at_its_least() -> None:
    model = cp_model.CpModel()
    cheap, dear = model.new_int_var(0, 2, ""), model.new_bool_var("")
    model.add(cheap + dear >= 1)
    model.minimize(10 * cheap + 25 * dear)
    prices = priced(programme_of(model), 10.0, threading.Event())
    assert prices.idle(25).tolist() == [False, True]
    assert prices.idle(36).tolist() == [False, False]


@settings(max_examples=60, deadline=None)
@given(ROWS, st.lists(NUMBER, min_size=3, max_size=3), st.integers(1, 3))
def test_no_solution_that_is_cheap_enough_has_more_of_what_is_idle(
    rows: list[Row], costs: list[int], beyond: int
) -> None:
    model = cp_model.CpModel()
    variables = [model.new_int_var(-2, 3, "") for _ in range(3)]
    for numbers, least, width in rows:
        model.add_linear_constraint(
            cp_model.LinearExpr.weighted_sum(variables, numbers), least, least + width
        )
    cost = cp_model.LinearExpr.weighted_sum(variables, costs)
    model.minimize(cost)
    solver = cp_model.CpSolver()
    if solver.solve(model) != cp_model.OPTIMAL:
        return
    end = round(solver.objective_value) + beyond
    idle = priced(programme_of(model), 10.0, threading.Event()).idle(end)
    model.add(cost < end)
    for variable, is_idle in zip(variables, idle.tolist(), strict=True):
        if is_idle:
            model.maximize(variable)
            assert solver.solve(model) == cp_model.OPTIMAL
            assert solver.value(variable) == -2


def test_what_is_asked_of_literals_is_counted() -> None:
    """The first game or the second, exactly one of the second and third; each needs the fourth."""
    model = cp_model.CpModel()
    one, two, three, four = (model.new_bool_var("") for _ in range(4))
    model.add_bool_or(one, two)
    model.add_exactly_one(two, ~three)
    model.add_implication(one, four)
    model.add_implication(two, four)
    model.minimize(90 * one + 10 * two + 20 * three + 5 * four)
    assert bound(model) == 35
