"""Divisions whose numbers cannot hold, whatever the schedule."""

from collections.abc import Iterator

from matchday_api.faults import Fault, quoted
from matchday_api.league import Division, PlayAt, Team
from matchday_api.request import Completeness
from matchday_api.schedule import MAX_GAMES
from matchday_api.validation.known import Known


def faults(known: Known, completeness: Completeness) -> Iterator[Fault]:
    """Faults of every division's own numbers, and home venues that it needs.

    Shortages that take forbidden pairs, clubs or dates to explain are for the solver to tell.
    """
    yield from _too_many_games(known)
    # A team that is nowhere yet may be one of any division.
    is_settled = all(team.division in known.divisions for team in known.league.teams)
    for n, division in enumerate(known.league.divisions):
        path = f"divisions[{n}]"
        if division.min_meetings > division.max_meetings:
            message = f"{division.min_meetings} is above maxMeetings, {division.max_meetings}"
            yield Fault(f"{path}.minMeetings", message)
        if known.divisions[division.name] is division:
            teams = known.members.get(division.name, [])
            yield from _too_many_needed(known, path, division, teams)
            if completeness is Completeness.REQUIRED and teams and is_settled:
                yield from _incomplete(path, division, len(teams))
    yield from _homeless(known)


def _too_many_games(known: Known) -> Iterator[Fault]:
    """More games than a schedule can hold."""
    sizes = [
        division.games_per_team * len(known.members.get(name, ()))
        for name, division in known.divisions.items()
    ]
    if (games := sum(sizes) // 2) > MAX_GAMES:
        message = f"need {games} games in all, at most {MAX_GAMES} are allowed; split the league"
        yield Fault("divisions", message)


def _incomplete(path: str, division: Division, teams: int) -> Iterator[Fault]:
    """Faults that rule a complete schedule out; BestEffort lives with them."""
    games, most = division.games_per_team, division.max_meetings * (teams - 1)
    if teams == 1:
        message = f"{quoted(division.name)} has one team, which has nobody to play: add a team"
        yield Fault(path, f"{message}, or use completeness: BestEffort")
        return
    if teams * games % 2:
        yield Fault(
            f"{path}.gamesPerTeam",
            f"{teams} teams with {games} games each make {teams * games} halves of games, an odd"
            " number; add or remove a team, change gamesPerTeam, or use completeness: BestEffort",
        )
    if games > most:
        yield Fault(
            f"{path}.gamesPerTeam",
            f"{games} is too much for {teams} teams where maxMeetings is {division.max_meetings}: a"
            f" team can have {most} then; raise maxMeetings or lower gamesPerTeam",
        )


def _too_many_needed(
    known: Known, path: str, division: Division, teams: list[Team]
) -> Iterator[Fault]:
    """A team that would have to meet its possible opponents more often than it has games."""
    least, games = division.min_meetings, division.games_per_team
    if least == 0 or least * (len(teams) - 1) <= games:
        return
    for team, opponents in known.opponents(teams):
        if least * opponents > games:
            message = (
                f"{quoted(team.name)} may meet {opponents} teams; {least} games against each"
                f" are more than gamesPerTeam, {games}"
            )
            yield Fault(f"{path}.minMeetings", message)
            return


def _homeless(known: Known) -> Iterator[Fault]:
    for n, team in enumerate(known.league.teams):
        division = known.divisions.get(team.division)
        at_home = division is not None and division.play_at is PlayAt.HOME_VENUE
        if at_home and known.is_home_known(team) and known.home_venue(team) is None:
            message = (
                f"is missing: {quoted(team.division)} plays at home venues, and neither"
                f" {quoted(team.name)} nor its club has one"
            )
            yield Fault(f"teams[{n}].homeVenue", message)
