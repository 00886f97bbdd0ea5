"""A league as its users write it: divisions, clubs, teams, venues, dates, rules and preferences."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from matchday_api.base import Day, Model, Name, TimeOfDay, Weight

Pair = Annotated[tuple[Name, Name], Field(min_length=2, max_length=2)]
"""Two names of teams, in any order."""

GameMinutes = Annotated[int, Field(ge=5, le=600)]
Dates = Annotated[tuple[Day, ...], Field(max_length=400)]


class Weekday(StrEnum):
    """A day of the week, in the order of `datetime.date.weekday`."""

    MON = "Mon"
    TUE = "Tue"
    WED = "Wed"
    THU = "Thu"
    FRI = "Fri"
    SAT = "Sat"
    SUN = "Sun"

    @classmethod
    def of(cls, day: date) -> "Weekday":
        """The weekday of a date."""
        return list(cls)[day.weekday()]


class PlayAt(StrEnum):
    """Where a division's games may be."""

    ANY_VENUE = "AnyVenue"
    HOME_VENUE = "HomeVenue"


class Season(Model):
    """The dates of play."""

    start: Day
    """First date of the season, 1970-01-01 at the earliest."""
    end: Day
    """Last date of the season, inclusive; at most 400 dates, and 2999-12-31 at the latest."""
    time_zone: Annotated[str, Field(max_length=64)] = "UTC"
    """IANA time zone of all times, for the calendars."""
    closed_dates: Dates = ()
    """Dates on which nobody plays."""

    def dates(self) -> list[date]:
        """Every date of the season, closed ones too, in order."""
        return [self.start + timedelta(n) for n in range((self.end - self.start).days + 1)]


class SlotRule(Model):
    """When games may start on some weekdays."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1, max_length=7)]
    """The weekdays of these starts."""
    starts: Annotated[tuple[TimeOfDay, ...], Field(min_length=1, max_length=288)]
    """Local times at which a game may start."""
    unpopular: bool = False
    """Whether `preferences.startFairness` shares these starts evenly."""


class Division(Model):
    """Teams that play each other."""

    name: Name
    """Name; the key by which teams refer to it."""
    games_per_team: Annotated[int, Field(ge=1, le=200)]
    """Games that every team of the division plays."""
    min_meetings: Annotated[int, Field(ge=0, le=200)] = 0
    """How often each pair that may meet meets at least."""
    max_meetings: Annotated[int, Field(ge=1, le=200)] = 2
    """How often a pair meets at most."""
    venue_features: Annotated[tuple[Name, ...], Field(max_length=50)] = ()
    """Features that a venue must have for these games, all of them."""
    play_at: PlayAt = PlayAt.ANY_VENUE
    """Any venue, or the home team's home venue only.

    With HomeVenue the games of two teams are shared out between their homes, but for one at most.
    """
    game_minutes: GameMinutes | None = None
    """Length of a game; the league's where absent."""


class Club(Model):
    """A school or club with one or more teams."""

    name: Name
    """Name; the key by which teams refer to it."""
    region: Name | None = None
    """Region of its teams that give none."""
    home_venue: Name | None = None
    """Home venue of its teams that give none."""
    closed_dates: Dates = ()
    """Dates on which none of its teams plays."""


class Team(Model):
    """One team."""

    name: Name
    """Name; the key by which pairs and games refer to it."""
    division: Name
    """Division that it plays in."""
    club: Name | None = None
    """Club or school that it belongs to."""
    coaches: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    """People who can be at one game at a time; one may have several teams."""
    tier: Annotated[int, Field(ge=0, le=1000)] | None = None
    """Strength class for `preferences.tierMatch`."""
    region: Name | None = None
    """The club's where absent."""
    home_venue: Name | None = None
    """The club's where absent.

    At its home venue a team is at home, unless that is its opponent's as well.
    """
    closed_dates: Dates = ()
    """Dates on which the team does not play."""
    home_closed_dates: Dates = ()
    """Dates on which the team has no home game."""
    away_closed_dates: Dates = ()
    """Dates on which the team has no away game."""


class Venue(Model):
    """A place with one or more courts."""

    name: Name
    """Name; the key by which teams and games refer to it."""
    region: Name | None = None
    """For `preferences.region`."""
    courts: Annotated[int, Field(ge=0, le=200)] = 1
    """Games that can be held at once."""
    features: Annotated[tuple[Name, ...], Field(max_length=50)] = ()
    """What divisions may ask for in `venueFeatures`."""
    open_dates: Dates | None = None
    """Dates it can be used; every date of the season where absent, none where empty."""
    closed_dates: Dates = ()
    """Dates it cannot be used."""
    starts: Annotated[tuple[TimeOfDay, ...], Field(max_length=288)] | None = None
    """Narrows the league's starts to these."""
    courts_on: Annotated[dict[Day, Annotated[int, Field(ge=0, le=200)]], Field(max_length=400)] = (
        Field(default_factory=dict)
    )
    """Courts on single dates on which it is open, instead of `courts`."""


