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
from matchday_solver.patience import ROUNDS
from matchday_solver.placing import PATIENCE, missing_budget
from matchday_solver.record import Record


class Minimums:
    """The part of a search after placing; `record` gets the first schedule that keeps all rules."""

    def __init__(self, problem: Problem, instance: Instance, clock: Clock, record: Record) -> None:
        self._problem, self._instance = problem, instance
        self._clock, self._record = clock, record
        self._is_required = problem.completeness is Completeness.REQUIRED

    @property
    def are_met(self) -> bool:
        """Whether a schedule is known that keeps them, one without missing games where all are
        required: what a run begins with may lack some."""
        best = self._record.best
        return best is not None and not (self._is_required and best.objective.tiers.missing)

    def run(self, crew: Crew, cooling: Cooling) -> Crew | None:
        """Searches that keep all rules, as far as the time allows; None if proven that none can.

        Beside them the exact model is asked: for a complete schedule while none is missing, and
        with BestEffort then for any that keeps all rules, and for one with fewer missing games.
        """
        if self._is_required or crew.best.missing == 0:
            part = 1.0 if self._is_required else PATIENCE
            deciding = self._anneal(crew, cooling, part, lacking=False)
            if deciding.found is not None:
                return crew.resumed(deciding.found, self._record.offer_now)
            if self._is_required:
                return None if deciding.is_refuted else crew
        deciding = self._anneal(crew, cooling, 1.0, lacking=True)
        if deciding.found is None:
            return None if deciding.is_refuted else crew
        return self._with_fewer_missing(crew.resumed(deciding.found, self._record.offer_now))

    def _anneal(self, crew: Crew, cooling: Cooling, part: float, *, lacking: bool) -> Deciding:
        """Anneal for a part of the time, until all rules are kept or the exact model answers."""
        rounds = 1 if lacking else ROUNDS
        asked_after = rounds if crew.is_repeatable else None
        with Deciding(self._instance, self._clock, asked_after, lacking=lacking) as deciding:
            while self._goes_on(cooling, part):
                crew.anneal(cooling)
                # The clock decides when else is checked, which nothing repeatable may go by.
                is_met = crew.best.cost % MISSING < SHORT
                self._record.offer(crew.best, now=crew.is_repeatable and is_met)
                self._record.tell("Looking for a schedule that keeps every rule")
                deciding.count_round()
                if deciding.found is not None or deciding.is_refuted:
                    break
        return deciding

    def _goes_on(self, cooling: Cooling, part: float) -> bool:
        """Whether there is neither a schedule nor an end of that part of the time."""
        return not self.are_met and self._record.goes_on() and cooling.part() < part

    def _with_fewer_missing(self, crew: Crew) -> Crew:
        """Searches that lack fewer games, where the exact model finds how."""
        from matchday_solver.choice.fewest import fewest_missing

        instance, known = self._instance, crew.best.missing
        if known <= self._record.proof.missing:
            return crew
        budget = missing_budget(self._problem, self._clock, crew)
        everything = range(len(instance.divisions.names))
        told = self._record.prove_missing
        fewer = fewest_missing(instance, everything, known, budget, self._clock.stop, told)
        return crew if fewer is None else crew.resumed(fewer.as_games(), self._record.offer_now)
