"""One request with an acceptable input, seen together with the run of that input."""

from dataclasses import dataclass
from functools import cached_property

from matchday_api.request import ScheduleRequestSpec
from matchday_api.status import Phase, Progress, Reason, Result
from matchday_operator.decide.model import Action, Now, Observed, Resolved, Saved, Verdict
from matchday_operator.records import Job, Pod, Request, Run

SAVING_ALLOWANCE = 120
"""Seconds that a Job gets beyond the solving time: to start, to save and to report."""


@dataclass(frozen=True)
class Situation:
    """What the policies look at."""

    request: Request
    spec: ScheduleRequestSpec
    observed: Observed
    now: Now
    input: Resolved

    @cached_property
    def job(self) -> Job | None:
        """The Job of the current input."""
        return next((job for job in self.observed.jobs if job.name == self.input.name), None)

    @cached_property
    def run(self) -> Run | None:
        """The SolverRun of the current input."""
        return next((run for run in self.observed.runs if run.name == self.input.name), None)

    @property
    def is_changed(self) -> bool:
        """Whether resources, the pod template or the like changed since the run's latest Job."""
        return self.run is not None and self.run.run_hash != self.request.run_hash

    @cached_property
    def pods(self) -> tuple[Pod, ...]:
        """The pods of the current Job, the newest first."""
        found = (pod for pod in self.observed.pods if pod.job == self.input.name)
        return tuple(sorted(found, key=lambda pod: pod.created, reverse=True))

    @property
    def progress(self) -> Progress | None:
        """What the solver said last."""
        return self.run.progress if self.run else None

    @property
    def result(self) -> Result | None:
        """The best schedule that was saved, where it was read."""
        outcome = self.observed.outcome
        return outcome.result if isinstance(outcome, Saved) else None

    @property
    def left(self) -> int:
        """Seconds left of the solving time, over all attempts; below 0 where it is overrun."""
        limit = self.spec.solver.time_limit_seconds
        used = self.progress.elapsed_seconds if self.progress else 0.0
        return limit - round(min(max(used, 0.0), limit + SAVING_ALLOWANCE))

    @property
    def remaining(self) -> int:
        """Seconds that another attempt may use."""
        return max(0, self.left)

    @property
    def first_deadline(self) -> int:
        """activeDeadlineSeconds of a Job that has yet to find room."""
        return self.spec.solver.start_timeout_seconds + self.remaining + SAVING_ALLOWANCE

    def age(self, fact: str) -> float:
        """Seconds for which a fact has been seen; 0 where it does not hold."""
        return self.observed.ages.get(fact, 0.0)

    def going(
        self,
        phase: Phase,
        reason: str,
        message: str,
        *actions: Action,
        recheck: float | None = None,
    ) -> Verdict:
        """A verdict on a request that is under way."""
        return Verdict(
            phase,
            reason,
            message,
            actions,
            digest=self.input.digest,
            job=self.input.name if self.job else None,
            progress=self.progress,
            recheck=recheck,
        )

    def failed(self, reason: Reason, message: str) -> Verdict:
        """A verdict on a request that has failed, with its best schedule so far.

        Its Job is ended once the status that tells so is written (see `settled`).
        """
        return Verdict(
            Phase.FAILED,
            reason,
            message + self._saved_advice(apart="\n" if "\n" in message else " "),
            digest=self.input.digest,
            job=self.input.name if self.job else None,
            progress=self.progress,
            result=self.result,
        )

    def _saved_advice(self, apart: str) -> str:
        if self.result is None:
            return ""
        games, missing = self.result.games, self.result.unplaced
        return (
            f"{apart}The best schedule so far is kept as Schedule {self.result.name}"
            f" ({games} games, {missing} unplaced)."
        )