class LockedGame(Model):
    """A game that is in every schedule as given."""

    home: Name
    """Team at home."""
    away: Name
    """Its opponent."""
    date: Day
    """Date of the game."""
    start: TimeOfDay
    """Local time at which it starts."""
    venue: Name
    """Where it is."""


class WindowRule(Model):
    """A limit on a team's games in every window of consecutive dates of the season."""

    days: Annotated[int, Field(ge=1, le=400)]
    """Length of the window; the season where that is shorter."""
    games: Annotated[int, Field(ge=0, le=400)]
    """Most (`maxGames`) or fewest (`minGames`) games in the window."""
    weight: Weight | None = None
    """Absent: the rule is hard. Above 0: cost of one game beyond it. 0: the rule is off."""

    @property
    def is_hard(self) -> bool:
        """Whether a schedule that breaks it is not valid."""
        return self.weight is None


class Doubleheaders(Model):
    """Two games of a team on one date, against two opponents, both at one venue; never three."""

    max_per_team: Annotated[int, Field(ge=0, le=200)] = 0
    """Dates with two games that a team has at most over the season."""
    min_break_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    """Rest from the end of the first to the start of the second."""


class Rules(Model):
    """What a schedule must keep; window rules with a weight are soft."""

    max_games: Annotated[tuple[WindowRule, ...], Field(max_length=20)] = ()
    """Most games of a team in any window."""
    min_games: Annotated[tuple[WindowRule, ...], Field(max_length=20)] = ()
    """Fewest games of a team in any window."""
    doubleheaders: Doubleheaders | None = None
    """Absent: none are allowed."""
    same_club_meets: bool = False
    """Whether two teams of one club may meet."""
    coach_one_game_at_a_time: bool = True
    """Whether a coach of several teams must be able to be at all their games."""
    travel_minutes: Annotated[int, Field(ge=0, le=600)] = 0
    """Time between two games at different venues on one date, for teams, and for coaches where
    `coachOneGameAtATime` holds."""


class RematchGap(Model):
    """How far apart two meetings of a pair should lie."""

    days: Annotated[int, Field(ge=1, le=400)] = 14
    """A meeting fewer dates after the one before it than this counts."""
    weight: Weight = 40
    """Cost of each."""


class Preferences(Model):
    """The cost of one unit of each soft term; 0 switches a term off."""

    club_days: Weight = 100
    """(date, venue) pairs at which a club's teams play."""
    coach_back_to_back: Weight = 90
    """Consecutive games of a coach on one date that are not adjacent at one venue, but for two of
    one team."""
    doubleheaders: Weight = 80
    """(team, date) pairs with two games."""
    rivals: Weight = 80
    """Rival pairs that never meet."""
    tier_match: Weight = 70
    """Games between teams of different tiers."""
    home_venue: Weight = 60
    """Games at a venue that is the home of neither team, where one has a home."""
    region: Weight = 60
    """Games across regions, and games at a venue of a region that is neither team's."""
    home_away_balance: Weight = 50
    """For every team, home minus away games beyond 1."""
    full_evenings: Weight = 40
    """Unused starts of a venue that is opened on a weekday."""
    rematch_gap: RematchGap = RematchGap()
    """Meetings of a pair that follow the one before too soon."""
    start_fairness: Weight = 0
    """Games of a team at unpopular starts beyond its division's mean, rounded up."""


class League(Model):
    """The whole input of one schedule."""

    season: Season
    """The dates of play."""
    game_minutes: GameMinutes = 60
    """Length of a game where the division gives none."""
    slots: Annotated[tuple[SlotRule, ...], Field(min_length=1, max_length=100)]
    """When games may start."""
    divisions: Annotated[tuple[Division, ...], Field(min_length=1, max_length=500)]
    """Teams that play each other, and how often."""
    clubs: Annotated[tuple[Club, ...], Field(max_length=2000)] = ()
    """Schools or clubs."""
    teams: Annotated[tuple[Team, ...], Field(min_length=2, max_length=5000)]
    """The teams."""
    venues: Annotated[tuple[Venue, ...], Field(min_length=1, max_length=500)]
    """Where games can be."""
    rivals: Annotated[tuple[Pair, ...], Field(max_length=10_000)] = ()
    """Pairs of teams that should meet."""
    forbidden_pairs: Annotated[tuple[Pair, ...], Field(max_length=10_000)] = ()
    """Pairs of teams that must not meet."""
    locked_games: Annotated[tuple[LockedGame, ...], Field(max_length=40_000)] = ()
    """Games that are in every schedule as given."""
    rules: Rules = Rules()
    """What a schedule must keep."""
    preferences: Preferences = Preferences()
    """What a schedule should be like: the cost of one unit of each soft term."""
