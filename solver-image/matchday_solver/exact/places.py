"""Terms of venues: tierMatch, homeVenue and region of each game, clubDays, fullEvenings."""

from collections import defaultdict

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.exact.costs import Costs
from matchday_solver.instance import Longs


def games_at_venues(costs: Costs) -> None:
    """tierMatch, homeVenue and region: every game by itself."""
    instance, choice = costs.choice.instance, costs.choice
    teams = len(instance.teams.names)
    for pair, rows in choice.by_pair:
        a, b = divmod(pair, teams)
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
    weight, club = costs.choice.instance.weights.club_days, costs.choice.instance.teams.club
    if not weight:
        return
    costs.constant += weight * len(_frozen_club_days(costs))
    there = defaultdict[tuple[int, int, int], list[cp_model.IntVar]](list)
    for (team, date, venue), at in costs.presence.at.items():
        if club[team] >= 0:
            there[int(club[team]), date, venue].append(at)
    for teams in there.values():
        costs.any_of(teams, weight)


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
    weight, cal = costs.choice.instance.weights.full_evenings, costs.choice.instance.calendar
    if not weight:
        return
    for venue, date, rows in costs.by_venue_date(costs.rows):
        if cal.weekday[date] < 5:
            opened = costs.any_of(costs.there[venue, date], 0)
            for slot in _offered(costs, venue, date):
                busy = costs.literals(_busy(costs, rows, slot))
                costs.choice.model.add_bool_or([opened.negated(), costs.flag(weight), *busy])
    for venue, date, rows in costs.by_venue_date(costs.frozen):
        if cal.weekday[date] < 5:
            slots = _offered(costs, venue, date)
            costs.constant += weight * sum(not len(_busy(costs, rows, k)) for k in slots)


def _offered(costs: Costs, venue: int, date: int) -> list[int]:
    """Starts that a venue offers on a date."""
    instance = costs.choice.instance
    cal = instance.calendar
    slots = np.arange(cal.date_slots[date], cal.date_slots[date + 1])
    return [int(slot) for slot in slots[instance.venues.offered[slots, venue]]]


def _busy(costs: Costs, rows: Longs, slot: int) -> Longs:
    """Rows whose games are in progress at a slot."""
    table, cover = costs.choice.table, costs.choice.instance.calendar.cover
    begun = table.slot[rows]
    return rows[(begun <= slot) & (cover[begun, table.length[rows]] > slot)]
