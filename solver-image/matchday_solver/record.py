"""The best schedule of a solve: checked before it counts, reported as it gets better."""

import time
from dataclasses import replace

from matchday_api.checker import check
from matchday_api.problem import Problem
from matchday_api.schedule import ScheduleFile, SolverStatus
from matchday_api.status import Progress
from matchday_solver.candidate import Proof, make_schedule, new_info, proven_of, with_proof
from matchday_solver.clock import Clock
from matchday_solver.instance import Instance
from matchday_solver.outcome import Reporter
from matchday_solver.report.best import rank
from matchday_solver.search import Search

LEAST_SECONDS = 0.3
SHARE = 20
"""Between two checks lie these seconds, and so many times what the last check took."""

RESERVE_CHECKS = 3.0
"""Seconds kept back at the end, in durations of a check."""


class Record:
    """Keeps and reports the best schedule and the progress."""

    def __init__(
        self, problem: Problem, instance: Instance, reporter: Reporter, clock: Clock, attempt: int
    ) -> None:
        self.problem, self.instance, self.clock = problem, instance, clock
        self.proof = Proof()
        self.best: ScheduleFile | None = None
        self._reporter, self._attempt = reporter, attempt
        self._known: int | None = None
        self._refused: int | None = None
        """Costs, as a search counts them, of the best valid schedule and of the last other one: of
        games that are missing and minimums that are missed the search has an order of its own."""
        self._next, self.check_seconds = 0.0, 0.0

    def adopt(self, schedule: ScheduleFile) -> None:
        """Begin with a schedule of an earlier attempt, if it keeps the rules of this league.

        What is proven beside it is proven still.
        """
        earlier = self.problem.earlier
        report = check(self.problem.league, schedule.games, schedule.unplaced, earlier)
        if report.violations:
            return
        solver = schedule.solver.model_copy(update={"attempts": self._attempt})
        self.proof = proven_of(schedule)
        self.best = with_proof(schedule.model_copy(update={"solver": solver}), self.proof)

    def offer(self, search: Search, now: bool = False, last: bool = False) -> None:
        """Check and report the best schedule of a search, unless it is known or too soon.

        The last counts even if it is only as good as an earlier one: which of several searches
        was the first with that cost is chance.
        """
        if self._is_known(search.cost, last):
            return
        if not now and time.monotonic() < self._next:
            return
        self._check(search, last)

    def offer_now(self, search: Search) -> None:
        """Check and report the best schedule of a search, however soon."""
        self.offer(search, now=True)

    def offer_found(self, search: Search) -> None:
        """Check and report what an exact model has found, which may be better though a search that
        begins with it counts more."""
        self._check(search, last=False)

    def _check(self, search: Search, last: bool) -> None:
        if self._is_unbegun(search):
            return
        begun = time.monotonic()
        info = new_info(self.clock.spent, self._attempt, self.problem.seed)
        schedule = make_schedule(self.problem, self.instance, search, self.proof, info)
        if schedule.validation.valid:
            self._known = search.cost if self._known is None else min(self._known, search.cost)
            self._take(schedule, last)
        else:
            self._refused = search.cost
        self.check_seconds = time.monotonic() - begun
        self._next = time.monotonic() + max(LEAST_SECONDS, SHARE * self.check_seconds)

    def _is_known(self, cost: int, last: bool) -> bool:
        best = self._known
        return cost == self._refused or (best is not None and cost >= best + int(last))

    def _take(self, schedule: ScheduleFile, last: bool) -> None:
        best = self.best
        if best is None or rank(schedule) < rank(best):
            self.best = schedule
            self._reporter.improved(schedule)
        elif last and rank(schedule) == rank(best):
            self.best = schedule

    def _is_unbegun(self, search: Search) -> bool:
        """Whether the time was up, or a stop came, before any game was placed."""
        if self.goes_on():
            return False
        placed = len(search.placed())
        return placed <= len(self.instance.fixed) and placed < self.instance.games_total

    @property
    def final(self) -> ScheduleFile | None:
        """The best schedule, with all the time that went into it and into what is proven."""
        if self.best is None:
            return None
        solver = self.best.solver.model_copy(update={"seconds": round(self.clock.spent, 3)})
        return self.best.model_copy(update={"solver": solver})

    def prove(self, proof: Proof) -> None:
        """Tell the best schedule's gap by what is proven now."""
        self.proof = proof
        if self.best is not None:
            self.best = with_proof(self.best, proof)

    def prove_bound(self, bound: int) -> None:
        """Tell a bound on the cost, where it is higher than known."""
        if bound > self.proof.bound:
            self.prove(replace(self.proof, bound=bound))

    def prove_least(self, cost: int) -> None:
        """Tell a bound on the cost where games are missing, where it is higher than known."""
        if cost > self.proof.least:
            self.prove(replace(self.proof, least=cost))

    def prove_missing(self, number: int) -> None:
        """Tell how many games every schedule lacks, where that is more than known."""
        if number > self.proof.missing:
            self.prove(replace(self.proof, missing=number))

    def prove_changes(self, number: int) -> None:
        """Tell how many changes every schedule has, where that is more than known."""
        if number > self.proof.changes:
            self.prove(replace(self.proof, changes=number))

    @property
    def reserve(self) -> float:
        """Seconds kept back for the last check."""
        return min(self.clock.left / 2, 0.05 + RESERVE_CHECKS * self.check_seconds)

    def goes_on(self) -> bool:
        """Whether there is time beside that."""
        return self.clock.goes_on(self.reserve)

    def tell(self, message: str) -> None:
        """Report the progress."""
        best = self.best
        objective = best.objective if best else None
        self._reporter.progress(
            Progress(
                percent=int(100 * self.clock.fraction),
                message=message,
                games_placed=len(best.games) if best else 0,
                games_total=self.instance.games_total,
                objective=objective.total if objective else None,
                bound=objective.bound if objective else None,
                gap=objective.gap if objective else None,
                elapsed_seconds=round(self.clock.spent, 3),
                attempt=self._attempt,
            )
        )

    @property
    def is_enough(self) -> bool:
        """Whether the best schedule is as good as was asked for, or proven to be the best."""
        if self.best is None:
            return False
        if self.best.solver.status is SolverStatus.OPTIMAL:
            return True
        gap, tiers = self.best.objective.gap, self.best.objective.tiers
        repaired = tiers.changes is None or tiers.changes == tiers.changes_bound
        return repaired and gap is not None and gap <= self.problem.gap_limit
