"""The dates of a team, or of a pair's meetings, as a path: one unit of flow, from each to the next.

A path is in whole numbers by itself, and each step costs what its two dates cost together: a
rematch that comes too soon, and soft windows for one game. In sums over windows parts of games cost
far less than whole ones do.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping

from ortools.sat.python import cp_model

from matchday_solver.bounds.windows import windows_with
from matchday_solver.exact.costs import Costs
from matchday_solver.instance import Instance

Price = Callable[[int, int], int]
"""What it costs that there is no game between two dates; -1 and the number of dates stand for the
beginning and the end."""

Dates = Mapping[int, cp_model.IntVar]
"""Whether there is a game on each of some dates."""


def add_path(costs: Costs, there: Dates, price: Price, *, is_certain: bool) -> None:
    """Follow the dates on which there is a game; `is_certain` where there is one at least."""
    model, dates = costs.choice.model, sorted(there)
    end = len(costs.choice.instance.calendar.dates)
    first = {date: costs.flag(price(-1, date)) for date in dates}
    into = {date: [begin] for date, begin in first.items()}
    out = defaultdict[int, list[cp_model.IntVar]](list)
    for n, date in enumerate(dates):
        out[date].append(costs.flag(price(date, end)))
        for later in dates[n + 1 :]:
            step = costs.flag(price(date, later))
            out[date].append(step)
            into[later].append(step)
    for date in dates:
        model.add_exactly_one([*into[date], there[date].negated()])
        model.add_exactly_one([*out[date], there[date].negated()])
    if is_certain:
        model.add_exactly_one(first.values())
    else:
        model.add_at_most_one(first.values())


def price_of_windows(instance: Instance) -> Price:
    """What a team's dates cost by the soft windows for one game.

    A window without a game lies between two dates that follow each other. Of the games in one all
    but the first are too many: there are as many as pairs of dates that follow each other in it.
    """
    windows, end = instance.limits.windows, len(instance.calendar.dates)
    few = [(days, w) for days, games, w, _ in windows.min_soft.tolist() if games == 1]
    many = [(days, w) for days, games, w, _ in windows.max_soft.tolist() if games == 1]

    def price(date: int, later: int) -> int:
        cost: int = sum(weight * max(0, later - date - days) for days, weight in few)
        if date < 0 or later >= end:
            return cost
        for days, weight in many:
            holding = min(date, end - days) - max(0, later - days + 1) + 1
            cost += weight * max(0, holding)
        return cost

    return price


def price_of_rematches(instance: Instance) -> Price:
    """What a pair's meetings cost that come too soon."""
    weights, end = instance.weights, len(instance.calendar.dates)

    def price(date: int, later: int) -> int:
        is_soon = date >= 0 and later < end and later - date < weights.rematch_days
        return weights.rematch_gap if is_soon else 0

    return price


def together(*prices: Price) -> Price:
    """What dates cost by all of several prices."""
    return lambda date, later: sum(price(date, later) for price in prices)


def has_windows(instance: Instance) -> bool:
    """Whether there are soft windows for one game."""
    windows = instance.limits.windows
    return bool((windows.max_soft[:, 1] == 1).any() or (windows.min_soft[:, 1] == 1).any())


def price_of_doubleheader(instance: Instance, date: int) -> int:
    """What a second game on a date costs by soft windows for one game."""
    dates, windows = len(instance.calendar.dates), instance.limits.windows.max_soft.tolist()
    return sum(int(w * windows_with(dates, days)[date]) for days, games, w, _ in windows
               if games == 1)  # fmt: skip
