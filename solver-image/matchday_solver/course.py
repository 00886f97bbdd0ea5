"""The course of a search: opponents, then places for all games, then improvement."""

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from matchday_api.problem import Problem
from matchday_api.request import Completeness
from matchday_api.schedule import ScheduleFile
from matchday_solver import starting
from matchday_solver.build import known_games
from matchday_solver.clock import Clock
from matchday_solver.cooling import Cooling, Counted, Extent, Timed
from matchday_solver.crew import Crew
from matchday_solver.decode import Placed
from matchday_solver.instance import Instance
from matchday_solver.kernel.layout import CHANGED
from matchday_solver.minimums import Minimums
from matchday_solver.names import Names
from matchday_solver.outcome import Reporter
from matchday_solver.placing import Placing
from matchday_solver.prover import Prover
from matchday_solver.record import Record
from matchday_solver.search import Search, Start

if TYPE_CHECKING:
    from matchday_solver.exact.run import Budget
    from matchday_solver.exact.whole import Whole

SHARED = 0.5
"""Part of the moves of one worker that each of several tries where their number is fixed: they
share memory, and the CPUs with the work on bounds."""
LACKING = 0.5
"""The same part where games are missing: to place what there is has taken half of the time."""
REPAIR_SECONDS = 60.0
"""Longest repair of an earlier schedule before the search goes on with what there is."""
WHOLE_SHARE = 0.4
"""Part of the time limit that one worker gives the model of a small league, in the engine's own
unit; the search has used half of the limit by then."""
PROOF_SECONDS = 0.1
"""Between two looks at what is proven, where nothing else is done."""


