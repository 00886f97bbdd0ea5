"""The soft terms of a choice among candidate games, gathered as one objective."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.choice.model import Choice, Group, grouped
from matchday_solver.exact.presence import Presence
from matchday_solver.instance import Longs


@dataclass
class Costs:
    """The objective in the making; every term adds what it costs."""

    presence: Presence
    constant: int = 0
    _terms: list[tuple[cp_model.IntVar, int]] = field(default_factory=list)

    @property
    def choice(self) -> Choice:
        """The choice among candidate games."""
        return self.presence.choice

    @cached_property
    def rows(self) -> Longs:
        """All rows but those of frozen games."""
        return np.flatnonzero(~self.choice.table.frozen)

    @cached_property
    def frozen(self) -> Longs:
        """The rows of frozen games."""
        return np.flatnonzero(self.choice.table.frozen)

    @cached_property
    def there(self) -> dict[tuple[int, int], list[cp_model.IntVar]]:
        """By venue and date, where there can be any: whether each team plays there."""
        found = defaultdict[tuple[int, int], list[cp_model.IntVar]](list)
        for (_, date, venue), at in self.presence.at.items():
            found[venue, date].append(at)
        return found

    def add(self, variable: cp_model.IntVar, cost: int) -> None:
        """What one unit of a variable costs."""
        self._terms.append((variable, cost))

    def flag(self, cost: int) -> cp_model.IntVar:
        """A new boolean that costs so much."""
        variable = self.choice.model.new_bool_var("")
        self.add(variable, cost)
        return variable

    def units(self, most: int, cost: int) -> cp_model.IntVar:
        """A new number of units from 0, each at a cost."""
        variable = self.choice.model.new_int_var(0, max(0, most), "")
        self.add(variable, cost)
        return variable

    def by_team(self, rows: Longs) -> dict[int, Longs]:
        """Those of the rows that each team is in."""
        table = self.choice.table
        teams = np.concatenate([table.home[rows], table.away[rows]]).astype(np.int64)
        return dict(grouped(teams, np.concatenate([rows, rows])))

    def by_date(self, rows: Longs) -> Iterator[Group]:
        """Rows of each date."""
        return grouped(self.choice.date[rows], rows)

    def by_venue_date(self, rows: Longs) -> Iterator[tuple[int, int, Longs]]:
        """Venue, date and their rows."""
        venues = len(self.choice.instance.venues.names)
        keys = self.choice.date[rows] * venues + self.choice.table.venue[rows]
        for key, mine in grouped(keys, rows):
            yield key % venues, key // venues, mine

    def any_of(self, literals: Sequence[cp_model.IntVar], cost: int) -> cp_model.IntVar:
        """Whether any of some literals is true, which costs so much; it may be true for none."""
        if len(literals) == 1:
            self.add(literals[0], cost)
            return literals[0]
        found = self.flag(cost)
        for literal in literals:
            self.choice.model.add_implication(literal, found)
        return found

    def literals(self, rows: Longs) -> list[cp_model.IntVar]:
        """Whether each row is chosen."""
        return self.choice.literals(rows)

    def expression(self) -> cp_model.LinearExprT:
        """What is to be minimised."""
        total = defaultdict[int, int](int)
        variables: dict[int, cp_model.IntVar] = {}
        for variable, cost in self._terms:
            variables[variable.index] = variable
            total[variable.index] += cost
        chosen = [variables[index] for index in total]
        return cp_model.LinearExpr.weighted_sum(chosen, list(total.values())) + self.constant


def pairs_within(dates: Iterable[int], days: int) -> Iterator[tuple[int, int]]:
    """Dates and later ones less than so many days after them."""
    ordered = sorted(dates)
    for n, date in enumerate(ordered):
        for later in ordered[n + 1 :]:
            if later - date >= days:
                break
            yield date, later
