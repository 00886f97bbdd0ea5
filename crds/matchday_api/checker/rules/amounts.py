"""Rule 1: every team plays its games, and what is missing is reported."""

from collections import Counter
from collections.abc import Iterator

from matchday_api.checker.timetable import Timetable, breaks, violation
from matchday_api.faults import quoted
from matchday_api.schedule import Unplaced, Violation


def reports_are_sound(table: Timetable) -> Iterator[Violation]:
    """An entry of `unplaced` names a team, or a pair of teams, of its division."""
    for n, entry in enumerate(table.unplaced):
        if (message := _unsound(table, entry)) is not None:
            yield violation(f"unplaced[{n}]", message)


def teams_play_their_games(table: Timetable) -> Iterator[Violation]:
    """Games played and reported missing add up to `gamesPerTeam` for every team."""
    reported = _reported(table)
    shortages = table.shortages()
    for team in table.league.teams:
        wanted = table.facts.divisions[team.division].games_per_team
        plays = table.by_team[team.name]
        told, lacking = reported[team.name], shortages.get(team.name, 0)
        rule = f"{table.facts.path('divisions', team.division)}.gamesPerTeam"
        if len(plays) > wanted and breaks(plays):
            message = f"{quoted(team.name)} plays {len(plays)} games instead of {wanted}"
            yield violation(rule, message, plays)
        elif told != lacking:
            yield violation(
                rule,
                f"{quoted(team.name)} plays {len(plays)} of {wanted} games,"
                f" and unplaced reports {told} missing"
                + ("; a game that was taken out is to be added there" if told < lacking else ""),
                plays,
            )


def _reported(table: Timetable) -> Counter[str]:
    """By team: games that are reported missing."""
    reported: Counter[str] = Counter()
    for entry in table.unplaced:
        for name in set(entry.teams):
            reported[name] += entry.missing
    return reported


def _unsound(table: Timetable, entry: Unplaced) -> str | None:
    unknown = [name for name in entry.teams if name not in table.facts.teams]
    if unknown:
        return f"the league has no team {quoted(unknown[0])}"
    if len(set(entry.teams)) < len(entry.teams):
        return f"{quoted(entry.teams[0])} cannot lack a game against itself"
    others = [t for t in entry.teams if table.facts.teams[t].division != entry.division]
    if others:
        return f"{quoted(others[0])} is not of division {quoted(entry.division)}"
    return None
