"""A league with one number of it changed step by step, as ways out are tried."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from matchday_api.league import Doubleheaders, League, Venue, Weekday
from matchday_solver.explain.facts import Fact, days
from matchday_solver.lint.finding import count

MAX_STEPS = 8
"""Largest change of a number that is tried."""
BREAK_STEP = 15
"""Minutes by which breaks get shorter."""


@dataclass(frozen=True)
class Variant:
    """A changed league."""

    league: League
    text: str
    """The change, as an advice."""


def variants(league: League, fact: Fact) -> list[list[Variant]]:
    """Ever larger changes of what a fact says, one series for each way in which it can change.

    Empty where it is no number or set of dates.
    """
    number = int("".join(c for c in fact.path if c.isdigit()) or 0)
    return [list(make(league, number)) for make in _MAKERS.get(fact.kind, ())]


def _replaced(league: League, field: str, number: int, **update: Any) -> League:
    """The league with fields of one list item changed."""
    items = list(getattr(league, field))
    items[number] = items[number].model_copy(update=update)
    return league.model_copy(update={field: tuple(items)})


def _fewer_games(league: League, n: int) -> Iterator[Variant]:
    return _games(league, n, range(league.divisions[n].games_per_team - 1, 0, -1))


def _more_games(league: League, n: int) -> Iterator[Variant]:
    asked = league.divisions[n].games_per_team
    return _games(league, n, range(asked + 1, asked + MAX_STEPS + 1))


def _games(league: League, n: int, numbers: Iterable[int]) -> Iterator[Variant]:
    division = league.divisions[n]
    teams = sum(team.division == division.name for team in league.teams)
    for games in numbers:
        if games * teams % 2 == 0:
            changed = _replaced(league, "divisions", n, games_per_team=games)
            yield Variant(changed, f"Play {count(games, 'game')} a team in {division.name}")


def _meetings(league: League, n: int) -> Iterator[Variant]:
    division = league.divisions[n]
    for most in range(division.max_meetings + 1, division.max_meetings + MAX_STEPS + 1):
        changed = _replaced(league, "divisions", n, max_meetings=most)
        text = f"Let two teams of {division.name} meet {count(most, 'time')}"
        yield Variant(changed, text)


def _window(league: League, n: int) -> Iterator[Variant]:
    rule = league.rules.max_games[n]
    for games in range(rule.games + 1, rule.games + MAX_STEPS + 1):
        entries = list(league.rules.max_games)
        entries[n] = rule.model_copy(update={"games": games})
        rules = league.rules.model_copy(update={"max_games": tuple(entries)})
        changed = league.model_copy(update={"rules": rules})
        yield Variant(changed, f"Allow {count(games, 'game')} in {rule.days} days")


def _courts(league: League, n: int) -> Iterator[Variant]:
    venue = league.venues[n]
    for more in range(1, MAX_STEPS + 1):
        changed = _replaced(league, "venues", n, courts=venue.courts + more)
        yield Variant(changed, f"Find {count(more, 'more court')} at {venue.name}")


def _courts_on(league: League, n: int) -> Iterator[Variant]:
    venue = league.venues[n]
    for more in range(1, MAX_STEPS + 1):
        numbers = {day: number + more for day, number in venue.courts_on.items()}
        changed = _replaced(league, "venues", n, courts_on=numbers)
        dates = days(venue.courts_on)
        yield Variant(changed, f"Open {count(more, 'more court')} of {venue.name} on {dates}")


def _doubleheaders(league: League, _: int) -> Iterator[Variant]:
    double = league.rules.doubleheaders or Doubleheaders()
    for most in range(double.max_per_team + 1, double.max_per_team + MAX_STEPS + 1):
        changed = double.model_copy(update={"max_per_team": most})
        yield Variant(_doubled(league, changed), f"Allow {count(most, 'doubleheader')} a team")


def _breaks(league: League, _: int) -> Iterator[Variant]:
    double = league.rules.doubleheaders
    if double is None or not double.min_break_minutes:
        return
    for minutes in (*range(double.min_break_minutes - BREAK_STEP, 0, -BREAK_STEP), 0):
        changed = double.model_copy(update={"min_break_minutes": minutes})
        yield Variant(_doubled(league, changed), f"Allow breaks of {minutes} minutes on one date")


def _doubled(league: League, double: Doubleheaders) -> League:
    rules = league.rules.model_copy(update={"doubleheaders": double})
    return league.model_copy(update={"rules": rules})


def _open(league: League, n: int) -> Iterator[Variant]:
    """More and more dates of a venue, those with the most starts first."""
    venue = league.venues[n]
    shut = {*(venue.open_dates or ()), *league.season.closed_dates, *venue.closed_dates}
    offered = {day: len(_starts(league, venue, day)) for day in league.season.dates()}
    free = sorted((d for d in offered if d not in shut and offered[d]), key=lambda d: -offered[d])
    for number in range(1, len(free) + 1):
        dates = (*(venue.open_dates or ()), *free[:number])
        changed = _replaced(league, "venues", n, open_dates=dates)
        yield Variant(changed, f"Open {venue.name} on {_more(free[:number])}")


def _starts(league: League, venue: Venue, day: date) -> set[str]:
    starts = {s for r in league.slots if Weekday.of(day) in r.days for s in r.starts}
    return starts if venue.starts is None else starts & set(venue.starts)


def _more(dates: list[date]) -> str:
    """`2 more Saturdays (...)`, or `3 more dates (...)`."""
    weekdays = {day.strftime("%A") for day in dates}
    noun = weekdays.pop() if len(weekdays) == 1 else "date"
    return f"{count(len(dates), f'more {noun}')} ({days(dates)})"


def _team(league: League, n: int) -> Iterator[Variant]:
    """More and more of a team's closed dates, spread over the season."""
    team = league.teams[n]
    order = _spread(sorted(team.closed_dates))
    for number in range(1, len(order) + 1):
        left = tuple(day for day in team.closed_dates if day not in order[:number])
        changed = _replaced(league, "teams", n, closed_dates=left)
        dates = f"{count(number, 'closed date')} ({days(order[:number])})"
        yield Variant(changed, f"Let {team.name} play on {dates}")


def _spread(dates: list[date]) -> list[date]:
    """The middle first, then the middles of the halves, and so on."""
    order, parts = [], [dates]
    while parts:
        part = parts.pop(0)
        middle = len(part) // 2
        order += part[middle : middle + 1]
        parts += [half for half in (part[:middle], part[middle + 1 :]) if half]
    return order


_MAKERS: dict[str, tuple[Callable[[League, int], Iterator[Variant]], ...]] = {
    "divisions.gamesPerTeam": (_fewer_games, _more_games),
    "divisions.maxMeetings": (_meetings,),
    "rules.maxGames": (_window,),
    "rules.doubleheaders": (_doubleheaders, _breaks),
    "venues.courts": (_courts,),
    "venues.courtsOn": (_courts_on,),
    "venues.openDates": (_open,),
    "teams.closedDates": (_team,),
}
