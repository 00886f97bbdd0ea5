"""What a repaired schedule changes and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from matchday_api.problem import Problem
from matchday_api.schedule import Game
from matchday_solver.build import build, known_games
from matchday_solver.names import Names
from matchday_solver.repair.cause import causes

MADE_ROOM = "to make room for others"
GONE = "its team, venue or date is no longer in the league"
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
        new = "dropped" if self.after is None else f"now {_place(self.after)}"
        old = f"{self.before.home} - {self.before.away}, {_place(self.before)}"
        return f"{old}: {new} ({self.why})"


def moves(problem: Problem, games: Sequence[Game]) -> tuple[Move, ...]:
    """The changes of a schedule to the problem's earlier one, as the contract counts them."""
    if problem.earlier is None:
        return ()
    there = Counter(_key(game) for game in games)
    after = {game.id: game for game in games}
    why = _reasons(problem)
    found = []
    for game in problem.earlier.games:
        if there[_key(game)] > 0:
            there[_key(game)] -= 1
        else:
            found.append(Move(game, after.get(game.id), why[game.id]))
    return tuple(found)


def summary(moved: Sequence[Move]) -> str:
    """The first moves in full, the others counted."""
    told = [str(move) for move in moved[:MAX_TOLD]]
    if len(moved) > MAX_TOLD:
        told.append(f"and {len(moved) - MAX_TOLD} more")
    return "; ".join(told)


def _reasons(problem: Problem) -> dict[str, str]:
    """Why each earlier game moves, should it."""
    earlier = problem.earlier.games if problem.earlier else ()
    known = known_games(Names(problem), earlier)
    reasons = {game.id: GONE for game in earlier}
    for name, cause in zip(known.ids, causes(build(problem), known), strict=True):
        reasons[name] = cause or MADE_ROOM
    return reasons


def _key(game: Game) -> tuple[object, ...]:
    return game.home, game.away, game.date, game.start, game.venue


def _place(game: Game) -> str:
    return f"{game.date} {game.start} at {game.venue}"
