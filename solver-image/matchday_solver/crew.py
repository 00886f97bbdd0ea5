"""The searches of a solve, one a worker, and the pace at which they are called."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from matchday_api.problem import Problem
from matchday_solver import starting
from matchday_solver.clock import Clock
from matchday_solver.cooling import Cooling
from matchday_solver.instance import EarlierGames, Instance
from matchday_solver.search import Search, Start

CHUNK_SECONDS = 0.1
"""How long a call into the compiled search should take: how soon a stop is honoured."""

MOST_STEPS = 1_000_000

SHARE_PART = 0.035
"""Part of an annealing after which the search with the worst schedule goes on from the best one's
(going with the winners; Aldous and Vazirani, 1994). Two with two to three million moves each come
to 0.1 to 0.6% less than two that go on alone, with five times as many or as few exchanges to less
of that; with ten million moves it makes no difference."""


class Pace:
    """How many steps make a chunk; from the time that earlier chunks took."""

    def __init__(self, first: int) -> None:
        self.steps = first

    def measure(self, seconds: float) -> None:
        """Adapt, by a factor of two at most."""
        factor = CHUNK_SECONDS / max(seconds, 1e-4)
        self.steps = int(min(MOST_STEPS, max(10, self.steps * min(2.0, max(0.5, factor)))))


REPEATED_STEPS = 500
"""Steps of a chunk where the number must not depend on the machine."""


class Crew:
    """One search for each worker but the one that works out bounds; the best of them counts."""

    def __init__(
        self, instance: Instance, start: Start, problem: Problem, clock: Clock | None = None
    ) -> None:
        self.workers = problem.workers or len(os.sched_getaffinity(0))
        self.is_repeatable = problem.repeatable or self.workers == 1
        """Whether nothing of the search may depend on the clock."""
        self._instance, self._problem, self._clock = instance, problem, clock
        self.unpaired = max(0, instance.games_total - len(start.pairs))
        """Games for which there are no opponents, or none that were found in time."""
        number = max(1, self.workers - 1)
        self._searches = [self._search(start, n) for n in range(number)]
        self._threads = ThreadPoolExecutor(self.workers)
        self._settling, self._annealing = Pace(500), Pace(500)

    @property
    def has_room(self) -> bool:
        """Whether one more search may join; never where that would be a matter of chance."""
        return not self.is_repeatable and len(self._searches) < self.workers

    def join(self) -> None:
        """One more search from the best schedule, where a worker has nothing else to do."""
        start = starting.from_placed(
            self._instance, self.best.placed(), self._problem.seed, self._clock
        )
        if start is not None:
            search = self._search(start, len(self._searches))
            search.settle(steps=1)
            self._searches.append(search)

    def resumed(self, games: EarlierGames, offer: Callable[[Search], None]) -> "Crew":
        """Searches that start from a schedule, in place of these; these where it lacks games that
        there must be.

        It is offered as it is, before a search that places what is missing changes it.
        """
        start = starting.resumed(self._instance, games, self._problem.seed, self._clock)
        if start is None:
            return self
        crew = Crew(self._instance, start, self._problem, self._clock)
        for search in crew._searches:
            search.settle(steps=0)
        offer(crew.best)
        crew._place_missing()
        self._threads.shutdown(wait=False)
        return crew

    def _place_missing(self) -> None:
        """Place what is missing; but where games may be missing and a team has to play enough in a
        window, ejecting others would only lead to what the annealing does not come back from."""
        limits = self._instance.limits
        if limits.is_complete or not len(limits.windows.min_hard):
            self.settle()
        else:
            self.fill()

    def _search(self, start: Start, number: int) -> Search:
        return Search(self._instance, start, self._problem.seed * 1000 + number)

    @property
    def best(self) -> Search:
        """The search with the cheapest schedule."""
        return min(self._searches, key=lambda search: search.cost)

    def settle(self) -> int:
        """Let every search place games for a while; the fewest that wait in any."""
        steps = REPEATED_STEPS if self.is_repeatable else self._settling.steps
        begun = time.monotonic()
        waiting = list(self._threads.map(lambda search: search.settle(steps), self._searches))
        self._settling.measure(time.monotonic() - begun)
        return int(min(waiting))

    def fill(self) -> int:
        """Let every search place what there is room for; the fewest that wait in any."""
        return int(min(self._threads.map(Search.fill, self._searches)))

    def anneal(self, cooling: Cooling) -> None:
        """Let every search anneal for a while."""
        heat, begun, part = cooling.temperature(), time.monotonic(), cooling.part()
        moves = cooling.next_moves(self._annealing.steps)
        list(self._threads.map(lambda search: search.anneal(moves, heat), self._searches))
        self._annealing.measure(time.monotonic() - begun)
        if cooling.part() // SHARE_PART > part // SHARE_PART:
            self._share()

    def _share(self) -> None:
        """The search with the worst schedule goes on from that of the best."""
        first, *rest = self._searches
        alike = [first, *(search for search in rest if search.has_the_games_of(first))]
        ranked = sorted(alike, key=lambda search: search.current_cost)
        if ranked[0].current_cost < ranked[-1].current_cost:
            ranked[-1].go_on_from(ranked[0])
