"""Why a league has no schedule: the smallest set of facts and rules that cannot hold together.

Counting first; where it finds a proof, the facts of the proof are the start, else all facts are.
A deletion filter then drops what is not needed, each time asking whether the rest still cannot
hold together: by counting again, and by the exact model (an assumption core of CP-SAT would not
be minimal). What is left is compared with the whole league, so that dropping a member helps.
"""

import os
import threading
import time
from dataclasses import dataclass, replace

from matchday_api.league import League
from matchday_api.problem import EarlierSchedule
from matchday_api.request import Completeness
from matchday_solver.explain.decide import decider
from matchday_solver.explain.explanation import Conflict, Explanation
from matchday_solver.explain.facts import Fact, all_facts
from matchday_solver.explain.oracle import Oracle
from matchday_solver.explain.proof import proof
from matchday_solver.explain.relax import Kept
from matchday_solver.explain.remedies import remedies
from matchday_solver.explain.shrink import first_set, is_impossible_alone, shrink
from matchday_solver.explain.telling import reason, told
from matchday_solver.explain.widen import members

__all__ = ["Conflict", "Explanation", "explain", "reason", "told"]

MAX_CONFLICTS = 4
"""Conflicts without a common member that are told at most."""
SPARE_SHARE = 0.1
"""Part of the time that is kept back, since a question may end late."""


def explain(
    league: League,
    completeness: Completeness = Completeness.REQUIRED,
    seconds: float = 60.0,
    workers: int | None = None,
    *,
    earlier: EarlierSchedule | None = None,
    is_refuted: bool = False,
    stop: threading.Event | None = None,
) -> Explanation:
    """Whether a valid league has a schedule, and if not, why, within about so many seconds.

    The frozen games of an `earlier` schedule stay, whatever they break.
    `workers` are threads of the exact model; the CPUs that the process may use where absent.
    `is_refuted` says that it is proven already that the league has none. After a `stop` what is
    known by then is told.
    """
    deadline = time.monotonic() + seconds * (1 - SPARE_SHARE)
    number = workers or len(os.sched_getaffinity(0))
    told = stop or threading.Event()
    frozen = _frozen(earlier)
    oracle = Oracle(league, completeness, deadline, decider(number, told), told, frozen)
    facts = all_facts(league)
    everything = frozenset(fact.path for fact in facts)
    if is_refuted:
        oracle.know_impossible(everything)
    feasible = oracle.is_feasible(everything)
    if feasible or (feasible is None and not is_impossible_alone(oracle, everything)):
        return Explanation(feasible=feasible)
    before = frozen.frozen_before if frozen else None
    return replace(_explained(oracle, facts), frozen_before=before)


def _frozen(earlier: EarlierSchedule | None) -> EarlierSchedule | None:
    """The games that stay for sure, beside which none is added; None where no date is frozen."""
    before = earlier.frozen_before if earlier else None
    if earlier is None or before is None:
        return None
    games = tuple(game for game in earlier.games if game.date < before)
    return EarlierSchedule(games=games, frozen_before=before)


@dataclass(frozen=True)
class _Found:
    """A conflict: what cannot hold together by itself, and its members in the whole league."""

    core: Kept
    members: list[tuple[Fact, ...]]

    @property
    def paths(self) -> Kept:
        """The paths of all members."""
        return frozenset(fact.path for group in self.members for fact in group)


def _explained(oracle: Oracle, facts: list[Fact]) -> Explanation:
    everything = frozenset(fact.path for fact in facts)
    found, more = _all_conflicts(oracle, facts)
    told = frozenset[str]().union(*(each.paths for each in found))
    # Each conflict is looked at as if the others were resolved.
    apart = [(everything - (told - each.paths), each) for each in found]
    single = [oracle.resolves(everything, frozenset(f.path for f in g)) for g in found[0].members]
    ways = [remedies(oracle, among, each.members) for among, each in apart]
    first, *others = [tuple(_conflict(group) for group in each.members) for each in found]
    return Explanation(
        conflicts=first,
        others=tuple(others),
        proven_minimal=all(_is_minimal(oracle, each.members) for each in found),
        is_only=all(single),
        has_more=more or any(_is_beside_another(oracle, among, each) for among, each in apart),
        remedies=ways[0],
        other_remedies=tuple(ways[1:]),
        feasible=False,
        proof=proof(
            oracle.findings, everything, found[0].core, found[0].paths, lambda: oracle.left <= 0
        ),
    )


def _is_beside_another(oracle: Oracle, among: Kept, found: _Found) -> bool:
    """Whether it is proven that these facts without a member of it cannot hold together either."""
    groups = [frozenset(fact.path for fact in group) for group in found.members]
    return any(oracle.is_feasible(among - group) is False for group in groups)


def _all_conflicts(oracle: Oracle, facts: list[Fact]) -> tuple[list[_Found], bool]:
    """Conflicts without a common member: each is looked for among what the others leave; and
    whether there are more than are told."""
    found: list[_Found] = []
    while not found or _is_impossible(oracle, facts):
        if len(found) == MAX_CONFLICTS:
            return found, True
        core = shrink(oracle, facts, first_set(oracle, facts))
        found.append(_Found(core, members(oracle, facts, core)))
        facts = [fact for fact in facts if fact.path not in found[-1].paths]
        if not found[-1].paths:
            break
    return found, False


def _is_impossible(oracle: Oracle, facts: list[Fact]) -> bool:
    return oracle.is_feasible(frozenset(fact.path for fact in facts)) is False


def _conflict(group: tuple[Fact, ...]) -> Conflict:
    return Conflict(tuple(f.path for f in group), "; ".join(f.text for f in group))


def _is_minimal(oracle: Oracle, groups: list[tuple[Fact, ...]]) -> bool:
    """Whether what is left without any one member is known to be possible."""
    whole = frozenset(fact.path for group in groups for fact in group)
    return all(oracle.is_feasible(whole - {fact.path for fact in group}) for group in groups)
