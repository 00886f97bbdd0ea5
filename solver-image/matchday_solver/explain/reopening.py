"""Ways out that open dates: of a venue, a club, a team or the season."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from matchday_api.faults import counted as count
from matchday_api.league import League, Weekday
from matchday_solver.explain.changes import changed_item
from matchday_solver.explain.facts import Fact, number_of, together

MOST_DATES = 30
"""Dates that a way out names at most."""

Opened = tuple[int, date]
"""A date of the list item with that number."""


@dataclass(frozen=True)
class Kind:
    """Facts of one kind, each a list item that closes dates."""

    shut: Callable[[League, int], Sequence[date]]
    """The dates that an item closes."""
    open: Callable[[League, int, Sequence[date]], League]
    """The league with some of them opened."""
    advice: Callable[[League, int, str], str]
    """The advice to open the dates that a text names."""
    noun: str = "closed date"


@dataclass(frozen=True)
class Reopening:
    """Dates that facts of one kind close, each of which may be opened."""

    league: League
    kind: Kind
    dates: tuple[Opened, ...]
    """The most useful first."""

    def league_with(self, opened: Sequence[Opened]) -> League:
        """The league with these dates open."""
        league = self.league
        for number, days in _by_item(opened):
            league = self.kind.open(league, number, days)
        return league

    def text(self, opened: Sequence[Opened]) -> str:
        """The advice to open them, with every date of them."""
        return together(
            self.kind.advice(self.league, number, _named(days, self.kind.noun))
            for number, days in _by_item(opened)
        )


def reopening(league: League, facts: Sequence[Fact]) -> Reopening | None:
    """What facts of one kind close; None where they close no dates."""
    kind = _KINDS.get(facts[0].kind)
    if kind is None:
        return None
    dates = [(n, day) for n in map(number_of, facts) for day in _useful(league, kind, n)]
    starts = {day: len(_starts(league, day)) for _, day in dates}
    dates.sort(key=lambda opened: -starts[opened[1]])
    return Reopening(league, kind, tuple(dates[:MOST_DATES]))


def _useful(league: League, kind: Kind, number: int) -> list[date]:
    """Dates with starts, spread over the season: those nearby often share a window."""
    inside = set(league.season.dates())
    shut = sorted(day for day in set(kind.shut(league, number)) if day in inside)
    return _spread([day for day in shut if _starts(league, day)])


def _starts(league: League, day: date) -> set[str]:
    """Starts that the league's slots have on a date."""
    return {start for row in league.slots if Weekday.of(day) in row.days for start in row.starts}


def _spread(dates: list[date]) -> list[date]:
    """The middle first, then the middles of the halves, and so on."""
    order, parts = [], [dates]
    while parts:
        part = parts.pop(0)
        middle = len(part) // 2
        order += part[middle : middle + 1]
        parts += [half for half in (part[:middle], part[middle + 1 :]) if half]
    return order


def _by_item(opened: Sequence[Opened]) -> Iterator[tuple[int, list[date]]]:
    for number in sorted({n for n, _ in opened}):
        yield number, sorted(day for n, day in opened if n == number)


def _named(days: Sequence[date], noun: str) -> str:
    """`2 more Saturdays (2026-01-10 and 2026-01-17)`: what is opened is told in full."""
    weekdays = {day.strftime("%A") for day in days}
    if noun == "more date" and len(weekdays) == 1:
        noun = f"more {weekdays.pop()}"
    *others, last = [day.isoformat() for day in days]
    told = f"{', '.join(others)} and {last}" if others else last
    return f"{count(len(days), noun)} ({told})"


def _venue_shut(league: League, n: int) -> list[date]:
    """Dates on which a venue is not listed as open, and could be."""
    venue = league.venues[n]
    never = {*(venue.open_dates or ()), *league.season.closed_dates, *venue.closed_dates}
    free = [day for day in league.season.dates() if day not in never]
    return [day for day in free if venue.starts is None or _starts(league, day) & set(venue.starts)]


def _venue_open(league: League, n: int, days: Sequence[date]) -> League:
    dates = (*(league.venues[n].open_dates or ()), *days)
    return changed_item(league, "venues", n, open_dates=dates)


def _courts_on(league: League, n: int, days: Sequence[date]) -> League:
    """One more court on some of the dates that have a number of their own."""
    courts = dict(league.venues[n].courts_on)
    more = {day: courts[day] + 1 for day in days}
    return changed_item(league, "venues", n, courts_on=courts | more)


def _removing(items: str, field: str) -> Callable[[League, int, Sequence[date]], League]:
    """Takes dates away from a field of a list's item."""

    def without(league: League, n: int, days: Sequence[date]) -> League:
        left = tuple(day for day in getattr(getattr(league, items)[n], field) if day not in days)
        return changed_item(league, items, n, **{field: left})

    return without


def _season_open(league: League, _: int, days: Sequence[date]) -> League:
    left = tuple(day for day in league.season.closed_dates if day not in days)
    season = league.season.model_copy(update={"closed_dates": left})
    return league.model_copy(update={"season": season})


def _field(items: str, field: str) -> Callable[[League, int], Sequence[date]]:
    def dates(league: League, n: int) -> Any:
        return getattr(getattr(league, items)[n], field)

    return dates


def _kind(items: str, field: str, advice: str, noun: str = "closed date") -> Kind:
    """Dates in a field of a list's items; the advice has their name and the dates to put in."""

    def told(league: League, n: int, dates: str) -> str:
        return advice.format(name=getattr(league, items)[n].name, dates=dates)

    return Kind(_field(items, field), _removing(items, field), told, noun)


_KINDS = {
    "venues.openDates": Kind(
        _venue_shut,
        _venue_open,
        lambda league, n, dates: f"Open {league.venues[n].name} on {dates}",
        "more date",
    ),
    "venues.courtsOn": Kind(
        lambda league, n: tuple(league.venues[n].courts_on),
        _courts_on,
        lambda league, n, dates: f"Open 1 more court of {league.venues[n].name} on {dates}",
        "date",
    ),
    "venues.closedDates": _kind("venues", "closed_dates", "Open {name} on {dates}"),
    "season.closedDates": Kind(
        lambda league, _: league.season.closed_dates,
        _season_open,
        lambda _, __, dates: f"Play on {dates} of the season",
    ),
    "clubs.closedDates": _kind("clubs", "closed_dates", "Let teams of {name} play on {dates}"),
    "teams.closedDates": _kind("teams", "closed_dates", "Let {name} play on {dates}"),
    "teams.homeClosedDates": _kind(
        "teams", "home_closed_dates", "Let {name} have home games on {dates}", "more date"
    ),
    "teams.awayClosedDates": _kind(
        "teams", "away_closed_dates", "Let {name} have away games on {dates}", "more date"
    ),
}
