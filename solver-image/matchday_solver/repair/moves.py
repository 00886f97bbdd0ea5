"""What a repaired schedule changes and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matchday_api.checker import check
from matchday_api.checker.rules.windows import idle
from matchday_api.checker.timetable import Timetable
from matchday_api.problem import Problem
from matchday_api.schedule import Game, Unplaced
from matchday_solver.build import build, known_games
from matchday_solver.names import Names
from matchday_solver.repair.cause import causes

Key = tuple[object, ...]
"""What tells a game's place: teams, date, start, venue."""

MADE_ROOM = "to make room for others"
MAX_TOLD = 5
"""Moves that a summary tells in full."""


@dataclass(frozen=True)
class Move:
    """A game of the earlier schedule that is not in the new one."""

    before: Game
    after: Game | None
    """The same pairing's new game; None where the two do not meet any more in its place."""
    why: str

    def __str__(self) -> str:
        old = f"{self.before.home} - {self.before.away}, {_place(self.before)}"
        return f"{old}: {self._new()} ({self.why})"

    def _new(self) -> str:
        """What has become of it; the teams only where others are at home."""
        if self.after is None:
            return "dropped"
        same = self.after.home == self.before.home
        teams = "" if same else f"{self.after.home} - {self.after.away}, "
        return f"now {teams}{_place(self.after)}"


def moves(problem: Problem, games: Sequence[Game]) -> tuple[Move, ...]:
    """The changes of a schedule to the problem's earlier one, as the contract counts them."""
    if problem.earlier is None:
        return ()
    there = Counter(_key(game) for game in games)
    after = {game.id: game for game in games}
    gone = _unmatched(problem.earlier.games, there)
    # The reasons ask the checker about the whole schedule.
    why = _reasons(problem) if gone else {}
    return tuple(Move(game, after.get(game.id), why[game.id]) for game in gone)


def _unmatched(games: Iterable[Game], others: Counter[Key]) -> list[Game]:
    """The games that are not among others, each of which stands for one."""
    left, found = others.copy(), []
    for game in games:
        if left[_key(game)] > 0:
            left[_key(game)] -= 1
        else:
            found.append(game)
    return found


def added(problem: Problem, games: Sequence[Game], moved: Sequence[Move]) -> tuple[Game, ...]:
    """Games that are no earlier game, neither in its place nor `moved`; they are no changes."""
    if problem.earlier is None:
        return ()
    there = Counter(_key(game) for game in problem.earlier.games)
    elsewhere = {move.after.id for move in moved if move.after is not None}
    return tuple(game for game in _unmatched(games, there) if game.id not in elsewhere)


def lines(problem: Problem, games: Sequence[Game]) -> tuple[list[str], list[str]]:
    """Each change to the earlier schedule with its reason, and each game that is new."""
    moved = moves(problem, games)
    new = [f"{game.home} - {game.away}, {_place(game)}" for game in added(problem, games, moved)]
    return [str(move) for move in moved], new


def summary(moved: Sequence[Move]) -> str:
    """The first moves in full, the others counted."""
    told = [str(move) for move in moved[:MAX_TOLD]]
    if len(moved) > MAX_TOLD:
        told.append(f"and {len(moved) - MAX_TOLD} more")
    return "; ".join(told)


def _reasons(problem: Problem) -> dict[str, str]:
    """Why each earlier game moves, should it."""
    earlier, names = problem.earlier.games if problem.earlier else (), Names(problem)
    known = known_games(names, earlier)
    alone = dict(zip(known.ids, causes(build(problem), known), strict=True))
    for game in earlier:
        if game.id not in alone:
            alone[game.id] = _gone(names, game)
    staying = [game for game in earlier if not alone[game.id]]
    there = [game for game in earlier if game.id in known.ids]
    together = {**_idle(problem, there), **_broken(problem, staying)}
    return {name: why or together.get(name, MADE_ROOM) for name, why in alone.items()}


def _gone(names: Names, game: Game) -> str:
    """What of a game is no longer in the league."""
    for team in (game.home, game.away):
        if team not in names.team:
            return f"{team} is no longer in the league"
    if game.home == game.away:
        return "a team does not play itself"
    if game.venue not in names.venue:
        return f"{game.venue} is no longer in the league"
    if game.date not in names.day:
        return f"{game.date} is not in the season"
    return f"no game begins at {game.start} on {game.date}"


def _broken(problem: Problem, games: Sequence[Game]) -> dict[str, str]:
    """What each game would break together with the others, which may stay by themselves."""
    found: dict[str, str] = {}
    lacking = _lacking(problem, games)
    for violation in check(problem.league, games, lacking, problem.earlier).violations:
        for name in violation.games if not violation.rule.endswith(".minMeetings") else ():
            found.setdefault(name, violation.message)
    return found


def _idle(problem: Problem, games: Sequence[Game]) -> dict[str, str]:
    """For the games of each team that plays too seldom with all of them: what they break."""
    table = Timetable(problem.league, games, (), problem.earlier)
    told = {team: message for _, team, message in idle(table)}
    return {
        game.id: told[team] for game in games for team in (game.home, game.away) if team in told
    }


def _lacking(problem: Problem, games: Sequence[Game]) -> list[Unplaced]:
    """What games lack that are only a part of a schedule, so that this is no rule they break."""
    teams = {team.name: team.division for team in problem.league.teams}
    short = Timetable(problem.league, games, (), problem.earlier).shortages()
    return [
        Unplaced(division=teams[name], teams=(name,), missing=number, reason="moves")
        for name, number in short.items()
    ]


def _key(game: Game) -> Key:
    return game.home, game.away, game.date, game.start, game.venue


def _place(game: Game) -> str:
    return f"{game.date} {game.start} at {game.venue}"
