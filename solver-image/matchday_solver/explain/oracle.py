"""Whether a league can be scheduled with only some of its facts: by counting, then exactly."""

import threading
import time
from collections.abc import Callable

import numpy as np

from matchday_api.league import League
from matchday_api.problem import EarlierSchedule, Problem
from matchday_api.request import Completeness
from matchday_solver import lint
from matchday_solver.build import build
from matchday_solver.demand import Demand
from matchday_solver.explain.relax import Kept, Relaxed, relaxed

Decide = Callable[[Relaxed, float], bool | None]
"""Whether a relaxed league has a schedule, within so many seconds; None where it cannot tell."""

MEETINGS = ("rules.sameClubMeets", "forbiddenPairs")
"""Facts without which more pairs may meet."""
STEP_SHARE = 1 / 2
"""Largest part of the remaining time that one question may take."""


class Oracle:
    """Answers for one league, remembered; more facts never make it feasible."""

    def __init__(
        self,
        league: League,
        completeness: Completeness,
        deadline: float,
        decide: Decide,
        stop: threading.Event,
        earlier: EarlierSchedule | None = None,
    ) -> None:
        """`earlier` games stay, whatever they break."""
        self.league, self._earlier = league, earlier
        self._completeness = completeness
        self._asked = self._asked_by(league)
        self._deadline, self._decide, self._stop = deadline, decide, stop
        self._possible: list[Kept] = []
        self._impossible: list[Kept] = []
        self.is_sure = True
        """Whether every question so far had an answer."""

    @property
    def left(self) -> float:
        """Seconds for further questions; none after a stop."""
        return 0.0 if self._stop.is_set() else self._deadline - time.monotonic()

    def findings(self, kept: Kept) -> tuple[lint.Finding, ...]:
        """The proofs by counting."""
        return count(self.relaxed(kept))

    def know_impossible(self, kept: Kept) -> None:
        """Take it for proven that the kept facts cannot hold together."""
        self._impossible.append(kept)

    def is_feasible(self, kept: Kept) -> bool | None:
        """Whether the kept facts can hold together; None where that is not known in time."""
        if any(kept <= other for other in self._possible):
            return True
        if any(kept >= other for other in self._impossible):
            return False
        # A large league is not even copied any more once the time is up.
        answer = self.of(self.relaxed(kept)) if self.left > 0 else None
        if answer is None:
            self.is_sure = False
        else:
            (self._possible if answer else self._impossible).append(kept)
        return answer

    def resolves(self, everything: Kept, dropped: Kept) -> bool | None:
        """Whether the league has a schedule once these facts are dropped, and all that it asks for
        then: pairs that may meet only since must meet as often as the others."""
        kept = everything - dropped
        answer = self.is_feasible(kept)
        if not answer or not any(path.startswith(MEETINGS) for path in dropped):
            return answer
        asked = self._asked_by(self.relaxed(kept).league)
        if all(map(np.array_equal, asked.must_meet, self._asked.must_meet)):
            return True
        return self.of(relaxed(self.league, kept, asked, self._earlier))

    def of(self, case: Relaxed) -> bool | None:
        """The same for any league."""
        if self.left <= 0:
            return None
        if count(case):
            return False
        return self._decide(case, self.left * STEP_SHARE)

    def _asked_by(self, league: League) -> Demand:
        instance = build(Problem(league=league, earlier=self._earlier))
        if self._completeness is Completeness.BEST_EFFORT:
            return Demand.nothing(instance)
        return Demand.whole(instance)

    def relaxed(self, kept: Kept) -> Relaxed:
        """The league with the kept facts alone."""
        return relaxed(self.league, kept, self._asked, self._earlier)


def count(case: Relaxed) -> tuple[lint.Finding, ...]:
    """The proofs by counting that a relaxed league has no schedule."""
    instance = build(case.problem)
    return lint.findings(case.league, instance, case.demand)