class Course:
    """One attempt at a problem; `record` has its best schedule."""

    def __init__(self, problem: Problem, instance: Instance, reporter: Reporter, clock: Clock,
                 attempt: int) -> None:  # fmt: skip
        self.problem, self.instance, self.clock = problem, instance, clock
        self.record = Record(problem, instance, reporter, clock, attempt)
        self.is_refuted = False
        """Whether it is proven, by more than counting, that there is no complete schedule."""

    def run(self, saved: ScheduleFile | None) -> bool:
        """Search until the time is up or enough is known; False where there is no schedule."""
        record = self.record
        if saved is not None:
            record.adopt(saved)
        record.tell("Choosing opponents")
        start = self._start(saved)
        if start is None:
            return False
        crew = Crew(self.instance, start, self.problem, self.clock)
        placing = Placing(self.problem, self.instance, self.clock, record)
        placed = placing.run(crew)
        met = None if placed is None else self._with_minimums(placed)
        if met is None:
            self.is_refuted = True
            return False
        met.part()
        crew = self._improve(met) if not self.clock.stopped else met
        record.offer(crew.best, now=True, last=True)
        if crew.is_repeatable and record.goes_on() and not self._is_enough(crew):
            self._solve_whole(crew)
        if crew.workers == 1 and not self.problem.repeatable and record.best is not None:
            self._prove(crew)
        return True

    def _with_minimums(self, crew: Crew) -> Crew | None:
        """Searches that keep what placing does not look at; None if proven that none can."""
        self.record.offer_now(crew.best)
        minimums = Minimums(self.problem, self.instance, self.clock, self.record)
        if minimums.are_met:
            return crew
        met = minimums.run(crew, self._cooling(crew))
        if met is not None:
            self.record.offer_now(met.best)
        return met

    def _start(self, saved: ScheduleFile | None) -> Start | None:
        """The saved schedule's games, else new opponents."""
        seed = self.problem.seed
        if saved is not None and saved.validation.valid:
            games = known_games(Names(self.problem), saved.games)
            start = starting.resumed(self.instance, games, seed, self.clock)
            if start is not None:
                self._prove_certain_changes()
                return start
        if self.instance.earlier is not None and (start := self._repaired()) is not None:
            return start
        complete = self.problem.completeness is Completeness.REQUIRED
        return starting.fresh(self.instance, seed, complete, self.clock)

    def _repaired(self) -> Start | None:
        """The earlier schedule with the fewest changes, and the proof of that; None if unknown."""
        from matchday_solver.repair import repair

        self.record.tell("Repairing the earlier schedule")
        self._prove_certain_changes()
        seconds = min(REPAIR_SECONDS, self.clock.left / 2)
        # The engine's threads take turns by chance, so what is to be repeatable has one of them.
        most = self.problem.workers or len(os.sched_getaffinity(0))
        workers = 1 if self.problem.repeatable else most
        complete = self.problem.completeness is Completeness.REQUIRED
        found = repair(self.instance, seconds, workers, self.clock.stop, complete=complete)
        if found is None:
            return None
        start = starting.resumed(self.instance, found.games, self.problem.seed, self.clock)
        if start is not None:
            self.record.prove_changes(found.changes_bound)
            self._offer_start(start)
        return start

    def _prove_certain_changes(self) -> None:
        """Changes that today's league cannot do without, where there is a schedule to repair."""
        from matchday_solver.repair import certain_changes

        if self.instance.earlier is not None:
            self.record.prove_changes(certain_changes(self.instance))

    def _improve(self, crew: Crew) -> Crew:
        """Anneal, and prove bounds, until the time is up or the schedule is good enough."""
        with self._prover(crew, thorough=crew.workers > 1) as prover:
            cooling = self._cooling(crew)
            while self.record.goes_on() and self._goes_on(cooling) and not self._is_enough(crew):
                crew.anneal(cooling)
                crew = self._take(prover, crew)
                if prover.is_idle and crew.has_room:
                    crew.join()
                # The clock decides when else is checked, which nothing repeatable may go by.
                self.record.offer(crew.best, now=crew.is_repeatable and self._may_be_enough(crew))
                self.record.tell("Improving the schedule")
        return self._take(prover, crew)

    def _prove(self, crew: Crew) -> None:
        """Prove bounds in what is left of the time by the only worker, whose search has ended."""
        with self._prover(crew, thorough=True) as prover:
            while self.record.goes_on() and not self.record.is_enough and not prover.is_idle:
                self._take(prover, crew)
                self.record.tell("Proving how good the schedule is")
                self.clock.stop.wait(PROOF_SECONDS)
        self._take(prover, crew)

    def _prover(self, crew: Crew, thorough: bool) -> Prover:
        lacking = self._lacks(crew)
        return Prover(self.instance, self.clock, thorough, crew.best, lacking=lacking)

    def _lacks(self, crew: Crew) -> bool:
        """Whether games are missing."""
        return len(crew.best.placed()) < self.instance.games_total

    def _goes_on(self, cooling: Cooling) -> bool:
        """Whether moves are left; there are always some while no schedule is known at all."""
        return cooling.part() < 1 or self.record.best is None

    def _is_enough(self, crew: Crew) -> bool:
        """Whether to end for what is proven; with several workers nobody knows when that is.

        When the clock has had a schedule checked is chance, too: what ends a repeatable search is
        known before.
        """
        if not crew.is_repeatable:
            return self.record.is_enough
        return crew.workers == 1 and self._may_be_enough(crew) and self.record.is_enough

    def _may_be_enough(self, crew: Crew) -> bool:
        """Whether the best schedule of the searches is as good as was asked for, once checked."""
        best, proof = crew.best, self.record.proof
        cost = best.preferences
        if cost - proof.bound <= self.problem.gap_limit * cost:
            return True
        return best.cost % CHANGED == 0 and best.missing + crew.unpaired == proof.missing

    def _cooling(self, crew: Crew) -> Cooling:
        """By time, but by moves where the search is to be repeatable.

        A search that joins later does not count.
        """
        extent = Extent.of(self.instance)
        if not crew.is_repeatable:
            return Timed(self.clock, self.record.reserve, extent, crew.searches_as_one)
        seconds = self.problem.time_limit_seconds - self.clock.elapsed_before
        share = (1.0 if crew.workers == 1 else SHARED) * (LACKING if self._lacks(crew) else 1.0)
        return Counted(seconds * share, extent, crew.searches_as_one)

    def _take(self, prover: Prover, crew: Crew) -> Crew:
        """Let what is proven count, and what was found on the way; the searches to go on with.

        When something is found depends on the clock, so nothing repeatable may use it.
        """
        self.record.prove_bound(prover.bound)
        self.record.prove_missing(prover.missing)
        self.record.prove_least(prover.least)
        if crew.is_repeatable:
            return crew
        if (found := prover.found.take()) is not None:
            self._offer(found.placed)
        fuller = prover.fuller.take()
        return crew if fuller is None else crew.resumed(fuller.as_games(), self.record.offer_now)

    def _solve_whole(self, crew: Crew) -> None:
        """Go on with a small league as one model, so far that it can be repeated."""
        from matchday_solver.bounds.whole_league import fits_one_model
        from matchday_solver.exact.run import Budget

        work = WHOLE_SHARE * (self.problem.time_limit_seconds - self.clock.elapsed_before)
        seconds = self.clock.left - self.record.reserve
        if not fits_one_model(self.instance, min(work, seconds)):
            return
        self.record.tell("Solving the league as one model")
        found = self._whole(crew, Budget(seconds, crew.workers, self.problem.seed, work=work))
        if found.placed is not None:
            self._offer(found.placed)
        self.record.prove_missing(found.missing_bound)
        self.record.prove_least(found.least)
        self.record.prove_bound(found.complete_bound)

    def _whole(self, crew: Crew, budget: "Budget") -> "Whole":
        """What the model tells; a repair has no more changes by it."""
        from matchday_solver.exact.model import cheaper_than
        from matchday_solver.exact.whole import solve_best_effort, solve_complete

        instance, stop, known = self.instance, self.clock.stop, crew.best.placed()
        if self._lacks(crew):
            return solve_best_effort(instance, replace(budget, workers=1), stop)
        costs = cheaper_than(crew.best.preferences, self.record.proof.bound)
        return solve_complete(instance, budget, stop, known=known, between=costs)

    def _offer(self, games: Sequence[Placed]) -> None:
        """Offer a schedule that the engine has found."""
        start = starting.from_placed(self.instance, games, self.problem.seed, self.clock)
        if start is not None:
            self._offer_start(start)

    def _offer_start(self, start: Start) -> None:
        """Offer the schedule that searches begin with, before they change it."""
        search = Search(self.instance, start, self.problem.seed)
        search.settle(steps=0)
        self.record.offer_found(search)
