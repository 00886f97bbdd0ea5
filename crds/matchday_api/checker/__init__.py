"""Checks a schedule against its league: every hard rule and every soft term, without a solver."""

from collections.abc import Sequence

from matchday_api.checker.changes import count_changes
from matchday_api.checker.excused import excused
from matchday_api.checker.report import CheckReport
from matchday_api.checker.terms import count_terms, weigh
from matchday_api.checker.timetable import Timetable
from matchday_api.checker.violations import violations
from matchday_api.league import League
from matchday_api.problem import EarlierSchedule
from matchday_api.schedule import Game, Unplaced

__all__ = ["CheckReport", "check", "excused"]


def check(
    league: League,
    games: Sequence[Game],
    unplaced: Sequence[Unplaced] = (),
    earlier: EarlierSchedule | None = None,
) -> CheckReport:
    """What a schedule breaks and costs.

    The league is a valid one; games, unplaced and earlier may be anyone's. A shortage that
    `unplaced` reports is missing, an unreported one is a violation. Of very many violations the
    first are told.
    """
    table = Timetable(league, games, unplaced, earlier)
    terms = count_terms(table)
    return CheckReport(
        violations=violations(table),
        terms=terms,
        total=weigh(league.preferences, terms),
        missing=table.missing_games(),
        changes=None if earlier is None else count_changes(earlier.games, games),
    )
