"""The soft terms, one function each: a timetable in, its units out."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise

from matchday_api.checker.timetable import Played, Timetable
from matchday_api.checker.window_counts import window_counts
from matchday_api.league import Preferences, Team, WindowRule

Term = Callable[[Timetable], int]

WEEKEND = (5, 6)


def club_days(table: Timetable) -> int:
    """(club, date, venue) at which a team of the club plays."""
    return len(
        {
            (team.club, play.date, play.venue.name)
            for play in table.played
            for team in play.teams
            if team.club is not None
        }
    )


def coach_back_to_back(table: Timetable) -> int:
    """A coach's consecutive games of a date that are not adjacent at one venue.

    Two games of one of the coach's teams, a doubleheader, are skipped.
    """
    units = 0
    for coach, plays in table.by_coach.items():
        for one, other in pairwise(plays):
            same_team = _coached(coach, one) & _coached(coach, other)
            if one.date == other.date and not same_team:
                units += one.venue.name != other.venue.name or one.end != other.start
    return units


def doubleheaders(table: Timetable) -> int:
    """(team, date) pairs with two games."""
    dates = Counter((name, play.date) for play in table.played for name in play.pair)
    return sum(games > 1 for games in dates.values())


def rivals(table: Timetable) -> int:
    """Rival pairs that never meet."""
    return sum(frozenset(pair) not in table.by_pair for pair in table.league.rivals)


def tier_match(table: Timetable) -> int:
    """Games between teams of different tiers, both given."""
    return sum(_differ(play.home.tier, play.away.tier) for play in table.played)


def home_venue(table: Timetable) -> int:
    """Games at a venue that is home to neither team, where at least one has a home venue."""
    units = 0
    for play in table.played:
        homes = {table.facts.home_venue(team) for team in play.teams} - {None}
        units += bool(homes) and play.venue.name not in homes
    return units


def region(table: Timetable) -> int:
    """Games across regions, and games at a venue of a region that is neither team's."""
    units = 0
    for play in table.played:
        home, away = (table.facts.region(team) for team in play.teams)
        units += _differ(home, away)
        regions = {home, away} - {None}
        if play.venue.region is not None and regions:
            units += play.venue.region not in regions
    return units


def home_away_balance(table: Timetable) -> int:
    """For every team, home minus away games beyond 1."""
    units = 0
    for name, plays in table.by_team.items():
        homes = sum(play.home.name == name for play in plays)
        units += max(0, abs(2 * homes - len(plays)) - 1)
    return units


def full_evenings(table: Timetable) -> int:
    """Starts offered at a venue that holds a game that Monday to Friday, with none in progress."""
    units = 0
    for (_, day), plays in table.by_venue_date.items():
        if day.weekday() in WEEKEND:
            continue
        units += _idle(sorted(table.facts.starts_at(plays[0].venue, day)), plays)
    return units


def _idle(starts: Sequence[int], plays: Sequence[Played]) -> int:
    """Starts at which none of the games, which come in order of time, is in progress."""
    idle, begun, busy_until = 0, 0, -1
    for start in starts:
        while begun < len(plays) and plays[begun].start <= start:
            busy_until = max(busy_until, plays[begun].end)
            begun += 1
        idle += start >= busy_until
    return idle


def rematch_gap(table: Timetable) -> int:
    """Consecutive meetings of a pair fewer dates apart than the gap."""
    least = table.league.preferences.rematch_gap.days
    return sum(
        (later.date - sooner.date).days < least
        for plays in table.by_pair.values()
        for sooner, later in pairwise(plays)
    )


def start_fairness(table: Timetable) -> int:
    """A team's games at unpopular starts beyond its division's mean, rounded up."""
    by_team = {
        name: sum(_is_unpopular(table, play) for play in plays)
        for name, plays in table.by_team.items()
    }
    units = 0
    for _, teams in groupby(sorted(table.league.teams, key=_division), key=_division):
        counts = [by_team[team.name] for team in teams]
        mean = -(-sum(counts) // len(counts))
        units += sum(max(0, count - mean) for count in counts)
    return units


def max_games(table: Timetable) -> int:
    """Weighted games of a team beyond each soft entry of `maxGames`, over all windows."""
    return _windows(table, table.league.rules.max_games, 1)


def min_games(table: Timetable) -> int:
    """Weighted games that a team lacks for each soft entry of `minGames`, over all windows."""
    return _windows(table, table.league.rules.min_games, -1)


TERMS: dict[str, Term] = {
    "clubDays": club_days,
    "coachBackToBack": coach_back_to_back,
    "doubleheaders": doubleheaders,
    "rivals": rivals,
    "tierMatch": tier_match,
    "homeVenue": home_venue,
    "region": region,
    "homeAwayBalance": home_away_balance,
    "fullEvenings": full_evenings,
    "rematchGap": rematch_gap,
    "startFairness": start_fairness,
    "maxGames": max_games,
    "minGames": min_games,
}


def count_terms(table: Timetable) -> dict[str, int]:
    """Units of every term under its name."""
    return {name: term(table) for name, term in TERMS.items()}


def weigh(preferences: Preferences, terms: dict[str, int]) -> int:
    """The weighted sum of the terms; the window terms are weighted already."""
    weights = {
        "clubDays": preferences.club_days,
        "coachBackToBack": preferences.coach_back_to_back,
        "doubleheaders": preferences.doubleheaders,
        "rivals": preferences.rivals,
        "tierMatch": preferences.tier_match,
        "homeVenue": preferences.home_venue,
        "region": preferences.region,
        "homeAwayBalance": preferences.home_away_balance,
        "fullEvenings": preferences.full_evenings,
        "rematchGap": preferences.rematch_gap.weight,
        "startFairness": preferences.start_fairness,
        "maxGames": 1,
        "minGames": 1,
    }
    return sum(weights[name] * units for name, units in terms.items())


def _windows(table: Timetable, entries: Sequence[WindowRule], sign: int) -> int:
    return sum(
        entry.weight * max(0, sign * (games - entry.games))
        for entry in entries
        if entry.weight
        for team in table.league.teams
        for games in window_counts(table, team.name, entry.days)
    )


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _coached(coach: str, play: Played) -> set[str]:
    return {team.name for team in play.teams if coach in team.coaches}


def _division(team: Team) -> str:
    return team.division


def _is_unpopular(table: Timetable, play: Played) -> bool:
    return table.facts.starts_on(play.date).get(play.start, False)
