"""Ways out of a conflict: the smallest single changes that are known to suffice."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from matchday_api.league import League
from matchday_solver.explain.facts import Fact, together
from matchday_solver.explain.fewest import irreducible, least
from matchday_solver.explain.oracle import Oracle
from matchday_solver.explain.relax import Kept, Relaxed
from matchday_solver.explain.reopening import Opened, Reopening, reopening
from matchday_solver.explain.variants import Variant, variants


def remedies(
    oracle: Oracle, everything: Kept, members: Sequence[Sequence[Fact]]
) -> tuple[str, ...]:
    """A way out for each member that suffices by itself among the facts of `everything`: as small
    as can be where that is a number or dates."""
    return tuple(_ways_out(_Case(oracle, everything), members))


def _ways_out(case: "_Case", members: Sequence[Sequence[Fact]]) -> Iterator[str]:
    for group in members:
        if case.resolves(group):
            needed = irreducible(group, case.resolves)
            if way := case.smallest(needed) or case.unmeasured(needed):
                yield way


class _Case:
    """A league with some of its facts, of which some may change."""

    def __init__(self, oracle: Oracle, everything: Kept) -> None:
        self._oracle, self._everything = oracle, everything
        self._asked: Relaxed = oracle.relaxed(everything)

    def resolves(self, facts: Sequence[Fact]) -> bool:
        """Whether to drop these facts is known to be enough."""
        dropped = frozenset(fact.path for fact in facts)
        return bool(self._oracle.resolves(self._everything, dropped))

    def smallest(self, facts: Sequence[Fact]) -> str | None:
        """The smallest change of one kind that is known to suffice; None where none is."""
        league = self._asked.league
        if (dates := reopening(league, facts)) and (text := self._fewest_dates(dates)):
            return text
        return next((text for each in variants(league, facts) if (text := self._first(each))), None)

    def unmeasured(self, facts: Sequence[Fact]) -> str | None:
        """What to change, where how much could not be told; None where nothing less will do than
        to have no games at all."""
        if facts[0].kind == "divisions.gamesPerTeam" and self._oracle.left > 0:
            return None
        return together(dict.fromkeys(fact.way_out for fact in facts))

    def _fewest_dates(self, dates: Reopening) -> str | None:
        """To open dates none of which can be left out."""

        def suffice(opened: Sequence[Opened]) -> bool:
            return bool(opened) and self._suffices(dates.league_with(opened))

        most = least(len(dates.dates), lambda number: suffice(dates.dates[:number]))
        return dates.text(irreducible(dates.dates[:most], suffice)) if most else None

    def _first(self, choices: Sequence[Variant]) -> str | None:
        """The first of ever larger changes that suffices."""
        number = least(len(choices), lambda number: self._suffices(choices[number - 1].league))
        return choices[number - 1].text if number else None

    def _suffices(self, league: League) -> bool:
        return bool(self._oracle.of(replace(self._asked, league=league)))
