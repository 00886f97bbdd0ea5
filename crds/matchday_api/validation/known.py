"""What a league's names stand for, and what follows for each team."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from matchday_api.base import minutes
from matchday_api.faults import Fault, quoted, suggestion
from matchday_api.league import Club, Division, League, Team, Venue, Weekday

Named = TypeVar("Named", Division, Club, Team, Venue)

MAX_COMPARISONS = 5_000
"""Names that are compared to find the one that was meant, in one league."""


class Known:
    """A league by its names; of two things with one name the first counts.

    A name that nothing bears is somebody else's fault to tell: here it counts as not given.
    """

    def __init__(self, league: League) -> None:
        self.league = league
        self.divisions = _first(league.divisions)
        self.clubs = _first(league.clubs)
        self.teams = _first(league.teams)
        self.venues = _first(league.venues)
        self._comparisons = 0

    def unknown(
        self, path: str, kind: str, name: str | None, known: Collection[str]
    ) -> Iterator[Fault]:
        """A fault where a name is given that nothing of its kind bears."""
        if name is None or name in known:
            return
        self._comparisons += len(known)
        near = suggestion(name, known) if self._comparisons <= MAX_COMPARISONS else ""
        yield Fault(path, f"unknown {kind} {quoted(name)}{near}")

    @cached_property
    def members(self) -> dict[str, list[Team]]:
        """The teams of every division."""
        found: dict[str, list[Team]] = defaultdict(list)
        for team in self.league.teams:
            found[team.division].append(team)
        return found

    @cached_property
    def forbidden(self) -> set[frozenset[str]]:
        """Pairs that must not meet."""
        return {frozenset(pair) for pair in self.league.forbidden_pairs}

    @cached_property
    def features(self) -> set[str]:
        """Features that some venue has."""
        return {feature for venue in self.league.venues for feature in venue.features}

    @cached_property
    def starts(self) -> dict[Weekday, set[int]]:
        """Starts that the league offers, in minutes, by weekday."""
        found: dict[Weekday, set[int]] = {day: set() for day in Weekday}
        for rule in self.league.slots:
            for day in rule.days:
                found[day] |= set(map(minutes, rule.starts))
        return found

    def club(self, team: Team) -> Club | None:
        """The team's club."""
        return None if team.club is None else self.clubs.get(team.club)

    def home_venue(self, team: Team) -> str | None:
        """The team's home venue, or its club's."""
        club = self.club(team)
        return team.home_venue or (club.home_venue if club else None)

    def is_home_known(self, team: Team) -> bool:
        """Whether the names that the team's home venue follows from are of something."""
        if team.home_venue is None and team.club is not None and team.club not in self.clubs:
            return False
        home_venue = self.home_venue(team)
        return home_venue is None or home_venue in self.venues

    def why_not(self, one: Team, other: Team) -> str | None:
        """Why two teams can never meet; None where they can, or a division is nowhere yet."""
        if one.name == other.name:
            return "a team cannot play itself"
        if not {one.division, other.division} <= self.divisions.keys():
            return None
        if one.division != other.division:
            return f"they are of two divisions, {quoted(one.division)} and {quoted(other.division)}"
        if frozenset((one.name, other.name)) in self.forbidden:
            return "forbiddenPairs says that they must not meet"
        if one.club is not None and one.club == other.club and not self.may_share_club:
            return f"both are of club {quoted(one.club)}, and rules.sameClubMeets is false"
        return None

    def opponents(self, teams: Sequence[Team]) -> Iterator[tuple[Team, int]]:
        """How many of a division's teams each of them may meet."""
        names = {team.name: team.club for team in teams}
        clubs = Counter(team.club for team in teams if team.club is not None)
        barred: Counter[str] = Counter()
        for pair in self.forbidden:
            if len(pair) == 2 and pair <= names.keys():
                one, other = pair
                is_counted = names[one] == names[other] is not None and not self.may_share_club
                barred.update([] if is_counted else pair)
        for team in teams:
            shared = 0 if self.may_share_club or team.club is None else clubs[team.club] - 1
            yield team, len(teams) - 1 - shared - barred[team.name]

    @property
    def may_share_club(self) -> bool:
        """Whether two teams of one club may meet."""
        return self.league.rules.same_club_meets


def _first(things: Iterable[Named]) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for thing in things:
        found.setdefault(thing.name, thing)
    return found
