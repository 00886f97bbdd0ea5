"""Proven lower bounds on the cost of complete schedules, one relaxation a file.

A bound never exceeds the cost of a complete schedule that keeps the hard rules, and changes as few
games of an earlier one as the best that is known; where a rule or a term is not modelled it is left
out, which only lowers the bound.
"""

import math
import threading
from collections.abc import Iterator, Set

from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.compact import Compact
from matchday_solver.bounds.composing import compose
from matchday_solver.bounds.counting import count
from matchday_solver.bounds.generate import Generation
from matchday_solver.bounds.incumbent import Incumbent, Searching
from matchday_solver.bounds.integer import IntegerBounds
from matchday_solver.bounds.rounding import Rounding
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays, venue_days
from matchday_solver.bounds.whole_league import fits_one_model, improve_whole, is_tight
from matchday_solver.bounds.with_dates import FEW_LISTED, improve_dated
from matchday_solver.bounds.with_paths import improve_by_dates
from matchday_solver.exact.whole import Found
from matchday_solver.instance import Instance
from matchday_solver.size import room

PACE = 800
"""Pairs times kinds of venue-days for each second that is left, up to which columns may come to
more than the compact relaxation: on tight courts sooner, on others with 200 teams much later."""
COMPACT = 0.5
"""Part of the time that the compact relaxation may take where columns come after it."""
PAIR_BYTES = 2_500
"""A pair in the model of the best column, where every pair is offered."""

SMALL = 130
"""Games up to which schedules made of columns, and long listings of them, pay: about 30 teams."""
FAR = 0.8
"""Part of the best schedule's cost below which a bound says too little to go by its columns."""
WHOLE_AT_FIRST, WHOLE_LATER = (0.1, 5.0), (0.3, 30.0)
"""Part of the time left, and most seconds, in which small leagues are tried as one model: before
schedules are made of columns, and where that has given none for a while."""
FRUITLESS = 4
"""Such schedules in a row that are no better."""
FEW_STEPS, MANY_STEPS = 500_000, 4_000_000
"""Steps of a listing of columns, before and after schedules are made of some."""


def bound(instance: Instance) -> int:
    """A quick bound, by counting."""
    return Rounding(instance).up(count(venue_days(instance)))


def improve(
    instance: Instance,
    deadline: float,
    stop: threading.Event,
    search: Searching | None = None,
) -> Iterator[int | Found]:
    """Growing bounds, the first at once; ends at the deadline, a stop, or when none is better.

    Small leagues get better schedules as well, beginning with that of the `search` then.
    The deadline is as of `time.monotonic`. One thread works, mostly without the interpreter's lock.
    """
    rounding, known = Rounding(instance), -1
    for news in _relaxations(instance, Stopping(deadline, stop), Incumbent(search)):
        if isinstance(news, Found):
            yield news
        elif rounding.up(news) > known:
            known = rounding.up(news)
            yield known


def _relaxations(
    instance: Instance, stopping: Stopping, incumbent: Incumbent
) -> Iterator[int | Found]:
    """What one relaxation after the other gives, each beginning where the last one ended."""
    data = venue_days(instance)
    known = count(data)
    yield known
    pays = _pays_columns(data, stopping)
    compact = Compact(data, stopping.sooner(COMPACT, math.inf) if pays else stopping, known)
    for known in compact.run():
        yield known
    if not pays:
        return
    generation = Generation(data, stopping, known)
    for known in generation.run(compact.prices):
        yield known
    if generation.proof is not None:
        integer = IntegerBounds(data, generation.proof, known, incumbent)
        yield from integer.improve(FEW_STEPS, stopping)
        if _pays_composing(integer.known, incumbent, data, stopping):
            yield from _of_small(data, generation.columns, integer, incumbent, stopping)
        known = integer.known
    if not stopping.is_due() and known < incumbent.cost:
        yield from improve_whole(instance, stopping, known, incumbent)


def _pays_columns(data: VenueDays, stopping: Stopping) -> bool:
    """Whether column generation comes to something in the time that is left, and has room."""
    pairs, is_small = len(data.first), data.instance.games_total <= SMALL
    in_time = is_small or len(data.kinds) * pairs <= PACE * stopping.seconds(math.inf)
    return in_time and pairs <= room() // PAIR_BYTES


def _pays_composing(known: int, incumbent: Incumbent, data: VenueDays, stopping: Stopping) -> bool:
    """Whether schedules are made of columns.

    Not in small repairs, since one model tells of changes and columns do not; nor where the
    relaxation leaves out most of what the league costs, and one model is at hand.
    """
    instance = data.instance
    if instance.games_total > SMALL or (instance.earlier is not None and is_tight(instance)):
        return False
    is_far = math.isfinite(incumbent.cost) and known < FAR * incumbent.cost
    return not (is_far and fits_one_model(data.instance, stopping.seconds(math.inf)))


def _of_small(
    data: VenueDays,
    columns: Set[Column],
    integer: IntegerBounds,
    incumbent: Incumbent,
    stopping: Stopping,
) -> Iterator[int | Found]:
    """What pays for small leagues only: schedules made of columns, and longer listings of these."""
    yield from improve_dated(data, integer, incumbent, stopping, FEW_LISTED)
    yield from _as_one_model(data.instance, integer, incumbent, stopping, WHOLE_AT_FIRST)
    yield from improve_by_dates(data, integer, incumbent, stopping)
    enough, tried, fruitless = Rounding(data.instance).up(integer.known), math.inf, 0
    for composed in compose(data, integer.proof, columns, stopping, enough):
        fruitless += 1
        if composed is not None and incumbent.take(composed):
            fruitless = 0
            yield composed
        if incumbent.cost < tried:
            tried = incumbent.cost
            yield from improve_dated(data, integer, incumbent, stopping)
        if fruitless == FRUITLESS:
            yield from _as_one_model(data.instance, integer, incumbent, stopping, WHOLE_LATER)
        if integer.known >= incumbent.cost:
            return
    yield from integer.improve(MANY_STEPS, stopping)


def _as_one_model(
    instance: Instance,
    integer: IntegerBounds,
    incumbent: Incumbent,
    stopping: Stopping,
    share: tuple[float, float],
) -> Iterator[int | Found]:
    """What one model of a small league gives in a share of the time."""
    if not is_tight(instance) or stopping.is_due() or integer.known >= incumbent.cost:
        return
    for news in improve_whole(instance, stopping.sooner(*share), integer.known, incumbent):
        if isinstance(news, int):
            integer.known = news
            yield news
        elif incumbent.take(news):
            yield news
