"""Every fault of an input that its model alone cannot tell, each with its path."""

from itertools import chain, islice

from matchday_api.faults import MANY_FAULTS, Fault
from matchday_api.league import League
from matchday_api.request import Completeness, ScheduleRequestSpec
from matchday_api.validation import dates, divisions, locked, names, pairs, request
from matchday_api.validation.earlier import earlier_faults
from matchday_api.validation.known import Known

__all__ = ["earlier_faults", "league_faults", "spec_faults"]


def league_faults(
    league: League, completeness: Completeness = Completeness.REQUIRED
) -> list[Fault]:
    """All faults of a league, MANY_FAULTS at most; their paths begin in the league."""
    known = Known(league)
    every = chain(
        dates.faults(known),
        names.faults(known),
        divisions.faults(known, completeness),
        pairs.faults(known),
        locked.faults(known),
    )
    return list(islice(every, MANY_FAULTS))


def spec_faults(spec: ScheduleRequestSpec) -> list[Fault]:
    """All faults of a request's spec and of its inline league; their paths begin in the spec."""
    found = list(request.faults(spec))
    if spec.league is not None:
        inside = league_faults(spec.league, spec.completeness)
        found += [fault.under("league") for fault in inside]
    return found
