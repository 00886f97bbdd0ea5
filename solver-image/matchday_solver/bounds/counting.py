"""Bound by counting: every club needs some club-days, every team its cheapest opponents."""

import numpy as np

from matchday_solver.instance import Instance
from matchday_solver.kernel.pairing import BAD
from matchday_solver.opponents import meeting_costs


def counting_bound(instance: Instance) -> int:
    """Club-days by counting, and half of each team's cheapest meetings; both terms are disjoint."""
    return _club_days(instance) * instance.weights.club_days + _meetings(instance)


def _club_days(instance: Instance) -> int:
    """A team plays on one date at most one game, but for its doubleheaders."""
    wanted = instance.divisions.games[instance.teams.division]
    doubles = np.minimum(instance.limits.max_doubleheaders, wanted // 2)
    dates = wanted - doubles
    return sum(int(dates[teams].max()) for teams in instance.teams.club_teams if len(teams))


def _meetings(instance: Instance) -> int:
    """tierMatch, region and homeVenue of the cheapest opponents; a meeting counts for two teams."""
    twice = 0
    for d, members in enumerate(instance.divisions.teams):
        most, games = int(instance.divisions.max_meetings[d]), int(instance.divisions.games[d])
        costs = np.repeat(np.sort(meeting_costs(instance, d), axis=1), most, axis=1)[:, :games]
        twice += int(np.where(costs < BAD, costs, 0).sum())
        if len(members) * games % 2:
            twice -= int(costs[costs < BAD].max(initial=0))
    return max(0, -(-twice // 2))
