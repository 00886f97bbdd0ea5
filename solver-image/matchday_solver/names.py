"""Names, dates and starts of a problem to indices."""

from collections.abc import Iterable

from matchday_api.base import minutes
from matchday_api.league import Weekday
from matchday_api.problem import Problem
from matchday_api.schedule import Game

Index = dict[str, int]


class Names:
    """What each name of a problem stands for, and which slots there are."""

    def __init__(self, problem: Problem) -> None:
        self.league = league = problem.league
        self.dates = tuple(league.season.dates())
        self.day = {day: n for n, day in enumerate(self.dates)}
        self.team = index(t.name for t in league.teams)
        self.club = index(c.name for c in league.clubs)
        self.venue = index(v.name for v in league.venues)
        self.division = index(d.name for d in league.divisions)
        regions = [c.region for c in league.clubs] + [t.region for t in league.teams]
        regions += [v.region for v in league.venues]
        self.region = index(dict.fromkeys(r for r in regions if r is not None))
        self.coach = index(dict.fromkeys(c for t in league.teams for c in t.coaches))
        self.earlier_games = problem.earlier.games if problem.earlier else ()
        before = problem.earlier.frozen_before if problem.earlier else None
        self.frozen = sum(day < before for day in self.dates) if before else 0
        """Dates before this index are frozen."""
        self.frozen_games = tuple(
            g for g in self.earlier_games if self.knows(g) and self.day[g.date] < self.frozen
        )
        self._set_slots()

    def knows(self, game: Game) -> bool:
        """Whether a game's teams, venue and date are still in the league."""
        teams = game.home in self.team and game.away in self.team and game.home != game.away
        return teams and game.venue in self.venue and game.date in self.day

    def _set_slots(self) -> None:
        """Offered starts of every date, and those of games that stay whatever is offered."""
        weekly: dict[int, dict[int, bool]] = {n: {} for n in range(7)}
        for rule in self.league.slots:
            for day in rule.days:
                row = weekly[list(Weekday).index(day)]
                for start in rule.starts:
                    row[minutes(start)] = row.get(minutes(start), False) or rule.unpopular
        self.weekly = weekly
        """By weekday: start in minutes to whether it is unpopular."""
        extra: dict[int, set[int]] = {}
        given = [(g.date, g.start) for g in self.league.locked_games]
        for date, start in (*given, *((g.date, g.start) for g in self.frozen_games)):
            extra.setdefault(self.day[date], set()).add(minutes(start))
        pairs = [
            (n, start)
            for n, day in enumerate(self.dates)
            for start in sorted(weekly[day.weekday()].keys() | extra.get(n, set()))
        ]
        self.slot = {pair: k for k, pair in enumerate(pairs)}
        """(date, start in minutes) to slot."""

    def slot_of(self, game: Game) -> int | None:
        """The slot of an earlier game, None where its date or start is no more."""
        day = self.day.get(game.date)
        return None if day is None else self.slot.get((day, minutes(game.start)))


def index(names: Iterable[str]) -> Index:
    """Each name's position."""
    return {name: n for n, name in enumerate(names)}
