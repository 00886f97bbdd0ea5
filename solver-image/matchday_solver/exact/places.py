"""Terms of venues: tierMatch, homeVenue and region of each game, clubDays, fullEvenings."""

import numpy as np

from matchday_solver.exact.costs import Costs
from matchday_solver.instance import Longs


def games_at_venues(costs: Costs) -> None:
    """tierMatch, homeVenue and region: every game by itself."""
    instance, choice = costs.choice.instance, costs.choice
    for (a, b), rows in costs.by_pair(np.concatenate([costs.rows, costs.frozen])).items():
        by_venue = instance.pair_cost(a, b) + instance.venue_cost(a, b)
        for row, cost in zip(
            rows.tolist(), by_venue[choice.table.venue[rows]].tolist(), strict=True
        ):
            if choice.table.frozen[row]:
                costs.constant += cost
            elif cost:
                costs.add(choice.chosen[row], cost)


def club_days(costs: Costs) -> None:
    """A date and venue with a club's teams."""
    weight, instance = costs.choice.instance.weights.club_days, costs.choice.instance
    if not weight:
        return
    costs.constant += weight * len(_frozen_club_days(costs))
    of_team = costs.by_team(costs.rows)
    for members in instance.teams.club_teams:
        mine = [of_team[t] for t in members.tolist() if t in of_team]
        if mine:
            for _, _, rows in costs.by_venue_date(np.unique(np.concatenate(mine))):
                _opened(costs, rows, [np.intersect1d(rows, part) for part in mine], weight)


def _opened(costs: Costs, rows: Longs, of_teams: list[Longs], weight: int) -> None:
    """The club is there with any of its games; of one team at most one, but for doubleheaders."""
    there = costs.flag(weight)
    if costs.choice.instance.limits.max_doubleheaders:
        for game in costs.literals(rows):
            costs.choice.model.add_implication(game, there)
        return
    for part in of_teams:
        if len(part):
            costs.choice.model.add_at_most_one([*costs.literals(part), there.negated()])


def _frozen_club_days(costs: Costs) -> set[tuple[int, int, int]]:
    table, club = costs.choice.table, costs.choice.instance.teams.club
    return {
        (int(club[team]), int(costs.choice.date[row]), int(table.venue[row]))
        for row in costs.frozen.tolist()
        for team in (table.home[row], table.away[row])
        if club[team] >= 0
    }


def full_evenings(costs: Costs) -> None:
    """A start without a game at a venue that has games on a weekday."""
    instance = costs.choice.instance
    weight, cal = instance.weights.full_evenings, instance.calendar
    if not weight:
        return
    for venue, date, rows in costs.by_venue_date(costs.rows):
        slots = np.arange(cal.date_slots[date], cal.date_slots[date + 1])
        slots = slots[instance.venues.offered[slots, venue]]
        if cal.weekday[date] < 5 and len(slots):
            _idle_starts(costs, rows, slots, weight)
    for venue, date, rows in costs.by_venue_date(costs.frozen):
        slots = np.arange(cal.date_slots[date], cal.date_slots[date + 1])
        slots = slots[instance.venues.offered[slots, venue]]
        if cal.weekday[date] < 5:
            costs.constant += weight * sum(not len(_busy(costs, rows, k)) for k in slots.tolist())


def _idle_starts(costs: Costs, rows: Longs, slots: Longs, weight: int) -> None:
    opened = costs.choice.model.new_bool_var("")
    for game in costs.literals(rows):
        costs.choice.model.add_implication(game, opened)
    for k in slots.tolist():
        idle = costs.flag(weight)
        costs.choice.model.add_bool_or(
            [opened.negated(), idle, *costs.literals(_busy(costs, rows, k))]
        )


def _busy(costs: Costs, rows: Longs, slot: int) -> Longs:
    """Rows whose games are in progress at a slot."""
    table, cover = costs.choice.table, costs.choice.instance.calendar.cover
    begun = table.slot[rows]
    return rows[(begun <= slot) & (cover[begun, table.length[rows]] > slot)]
