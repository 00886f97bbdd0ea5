"""Counting checks: proofs that a league has no schedule, in a fraction of a second.

A finding is a proof. No finding is no promise: a league may be infeasible beyond counting.
"""

from itertools import chain, islice

from matchday_api.league import League
from matchday_solver.demand import Demand
from matchday_solver.instance import Instance
from matchday_solver.lint import clashes, coaches, courts, homes, opponents, teams
from matchday_solver.lint.finding import Finding
from matchday_solver.lint.reach import Reach

__all__ = ["CHECKS", "MAX_FINDINGS", "Finding", "findings"]

MAX_FINDINGS = 20
"""Findings that are told at most."""

CHECKS = (
    clashes.clashing_games,
    opponents.too_few_opponents,
    opponents.too_few_meetings,
    courts.too_few_courts,
    homes.too_few_home_starts,
    teams.too_few_dates,
    courts.too_few_places,
    teams.unreachable_minimum,
    teams.minimum_beyond_total,
    coaches.too_many_games,
)
"""All checks, each a function from what can be reached to findings."""


def findings(
    league: League, instance: Instance, demand: Demand | None = None
) -> tuple[Finding, ...]:
    """The proofs that a league has no schedule; empty where counting finds none.

    `demand` is what a schedule must have; all that the league asks for where absent.
    """
    reach = Reach(instance, demand or Demand.whole(instance), league)
    return tuple(islice(chain.from_iterable(check(reach) for check in CHECKS), MAX_FINDINGS))
