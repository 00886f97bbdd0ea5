"""How the searches of a league help each other while they anneal."""

from collections.abc import Sequence
from typing import Protocol

from matchday_solver.search import Search

MANY_GAMES = 500
"""From so many games on searches merge. With 400 that is no better than to share, with fewer worse:
most of their moves get in each other's way."""

SHARE_PART = 0.035
"""Part of an annealing after which the search with the worst schedule goes on from the best one's
(going with the winners; Aldous and Vazirani, 1994). Two with two to three million moves each come
to 0.1 to 0.6% less than two that go on alone, with five times as many or as few exchanges to less
of that; with ten million moves it makes no difference."""

MERGE_MOVES, FEWEST_MOVES = 4000, 250
"""Moves of all searches from one merge to the next, and of each at least."""


class Together(Protocol):
    """What searches do besides annealing."""

    are_one: bool
    """Whether they try moves on one schedule."""

    def most_moves(self, searches: int, paced: int) -> int:
        """How many each of so many may try at once; `paced` is what takes a suitable time."""

    def help(self, searches: Sequence[Search], before: float, part: float) -> None:
        """What they do where the annealing has come from one part of the way to another."""


class Sharing:
    """Now and then the search with the worst schedule goes on from that of the best."""

    are_one = False

    def most_moves(self, searches: int, paced: int) -> int:
        """As many as the pace allows."""
        del searches
        return paced

    def help(self, searches: Sequence[Search], before: float, part: float) -> None:
        """Share where another SHARE_PART is over."""
        if part // SHARE_PART == before // SHARE_PART:
            return
        ranked = sorted(searches, key=lambda search: search.current_cost)
        if ranked[0].current_cost < ranked[-1].current_cost:
            ranked[-1].go_on_from(ranked[0])


class Merging:
    """The searches are one, which tries as many moves at a time as there are of them.

    All go on from the same schedule. Few of the moves that one of them tries then are accepted and
    change the cost, and where a league is large they seldom touch what another one changes. So the
    search that has found most of them makes those of the others too, and all go on from there.
    """

    are_one = True

    def __init__(self) -> None:
        self._are_gathered = False

    def most_moves(self, searches: int, paced: int) -> int:
        """As many as are worth a merge, or fewer where these take long; one has none to merge."""
        worth = max(FEWEST_MOVES, MERGE_MOVES // searches)
        return paced if searches == 1 else min(paced, worth)

    def help(self, searches: Sequence[Search], before: float, part: float) -> None:
        """Merge; the first time, all go on from the cheapest schedule."""
        del before, part
        if self._are_gathered:
            first = _merged(searches)
        else:
            first = min(searches, key=lambda search: search.current_cost)
        self._are_gathered = True
        for search in searches:
            if search is not first:
                search.go_on_from(first)


def _merged(searches: Sequence[Search]) -> Search:
    """The search that has noted most changes of the cost, after it has made the others' moves."""
    first = max(searches, key=lambda search: search.noted_changes)
    for search in searches:
        if search is not first:
            first.make_moves_of(search)
    return first
