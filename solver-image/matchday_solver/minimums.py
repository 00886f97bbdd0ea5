"""Rules that placing games does not look at: annealing until they are kept too, or the proof that
they cannot be.

These are hard `minGames`, at which annealing looks as at a very dear term, and home games of two
teams that are locked so that they need one more meeting; that only the exact model finds.
"""

from matchday_api.problem import Problem
from matchday_api.request import Completeness
from matchday_solver.clock import Clock
from matchday_solver.cooling import Cooling
from matchday_solver.crew import Crew
from matchday_solver.deciding import Deciding
from matchday_solver.instance import Instance
from matchday_solver.kernel.layout import MISSING, SHORT
from matchday_solver.patience import ROUNDS, Patience
from matchday_solver.placing import PATIENCE, missing_budget
from matchday_solver.record import Record


class Minimums:
    """The part of a search after placing; `record` gets the first schedule that keeps all rules."""

    def __init__(self, problem: Problem, instance: Instance, clock: Clock, record: Record) -> None:
        self._problem, self._instance = problem, instance
        self._clock, self._record = clock, record
        self._is_required = problem.completeness is Completeness.REQUIRED

    def run(self, crew: Crew, cooling: Cooling) -> Crew | None:
        """Searches that keep all rules, as far as the time allows; None if proven that none can.

        Where that takes long, the exact model is asked as well; with BestEffort for a schedule with
        the fewest missing games.
        """
        patience = self._patience()
        rounds = ROUNDS if crew.is_repeatable else None
        with Deciding(self._instance, self._clock, rounds) as deciding:
            while self._goes_on(cooling) and self._is_patient(patience, crew, cooling):
                crew.anneal(cooling)
                # The clock decides when else is checked, which nothing repeatable may go by.
                is_met = crew.best.cost % MISSING < SHORT
                self._record.offer(crew.best, now=crew.is_repeatable and is_met)
                self._record.tell("Looking for a schedule that keeps every rule")
                deciding.count_round()
                if deciding.found is not None:
                    return crew.resumed(deciding.found, self._record.offer_now)
                if deciding.is_refuted:
                    break
        if self._record.best is not None:
            return crew
        if self._is_required:
            return None if deciding.is_refuted else crew
        return self._with_fewest_missing(crew)

    def _patience(self) -> Patience:
        """How long until the exact model is asked for games to leave out."""
        part = 1.0 if self._is_required else PATIENCE
        return Patience(part, self._clock, self._instance.games_total, repeatable=False)

    def _is_patient(self, patience: Patience, crew: Crew, cooling: Cooling) -> bool:
        """Whether to go on; by the moves, where nothing may depend on the clock."""
        return cooling.part() < patience.part if crew.is_repeatable else patience.is_left

    def _goes_on(self, cooling: Cooling) -> bool:
        return self._record.best is None and self._record.goes_on() and cooling.part() < 1

    def _with_fewest_missing(self, crew: Crew) -> Crew | None:
        """What the exact model finds; None where it proves that there is no schedule at all.

        First any schedule, without a cost: with one it may find none for long.
        """
        from matchday_solver.choice.fewest import any_schedule, fewest_missing

        instance, stop = self._instance, self._clock.stop
        budget = missing_budget(self._problem, self._clock, crew)
        any_one = any_schedule(instance, budget, stop)
        if any_one.feasible is False:
            return None
        if any_one.games is None:
            return crew
        everything = range(len(instance.divisions.names))
        lacking, told = instance.games_total - len(any_one.games), self._record.prove_missing
        fewer = fewest_missing(instance, everything, lacking, budget.rest(), stop, told)
        return crew.resumed((fewer or any_one.games).as_games(), self._record.offer_now)
