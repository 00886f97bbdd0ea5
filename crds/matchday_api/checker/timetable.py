"""A schedule with its names looked up: what the rules and terms are functions of."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from matchday_api.base import minutes
from matchday_api.checker.facts import Facts
from matchday_api.league import Division, League, Team, Venue
from matchday_api.problem import EarlierSchedule
from matchday_api.schedule import Game, Unplaced, Violation

Key = TypeVar("Key", bound=Hashable)

MOST_GAMES = 100
"""Games that are named with a violation."""


@dataclass(frozen=True, slots=True)
class Played:
    """A game whose names the league knows."""

    game: Game
    home: Team
    away: Team
    division: Division
    """The home team's."""
    venue: Venue
    start: int
    """Minutes after midnight."""
    end: int
    """Minutes after midnight: start and length, but a frozen game's own end."""
    frozen: bool
    """Whether it must stay as the earlier schedule has it."""

    @property
    def date(self) -> date:
        """The date of the game."""
        return self.game.date

    @property
    def teams(self) -> tuple[Team, Team]:
        """Home and away."""
        return (self.home, self.away)

    @property
    def pair(self) -> frozenset[str]:
        """The names of the two teams."""
        return frozenset((self.home.name, self.away.name))

    def overlaps(self, other: "Played") -> bool:
        """Whether both are in progress at some moment of one date."""
        return self.date == other.date and self.start < other.end and other.start < self.end


class Timetable:
    """A league and a schedule for it, with the games in the ways in which rules ask for them."""

    def __init__(
        self,
        league: League,
        games: Sequence[Game],
        unplaced: Sequence[Unplaced],
        earlier: EarlierSchedule | None,
    ) -> None:
        self.facts = Facts(league)
        self.league = league
        self.games = games
        self.unplaced = unplaced
        self.frozen_before = earlier.frozen_before if earlier else None
        self.frozen_games = _frozen(earlier)
        self.played = self._look_up(games)
        self.by_team = self._by_team()
        self.by_coach = self._by_coach()
        self.by_pair = _grouped((play.pair, play) for play in self.played)
        self.by_venue_date = _grouped(((p.venue.name, p.date), p) for p in self.played)

    def is_frozen_date(self, day: date) -> bool:
        """Whether games of that date stay as they were."""
        return self.frozen_before is not None and day < self.frozen_before

    def knows(self, game: Game) -> bool:
        """Whether the league has the game's teams and venue."""
        facts = self.facts
        return game.home in facts.teams and game.away in facts.teams and game.venue in facts.venues

    def shortages(self) -> dict[str, int]:
        """By team that plays too little: how many games it lacks."""
        lacking = {
            team.name: self.facts.divisions[team.division].games_per_team
            - len(self.by_team[team.name])
            for team in self.league.teams
        }
        return {name: number for name, number in lacking.items() if number > 0}

    def missing_games(self) -> int:
        """Games that are not placed; what is left of an odd division is half a game and not one."""
        by_division: dict[str, int] = defaultdict(int)
        for name, number in self.shortages().items():
            by_division[self.facts.teams[name].division] += number
        return sum(halves // 2 for halves in by_division.values())

    def _look_up(self, games: Iterable[Game]) -> list[Played]:
        return [self._played(game) for game in games if self.knows(game)]

    def _played(self, game: Game) -> Played:
        home = self.facts.teams[game.home]
        division = self.facts.divisions[home.division]
        frozen = game in self.frozen_games
        start = minutes(game.start)
        return Played(
            game=game,
            home=home,
            away=self.facts.teams[game.away],
            division=division,
            venue=self.facts.venues[game.venue],
            start=start,
            end=minutes(game.end) if frozen else start + self.facts.length(division),
            frozen=frozen,
        )

    def _by_team(self) -> dict[str, list[Played]]:
        found: dict[str, list[Played]] = {team.name: [] for team in self.league.teams}
        for play in self.played:
            for name in play.pair:
                found[name].append(play)
        return {name: sorted(plays, key=by_time) for name, plays in found.items()}

    def _by_coach(self) -> dict[str, list[Played]]:
        found: dict[str, list[Played]] = defaultdict(list)
        for play in self.played:
            for coach in {coach for team in play.teams for coach in team.coaches}:
                found[coach].append(play)
        return {coach: sorted(plays, key=by_time) for coach, plays in found.items()}


def by_time(play: Played) -> tuple[date, int, int, str]:
    """Order of games: by date, start, end, venue."""
    return (play.date, play.start, play.end, play.venue.name)


def violation(rule: str, message: str, plays: Iterable[Played] = ()) -> Violation:
    """A broken rule and the games that break it."""
    named = islice(plays, MOST_GAMES)
    return Violation(rule=rule, message=message, games=tuple(play.game.id for play in named))


def breaks(plays: Iterable[Played]) -> bool:
    """Whether games can be blamed: what frozen games break alone is no violation."""
    return any(not play.frozen for play in plays)


def _frozen(earlier: EarlierSchedule | None) -> frozenset[Game]:
    if earlier is None or earlier.frozen_before is None:
        return frozenset()
    return frozenset(game for game in earlier.games if game.date < earlier.frozen_before)


def _grouped(pairs: Iterable[tuple[Key, Played]]) -> dict[Key, list[Played]]:
    found: dict[Key, list[Played]] = defaultdict(list)
    for key, play in pairs:
        found[key].append(play)
    return {key: sorted(plays, key=by_time) for key, plays in found.items()}
