"""Placing: all games find a place, or as many as can, or it is proven that not all can."""

from typing import TYPE_CHECKING

from matchday_api.problem import Problem
from matchday_api.request import Completeness
from matchday_solver.choice.table import rows_of
from matchday_solver.clock import Clock
from matchday_solver.crew import Crew
from matchday_solver.deciding import Deciding
from matchday_solver.instance import Instance
from matchday_solver.patience import Patience
from matchday_solver.record import Record

if TYPE_CHECKING:
    from matchday_solver.exact.run import Budget

PATIENCE = 0.4
"""Part of the time in which the last games are placed by ejection only, where some may be missing.
"""
PATIENCE_LACKING = 0.2
"""The same where it is proven that some must be missing, or where placing all that can be placed
is not the end of it: hard `minGames` come after."""
FEWER_SHARE, FEWER_SECONDS = 0.2, 30.0
"""Part of the time limit, and most seconds, in which the exact model looks for fewer missing games.
"""
ENGINE_PACE = 0.5
"""The engine's own unit, of which a repeatable search counts so many for each of those seconds: on
slow machines it takes two."""
UNPAIRED_SECONDS = 0.1
"""Between two looks at the exact model where nothing else is left to do."""
STALLED_SECONDS = 3.0
"""After so long all workers place games: how long one search takes for the last is much by chance.
"""
FILL_ROUNDS = 10
"""Chunks of placing after which everything is placed that there is room for, time and again."""


def missing_budget(problem: Problem, clock: Clock, crew: Crew) -> "Budget":
    """What the exact model may use to find fewer missing games."""
    from matchday_solver.exact.run import Budget

    limit = min(FEWER_SECONDS, FEWER_SHARE * problem.time_limit_seconds)
    # The engine's threads take turns by chance, so what is to be repeatable has one of them.
    if crew.is_repeatable:
        return Budget(clock.left, 1, problem.seed, work=ENGINE_PACE * limit)
    return Budget(min(limit, clock.left), crew.workers, problem.seed)


class Placing:
    """The first part of a search; `record` gets each schedule with more games."""

    def __init__(self, problem: Problem, instance: Instance, clock: Clock, record: Record) -> None:
        self._problem, self._instance = problem, instance
        self._clock, self._record = clock, record
        self._is_required = problem.completeness is Completeness.REQUIRED

    def run(self, crew: Crew) -> Crew | None:
        """Place all games, or as many as the time allows; None if proven that not all can be.

        Where the last games find no place for long, the exact model is asked as well.
        """
        patience, stalled = self._patience(crew), self._clock.spent + STALLED_SECONDS
        with Deciding(self._instance, self._clock, patience.rounds_before_asking) as deciding:
            best, waiting = self._instance.games_total + 1, 0
            while self._record.goes_on() and (patience.is_left or waiting < best):
                best = min(best, waiting or best)
                waiting = self._place(crew, patience)
                if waiting == 0:
                    return crew
                deciding.count_round()
                if deciding.found is not None:
                    return crew.resumed(deciding.found, self._record.offer_now)
                if deciding.is_refuted:
                    self._refute(deciding)
                    if self._is_required or crew.best.missing == deciding.lacking:
                        self._fill(crew)
                        break
                    patience.part = PATIENCE_LACKING
                if crew.has_room and self._clock.spent > stalled:
                    crew.join()
                self._tell_placed(crew, waiting)
        if self._is_required:
            return None if deciding.is_refuted else crew
        return self._with_fewer_missing(crew)

    def _place(self, crew: Crew, patience: Patience) -> int:
        """A round of placing; how many games still wait, those too that have no opponents where all
        are required: only the exact model can find those."""
        waiting, unpaired = crew.settle(), crew.unpaired if self._is_required else 0
        patience.count_round()
        if waiting and patience.rounds % FILL_ROUNDS == 0:
            waiting = crew.fill()
        if unpaired and not waiting and not crew.is_repeatable:
            self._clock.stop.wait(UNPAIRED_SECONDS)
        return waiting + unpaired

    def _fill(self, crew: Crew) -> None:
        """Leave out no game that there is room for, where no schedule has all of them."""
        crew.fill()
        self._record.offer_now(crew.best)

    def _refute(self, deciding: Deciding) -> None:
        """Remember how many games are missing at least: there is no complete schedule."""
        self._record.prove_missing(max(1, deciding.lacking))

    def _tell_placed(self, crew: Crew, waiting: int) -> None:
        total = self._instance.games_total
        self._record.tell(f"Placing games: {total - waiting} of {total}")
        self._record.offer(crew.best)

    def _with_fewer_missing(self, crew: Crew) -> Crew:
        """Searches that lack fewer games, where the exact model finds how."""
        if self._instance.earlier is not None or crew.best.missing <= self._record.proof.missing:
            return crew
        from matchday_solver.fewer import with_fewer_missing

        self._record.tell("Looking for places for the missing games")
        self._record.offer_now(crew.best)
        if self._record.best is None:
            return crew
        budget = missing_budget(self._problem, self._clock, crew)
        games = rows_of(self._instance, crew.best.placed())
        found = with_fewer_missing(self._instance, games, budget, self._clock.stop)
        return crew if found is None else crew.resumed(found.as_games(), self._record.offer_now)

    def _patience(self, crew: Crew) -> Patience:
        """How long until missing games are accepted for the time being."""
        games, minimums = self._instance.games_total, self._instance.limits.windows.min_hard
        part = PATIENCE_LACKING if len(minimums) else PATIENCE
        part = 1.0 if self._is_required else part
        return Patience(part, self._clock, games, repeatable=crew.is_repeatable)
