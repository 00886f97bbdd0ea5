"""A league with one number of it changed step by step, as ways out are tried."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from matchday_api.faults import counted as count
from matchday_api.league import Doubleheaders, League
from matchday_solver.explain.changes import changed_item
from matchday_solver.explain.facts import Fact, number_of, within

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


def variants(league: League, facts: Sequence[Fact]) -> list[list[Variant]]:
    """Ever larger changes of what facts of one kind say, one series for each way to change them.

    Empty where that is no number, and mostly where there are several.
    """
    numbers = [number_of(fact) for fact in facts]
    if len(numbers) > 1:
        is_games = facts[0].kind == "divisions.gamesPerTeam"
        return [list(_fewer_games(league, numbers))] if is_games else []
    return [list(make(league, numbers[0])) for make in _MAKERS.get(facts[0].kind, ())]


def _fewer_games(league: League, numbers: Sequence[int]) -> Iterator[Variant]:
    """Ever fewer games a team in some divisions, down to one."""
    asked = [league.divisions[n].games_per_team for n in numbers]
    for less in range(1, max(asked)):
        games = [max(1, each - less) for each in asked]
        if all(_is_even(league, n, each) for n, each in zip(numbers, games, strict=True)):
            yield _with_games(league, numbers, games)


def _more_games(league: League, n: int) -> Iterator[Variant]:
    asked = league.divisions[n].games_per_team
    for games in range(asked + 1, asked + MAX_STEPS + 1):
        if _is_even(league, n, games):
            yield _with_games(league, [n], [games])


def _is_even(league: League, n: int, games: int) -> bool:
    """Whether so many games a team of a division make whole games."""
    name = league.divisions[n].name
    return games * sum(team.division == name for team in league.teams) % 2 == 0


def _with_games(league: League, numbers: Sequence[int], games: Sequence[int]) -> Variant:
    told = []
    for n, each in zip(numbers, games, strict=True):
        told.append(f"{count(each, 'game')} a team in {league.divisions[n].name}")
        league = changed_item(league, "divisions", n, games_per_team=each)
    return Variant(league, f"Play {', and '.join(told)}")


def _meetings(league: League, n: int) -> Iterator[Variant]:
    division = league.divisions[n]
    for most in range(division.max_meetings + 1, division.max_meetings + MAX_STEPS + 1):
        changed = changed_item(league, "divisions", n, max_meetings=most)
        text = f"Let two teams of {division.name} meet {count(most, 'time')}"
        yield Variant(changed, text)


def _window(league: League, n: int) -> Iterator[Variant]:
    rule = league.rules.max_games[n]
    for games in range(rule.games + 1, rule.games + MAX_STEPS + 1):
        entries = list(league.rules.max_games)
        entries[n] = rule.model_copy(update={"games": games})
        rules = league.rules.model_copy(update={"max_games": tuple(entries)})
        changed = league.model_copy(update={"rules": rules})
        yield Variant(changed, f"Allow {count(games, 'game')} {within(rule.days)}")


def _courts(league: League, n: int) -> Iterator[Variant]:
    venue = league.venues[n]
    for more in range(1, MAX_STEPS + 1):
        changed = changed_item(league, "venues", n, courts=venue.courts + more)
        yield Variant(changed, f"Find {count(more, 'more court')} at {venue.name}")


def _courts_on(league: League, n: int) -> Iterator[Variant]:
    """More courts on all of the dates; one more on some of them is a reopening."""
    venue = league.venues[n]
    for more in range(2, MAX_STEPS + 1):
        numbers = {day: number + more for day, number in venue.courts_on.items()}
        changed = changed_item(league, "venues", n, courts_on=numbers)
        text = f"Open {more} more courts of {venue.name} on each of its dates with a number"
        yield Variant(changed, text)


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


_MAKERS: dict[str, tuple[Callable[[League, int], Iterator[Variant]], ...]] = {
    "divisions.gamesPerTeam": (lambda league, n: _fewer_games(league, [n]), _more_games),
    "divisions.maxMeetings": (_meetings,),
    "rules.maxGames": (_window,),
    "rules.doubleheaders": (_doubleheaders, _breaks),
    "venues.courts": (_courts,),
    "venues.courtsOn": (_courts_on,),
}
