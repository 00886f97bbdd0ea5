"""Rule 2: who may meet, and how often."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from matchday_api.checker.facts import Facts
from matchday_api.checker.timetable import Played, Timetable, breaks, violation
from matchday_api.faults import quoted
from matchday_api.league import Division, Team
from matchday_api.schedule import Violation


def opponents_are_two_teams_of_one_division(table: Timetable) -> Iterator[Violation]:
    """Nobody plays itself or a team of another division."""
    for play in table.played:
        if play.frozen:
            continue
        if play.home.name == play.away.name:
            yield violation("teams", f"{quoted(play.home.name)} plays itself", [play])
        elif play.home.division != play.away.division:
            message = f"{_names(play)} are of two divisions"
            yield violation("divisions", message, [play])


def forbidden_pairs_do_not_meet(table: Timetable) -> Iterator[Violation]:
    """No game between the teams of a forbidden pair."""
    for play in table.played:
        rule = table.facts.forbidden.get(play.pair)
        if rule is not None and not play.frozen:
            yield violation(rule, f"{_names(play)} must not meet", [play])


def clubs_do_not_meet_themselves(table: Timetable) -> Iterator[Violation]:
    """No game between two teams of a club, unless the rules allow it."""
    for play in table.played:
        if play.home.name != play.away.name and _is_within_club(table, play) and not play.frozen:
            message = f"{_names(play)} are both of club {quoted(play.home.club)}"
            yield violation("rules.sameClubMeets", message, [play])


def meetings_are_at_most_the_maximum(table: Timetable) -> Iterator[Violation]:
    """A pair meets at most `maxMeetings` times, games reported missing for it included."""
    reported = _reported_pairs(table)
    for pair in table.by_pair.keys() | reported.keys():
        plays = table.by_pair.get(pair, [])
        division = _division_of(table, pair)
        number = len(plays) + reported[pair]
        if division is None or number <= division.max_meetings:
            continue
        if breaks(plays) or reported[pair]:
            rule = f"{table.facts.path('divisions', division.name)}.maxMeetings"
            message = f"{_pair(pair)} meet {number} times, at most {division.max_meetings} allowed"
            yield violation(rule, message, plays)


def meetings_are_at_least_the_minimum(table: Timetable) -> Iterator[Violation]:
    """Pairs that may meet do so `minMeetings` times, games reported missing included."""
    reported = _reported_pairs(table)
    for division in table.league.divisions:
        if division.min_meetings == 0:
            continue
        teams = [team for team in table.league.teams if team.division == division.name]
        for one, other in _of_two_clubs(table, teams):
            pair = frozenset((one.name, other.name))
            plays = table.by_pair.get(pair, [])
            number = len(plays) + reported[pair]
            if number < division.min_meetings and may_meet(table.facts, one, other):
                rule = f"{table.facts.path('divisions', division.name)}.minMeetings"
                least = division.min_meetings
                message = f"{_pair(pair)} meet {number} times, at least {least} needed"
                yield violation(rule, message, plays)


def _of_two_clubs(table: Timetable, teams: Sequence[Team]) -> Iterator[tuple[Team, Team]]:
    """Pairs of teams, without those of one club where these may not meet: they may be millions."""
    if table.league.rules.same_club_meets:
        yield from combinations(teams, 2)
        return
    groups = defaultdict[str | int, list[Team]](list)
    for n, team in enumerate(teams):
        groups[n if team.club is None else team.club].append(team)
    for some, others in combinations(groups.values(), 2):
        yield from product(some, others)


def may_meet(facts: Facts, one: Team, other: Team) -> bool:
    """Whether two teams of a division may be opponents at all."""
    if frozenset((one.name, other.name)) in facts.forbidden:
        return False
    return facts.league.rules.same_club_meets or one.club is None or one.club != other.club


def _is_within_club(table: Timetable, play: Played) -> bool:
    allowed = table.league.rules.same_club_meets
    return not allowed and play.home.club is not None and play.home.club == play.away.club


def _reported_pairs(table: Timetable) -> Counter[frozenset[str]]:
    reported: Counter[frozenset[str]] = Counter()
    for entry in table.unplaced:
        if len(set(entry.teams)) == 2:
            reported[frozenset(entry.teams)] += entry.missing
    return reported


def _division_of(table: Timetable, pair: frozenset[str]) -> Division | None:
    """The division of a pair; None where it is not of one division."""
    found = {t.division for name in pair if (t := table.facts.teams.get(name)) is not None}
    return table.facts.divisions[found.pop()] if len(found) == 1 and len(pair) == 2 else None


def _names(play: Played) -> str:
    return f"{quoted(play.home.name)} and {quoted(play.away.name)}"


def _pair(pair: frozenset[str]) -> str:
    return " and ".join(quoted(name) for name in sorted(pair))
