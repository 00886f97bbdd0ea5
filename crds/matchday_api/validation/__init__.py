"""Every fault of an input that its model alone cannot tell, each with its path."""

from matchday_api.faults import Fault
from matchday_api.league import League
from matchday_api.request import Completeness, ScheduleRequestSpec
from matchday_api.validation import names
from matchday_api.validation.known import Known


def league_faults(
    league: League, completeness: Completeness = Completeness.REQUIRED
) -> list[Fault]:
    """All faults of a league; their paths begin in the league."""
    known = Known(league)
    return [
        *names.faults(known),
    ]


def spec_faults(spec: ScheduleRequestSpec) -> list[Fault]:
    """All faults of a request's spec and of its inline league; their paths begin in the spec."""
    league = spec.league
    if league is None:
        return []
    return [fault.under("league") for fault in league_faults(league, spec.completeness)]
