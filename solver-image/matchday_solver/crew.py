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
from matchday_solver.together import MANY_GAMES, Merging, Sharing, Together

CHUNK_SECONDS = 0.1
"""How long a call into the compiled search should take: how soon a stop is honoured."""

MOST_STEPS = 1_000_000


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
        self._start = start
        merge = instance.games_total >= MANY_GAMES and self.workers > 1
        self._together: Together = Merging() if merge else Sharing()
        self._searches = [self._search(n) for n in range(max(1, self.workers - 1))]
        self._threads = ThreadPoolExecutor(self.workers)
        self._settling, self._annealing = Pace(500), Pace(500)

    @property
    def searches_as_one(self) -> int:
        """How many searches try moves on one schedule now."""
        return len(self._searches) if self._together.are_one else 1

    @property
    def has_room(self) -> bool:
        """Whether one more search may join; never where that would be a matter of chance."""
        return not self.is_repeatable and len(self._searches) < self.workers

    def join(self) -> None:
        """One more search from where the best one is, while a worker has nothing else to do."""
        search = self._search(len(self._searches))
        search.go_on_from(self.best)
        self._searches.append(search)

    def part(self) -> None:
        """Let the worst search go where every worker has one, so that one is free for bounds."""
        if len(self._searches) == self.workers > 1:
            self._searches.remove(max(self._searches, key=lambda search: search.cost))

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

    def _search(self, number: int) -> Search:
        return Search(self._instance, self._start, self._problem.seed * 1000 + number)

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
        pace = self._annealing
        pace.steps = self._together.most_moves(len(self._searches), pace.steps)
        moves = cooling.next_moves(pace.steps)
        note = self.searches_as_one > 1
        list(self._threads.map(lambda one: one.anneal(moves, heat, note=note), self._searches))
        self._together.help(self._searches, part, cooling.part())
        pace.measure(time.monotonic() - begun)
