"""The facts and rules of a league that can be part of a conflict, in the league's own words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from matchday_api.faults import counted as count
from matchday_api.league import (
    Division,
    Doubleheaders,
    League,
    LockedGame,
    PlayAt,
    Venue,
    WindowRule,
)
from matchday_solver.lint.finding import listed


@dataclass(frozen=True)
class Fact:
    """One thing that a league says and that could be otherwise."""

    path: str
    """Where, such as `teams[7].closedDates`."""
    text: str
    """What it says, as a sentence without its full stop."""
    way_out: str
    """What to do so that it no longer holds."""

    @property
    def kind(self) -> str:
        """The path without its numbers."""
        return "".join(c for c in self.path if c not in "[]0123456789")


def number_of(fact: Fact) -> int:
    """The number in its path; 0 for what is no list item."""
    return int("".join(c for c in fact.path if c.isdigit()) or 0)


def within(days: int) -> str:
    """`on one date`, `in 7 days`: a window in a sentence."""
    return "on one date" if days == 1 else f"in {days} days"


def together(advices: Iterable[str]) -> str:
    """Advices of which all are needed, as one."""
    first, *others = advices
    rest = [way[0].lower() + way[1:] for way in others]
    if rest:
        rest[-1] = f"and {rest[-1]}"
    return ", ".join([first, *rest])


def all_facts(league: League) -> list[Fact]:
    """All facts of a league; what users change least gladly comes last within the list."""
    return [
        *_rules(league),
        *(fact for n, venue in enumerate(league.venues) for fact in _venue(n, venue)),
        *_dates(league),
        *(fact for n, division in enumerate(league.divisions) for fact in _division(n, division)),
        *_windows("maxGames", "most", league.rules.max_games),
        *_windows("minGames", "least", league.rules.min_games),
        *_teams(league),
        *_pairs(league),
        *(_locked(n, game) for n, game in enumerate(league.locked_games)),
        *_amounts(league),
    ]


def days(dates: Iterable[date]) -> str:
    """Dates for a sentence."""
    return listed([day.isoformat() for day in sorted(set(dates))])


def _rules(league: League) -> Iterator[Fact]:
    rules = league.rules
    if not rules.same_club_meets:
        text = "Teams of one club do not meet"
        yield Fact("rules.sameClubMeets", text, "Let teams of one club meet")
    if rules.travel_minutes:
        text = f"The way between two venues takes {count(rules.travel_minutes, 'minute')}"
        yield Fact("rules.travelMinutes", text, "Allow less time for travel")
    yield _doubleheaders(rules.doubleheaders or Doubleheaders())
    if rules.coach_one_game_at_a_time:
        text = "A coach is at one game at a time"
        yield Fact("rules.coachOneGameAtATime", text, "Let coaches have two games at once")


def _doubleheaders(rule: Doubleheaders) -> Fact:
    text, way = "No team plays twice on a date", "Allow more doubleheaders"
    if rule.max_per_team:
        text = f"A team plays twice on at most {count(rule.max_per_team, 'date')}"
    if rule.max_per_team and rule.min_break_minutes:
        text += f", with a break of {rule.min_break_minutes} minutes"
    if rule.min_break_minutes:
        way += ", or shorter breaks between their games"
    return Fact("rules.doubleheaders", text, way)


def _venue(n: int, venue: Venue) -> Iterator[Fact]:
    own, name = f"venues[{n}]", venue.name
    if venue.starts is not None:
        text = f"{name} offers the starts {listed(list(venue.starts))}"
        yield Fact(f"{own}.starts", text, f"Offer more starts at {name}")
    if venue.courts_on:
        numbers = set(venue.courts_on.values())
        number = count(numbers.pop(), "court") if len(numbers) == 1 else "other numbers of courts"
        text = f"{name} has {number} on {days(venue.courts_on)}"
        yield Fact(f"{own}.courtsOn", text, f"Open more courts of {name} on those dates")
    text = f"{name} has {count(venue.courts, 'court')}"
    yield Fact(f"{own}.courts", text, f"Find more courts at {name}")
    if venue.closed_dates:
        text = f"{name} is closed on {days(venue.closed_dates)}"
        yield Fact(f"{own}.closedDates", text, f"Open {name} on some of these dates")
    if venue.open_dates is not None:
        text = f"{name} is open on {days(venue.open_dates)} only"
        if not venue.open_dates:
            text = f"{name} is open on no date"
        yield Fact(f"{own}.openDates", text, f"Open {name} on more dates")


def _dates(league: League) -> Iterator[Fact]:
    if league.season.closed_dates:
        text = f"Nobody plays on {days(league.season.closed_dates)}"
        yield Fact("season.closedDates", text, "Play on some of the season's closed dates")
    for n, club in enumerate(league.clubs):
        if club.closed_dates:
            text = f"No team of {club.name} plays on {days(club.closed_dates)}"
            way = f"Let teams of {club.name} play on some of these dates"
            yield Fact(f"clubs[{n}].closedDates", text, way)


def _division(n: int, division: Division) -> Iterator[Fact]:
    own, name = f"divisions[{n}]", division.name
    if division.venue_features:
        text = f"{name} plays only at venues with {listed(list(division.venue_features))}"
        yield Fact(f"{own}.venueFeatures", text, f"Let {name} play at venues without that too")
    if division.play_at == PlayAt.HOME_VENUE:
        text = f"{name} plays at the home team's home venue"
        yield Fact(f"{own}.playAt", text, f"Let {name} play at any venue")
    if division.min_meetings:
        text = f"Two teams of {name} meet at least {count(division.min_meetings, 'time')}"
        yield Fact(f"{own}.minMeetings", text, f"Ask for fewer meetings in {name}")
    text = f"Two teams of {name} meet at most {count(division.max_meetings, 'time')}"
    yield Fact(f"{own}.maxMeetings", text, f"Allow more meetings of two teams of {name}")


def _windows(kind: str, bound: str, rules: tuple[WindowRule, ...]) -> Iterator[Fact]:
    for n, rule in enumerate(rules):
        if rule.is_hard:
            text = f"A team plays at {bound} {count(rule.games, 'game')} {within(rule.days)}"
            better = "more" if bound == "most" else "fewer"
            way = f"Allow {better} games {within(rule.days)}, or give the rule a weight"
            yield Fact(f"rules.{kind}[{n}]", text, way)


def _teams(league: League) -> Iterator[Fact]:
    for n, team in enumerate(league.teams):
        if team.coaches:
            text = f"{team.name} is coached by {listed(list(team.coaches))}"
            yield Fact(f"teams[{n}].coaches", text, f"Find {team.name} another coach")
    for kind, what in (("homeClosedDates", "home game"), ("awayClosedDates", "away game")):
        for n, team in enumerate(league.teams):
            dates = team.home_closed_dates if what == "home game" else team.away_closed_dates
            if dates:
                text = f"{team.name} has no {what} on {days(dates)}"
                way = f"Let {team.name} have {what}s on some of these dates"
                yield Fact(f"teams[{n}].{kind}", text, way)
    for n, team in enumerate(league.teams):
        if team.closed_dates:
            text = f"{team.name} does not play on {days(team.closed_dates)}"
            way = f"Let {team.name} play on some of these dates"
            yield Fact(f"teams[{n}].closedDates", text, way)


def _pairs(league: League) -> Iterator[Fact]:
    for n, (one, other) in enumerate(league.forbidden_pairs):
        text = f"{one} and {other} must not meet"
        yield Fact(f"forbiddenPairs[{n}]", text, f"Let {one} meet {other}")


def _locked(n: int, game: LockedGame) -> Fact:
    place = f"on {game.date} at {game.start} at {game.venue}"
    text = f"{game.home} plays {game.away} {place}"
    return Fact(f"lockedGames[{n}]", text, f"Do not lock {game.home} against {game.away} {place}")


def _amounts(league: League) -> Iterator[Fact]:
    for n, division in enumerate(league.divisions):
        games = count(division.games_per_team, "game")
        text = f"Every team of {division.name} plays {games}"
        way = f"Let {division.name} play fewer games"
        yield Fact(f"divisions[{n}].gamesPerTeam", text, way)
