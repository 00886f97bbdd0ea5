"""Locked games that cannot be together, or not with the frozen ones."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from matchday_api.faults import counted as count
from matchday_solver.lint import paths
from matchday_solver.lint.finding import Finding
from matchday_solver.lint.fixed import Fixed, fixed_games
from matchday_solver.lint.reach import Reach


def clashing_games(reach: Reach) -> Iterator[Finding]:
    """Locked games that break a rule together; what frozen games break alone is no fault."""
    games = fixed_games(reach)
    if not any(game.path for game in games):
        return
    yield from _of_teams(reach, games)
    yield from _of_coaches(reach, games)
    yield from _of_courts(reach, games)
    yield from _of_pairs(reach, games)


def _finding(text: str, games: Iterable[Fixed], *rules: str) -> Finding | None:
    """The finding, unless the games are frozen all of them."""
    own = tuple(dict.fromkeys(game.path for game in games if game.path))
    return Finding(f"{' and '.join(own)}: {text}", (*own, *rules)) if own else None


def _of_teams(reach: Reach, games: list[Fixed]) -> Iterator[Finding]:
    of: dict[int, list[Fixed]] = defaultdict(list)
    for game in games:
        for team in game.teams:
            of[team].append(game)
    for team, mine in of.items():
        for checked in (_overlaps, _crowded, _doubled, _dense, _beyond):
            yield from (found for found in checked(reach, team, mine) if found)


def _overlaps(reach: Reach, team: int, mine: list[Fixed]) -> Iterator[Finding | None]:
    for one, other in pairwise(mine):
        if _too_close(reach, one, other):
            text = f"{_name(reach, team)} has two games at once on {_day(reach, one)}"
            yield _finding(text, (one, other), *_travel(one, other))


def _too_close(reach: Reach, one: Fixed, other: Fixed) -> bool:
    travel = reach.instance.limits.travel if one.venue != other.venue else 0
    return one.day == other.day and other.start < one.end + travel


def _travel(one: Fixed, other: Fixed) -> tuple[str, ...]:
    return () if other.start < one.end else ("rules.travelMinutes",)


def _crowded(reach: Reach, team: int, mine: list[Fixed]) -> Iterator[Finding | None]:
    """Three games of a team on one date."""
    for here in zip(mine, mine[1:], mine[2:], strict=False):
        if here[0].day == here[2].day:
            text = f"{_name(reach, team)} has three games on {_day(reach, here[0])}"
            yield _finding(text, here, "rules.doubleheaders")


def _doubled(reach: Reach, team: int, mine: list[Fixed]) -> Iterator[Finding | None]:
    """Two games of a team on one date that are no doubleheader, or one too many."""
    limits, dates = reach.instance.limits, set[int]()
    for one, other in pairwise(mine):
        if one.day != other.day or _too_close(reach, one, other):
            continue
        dates.add(one.day)
        where = f"{_name(reach, team)} has two games on {_day(reach, one)}"
        if one.venue != other.venue or set(one.teams) == set(other.teams):
            yield _finding(f"{where}, not at one venue against two teams", (one, other))
        elif len(dates) > limits.max_doubleheaders:
            pairs = [g for a, b in pairwise(mine) if a.day == b.day for g in (a, b)]
            yield _finding(where, pairs, "rules.doubleheaders")
        elif other.start < one.end + limits.min_break:
            yield _finding(f"{where} with too short a break", (one, other), "rules.doubleheaders")


def _dense(reach: Reach, team: int, mine: list[Fixed]) -> Iterator[Finding | None]:
    for days, most, entry in reach.instance.limits.windows.max_hard.tolist():
        for first in range(len(mine) - most):
            within = mine[first : first + most + 1]
            if within[-1].day - within[0].day < days:
                held = f"{count(len(within), 'game')} in {count(days, 'day')}"
                text = f"{_name(reach, team)} has {held} from {_day(reach, within[0])} on"
                # Frozen games alone are no finding, but a locked one may come after them.
                if (found := _finding(text, within, f"rules.maxGames[{entry}]")) is not None:
                    yield found
                    break


def _beyond(reach: Reach, team: int, mine: list[Fixed]) -> Iterator[Finding | None]:
    d = int(reach.instance.teams.division[team])
    most = int(reach.instance.divisions.games[d])
    if len(mine) > most:
        text = f"{_name(reach, team)} plays {count(most, 'game')}, but has {len(mine)} already"
        yield _finding(text, mine, f"divisions[{d}].gamesPerTeam")


def _of_coaches(reach: Reach, games: list[Fixed]) -> Iterator[Finding]:
    if not reach.instance.limits.coach_one_game:
        return
    of: dict[int, list[Fixed]] = defaultdict(list)
    for game in games:
        for coach in {c for t in game.teams for c in reach.instance.teams.coaches[t].tolist()}:
            of[coach].append(game)
    for coach, mine in of.items():
        for one, other in pairwise(mine):
            if _too_close(reach, one, other) and (found := _coach(reach, coach, one, other)):
                yield found


def _coach(reach: Reach, coach: int, one: Fixed, other: Fixed) -> Finding | None:
    teams = reach.instance.teams
    own = [t for t in {*one.teams, *other.teams} if coach in teams.coaches[t]]
    text = f"{teams.coach_names[coach]} would be at two games at once on {_day(reach, one)}"
    return _finding(text, (one, other), *paths.coaching(reach.league, sorted(own)))


def _of_courts(reach: Reach, games: list[Fixed]) -> Iterator[Finding]:
    """Games in progress at one venue at once, beyond its courts."""
    at: dict[tuple[int, int], list[Fixed]] = defaultdict(list)
    for game in games:
        for slot in range(game.slot, int(reach.instance.calendar.cover[game.slot, game.length])):
            at[game.venue, slot].append(game)
    for (venue, _), here in at.items():
        courts = int(reach.instance.venues.courts[here[0].day, venue])
        if len(here) > courts:
            name = reach.instance.venues.names[venue]
            has = f"{name} has {count(courts, 'court')} on {_day(reach, here[0])}"
            text = f"{has}, not {len(here)} at {here[-1].begins}"
            if found := _finding(text, here, *paths.venue(reach.league, venue)):
                yield found
                return


def _of_pairs(reach: Reach, games: list[Fixed]) -> Iterator[Finding]:
    of: dict[tuple[int, ...], list[Fixed]] = defaultdict(list)
    for game in games:
        of[tuple(sorted(game.teams))].append(game)
    for (a, b), mine in of.items():
        for checked in (_often, _unshared):
            if found := checked(reach, (a, b), mine):
                yield found


def _often(reach: Reach, pair: tuple[int, int], mine: list[Fixed]) -> Finding | None:
    d = int(reach.instance.teams.division[pair[0]])
    most = int(reach.instance.divisions.max_meetings[d])
    if len(mine) <= most:
        return None
    text = f"{_name(reach, pair[0])} and {_name(reach, pair[1])} meet at most {count(most, 'time')}"
    return _finding(text, mine, f"divisions[{d}].maxMeetings")


def _unshared(reach: Reach, pair: tuple[int, int], mine: list[Fixed]) -> Finding | None:
    """With games at home venues: more at the home of one of two than the other can make up for."""
    divisions, d = reach.instance.divisions, int(reach.instance.teams.division[pair[0]])
    most, hosts = int(divisions.max_meetings[d]), [game.teams[0] for game in mine]
    home = max(pair, key=hosts.count)
    if not divisions.home_only[d] or 2 * hosts.count(home) - 1 <= most:
        return None
    guest, times = _name(reach, sum(pair) - home), hosts.count(home)
    text = (
        f"{_name(reach, home)} is at home to {guest} {count(times, 'time')}, which takes "
        f"{count(times - 1, 'game')} at home of {guest} too, but they meet at most "
        f"{count(most, 'time')}"
    )
    rules = (f"divisions[{d}].playAt", f"divisions[{d}].maxMeetings")
    return _finding(text, [game for game in mine if game.teams[0] == home], *rules)


def _name(reach: Reach, team: int) -> str:
    return reach.instance.teams.names[team]


def _day(reach: Reach, game: Fixed) -> str:
    return reach.instance.calendar.dates[game.day].isoformat()
