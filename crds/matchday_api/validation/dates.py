"""The season, and dates and starts that lie outside what it offers."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from zoneinfo import available_timezones

from matchday_api.base import minutes
from matchday_api.faults import Fault, quoted, suggestion
from matchday_api.league import SlotRule
from matchday_api.validation.known import Known
from matchday_api.validation.names import repeated

MAX_SEASON = 400
"""Most dates of a season."""
EARLIEST, LATEST = date(1970, 1, 1), date(2999, 12, 31)
"""Where a season may lie; beyond it is a slip, and time zones have no rules."""


def faults(known: Known) -> Iterator[Fault]:
    """Faults of the season, the slots and all dates, but for locked games."""
    yield from _time_zone(known)
    yield from _slots(known)
    yield from _venue_starts(known)
    season = list(_season(known))
    yield from season
    if not season:
        for path, day in _dates(known):
            yield from outside(known, path, day)


def outside(known: Known, path: str, day: date) -> Iterator[Fault]:
    """A fault where a date is not in the season."""
    season = known.league.season
    if not season.start <= day <= season.end:
        message = f"{day} is outside the season, {season.start} to {season.end}"
        yield Fault(path, message)


def _season(known: Known) -> Iterator[Fault]:
    season = known.league.season
    days = (season.end - season.start).days + 1
    if days < 1:
        yield Fault("season.end", f"{season.end} is before the start, {season.start}")
    elif not EARLIEST <= season.start <= season.end <= LATEST:
        message = f"{season.start} to {season.end} is not within {EARLIEST} to {LATEST}"
        yield Fault("season", message)
    elif days > MAX_SEASON:
        message = f"the season has {days} days, at most {MAX_SEASON} are allowed"
        yield Fault("season.end", message)


def _time_zone(known: Known) -> Iterator[Fault]:
    name, zones = known.league.season.time_zone, _time_zones()
    if name not in zones:
        example = suggestion(name, zones) or "; use an IANA name such as America/Los_Angeles"
        yield Fault("season.timeZone", f"unknown time zone {quoted(name)}{example}")


@cache
def _time_zones() -> frozenset[str]:
    """All names; looking them up walks through hundreds of files."""
    return frozenset(available_timezones())


def _slots(known: Known) -> Iterator[Fault]:
    """Starts given twice for a weekday, unless only one of them is marked unpopular."""
    seen: dict[tuple[str, str, bool], int] = {}
    for n, rule in enumerate(known.league.slots):
        yield from repeated(f"slots[{n}].days", rule.days)
        yield from repeated(f"slots[{n}].starts", rule.starts)
        for k, start in enumerate(rule.starts):
            for day in rule.days:
                earlier = seen.setdefault((day, start, rule.unpopular), n)
                if earlier != n:
                    message = f"{day} {start} is offered by slots[{earlier}] already; remove one"
                    yield Fault(f"slots[{n}].starts[{k}]", message)
                    break


def _venue_starts(known: Known) -> Iterator[Fault]:
    offered = {start for starts in known.starts.values() for start in starts}
    near = _near(known.league.slots)
    for n, venue in enumerate(known.league.venues):
        path = f"venues[{n}].starts"
        yield from repeated(path, venue.starts or ())
        for k, start in enumerate(venue.starts or ()):
            if minutes(start) not in offered:
                message = f"{start} is not among the starts of slots; {near}"
                yield Fault(f"{path}[{k}]", message)


def _near(slots: Iterable[SlotRule]) -> str:
    starts = sorted({start for rule in slots for start in rule.starts})
    told = ", ".join(starts[:12]) + (", …" if len(starts) > 12 else "")
    return f"they are {told}"


def _dates(known: Known) -> Iterator[tuple[str, date]]:
    """Every date of the league with its path, but for locked games."""
    league = known.league
    lists: list[tuple[str, Iterable[date]]] = [("season.closedDates", league.season.closed_dates)]
    for n, club in enumerate(league.clubs):
        lists.append((f"clubs[{n}].closedDates", club.closed_dates))
    for n, team in enumerate(league.teams):
        lists.append((f"teams[{n}].closedDates", team.closed_dates))
        lists.append((f"teams[{n}].homeClosedDates", team.home_closed_dates))
        lists.append((f"teams[{n}].awayClosedDates", team.away_closed_dates))
    for n, venue in enumerate(league.venues):
        lists.append((f"venues[{n}].openDates", venue.open_dates or ()))
        lists.append((f"venues[{n}].closedDates", venue.closed_dates))
    for path, days in lists:
        yield from ((f"{path}[{k}]", day) for k, day in enumerate(days))
    for n, venue in enumerate(league.venues):
        yield from ((f"venues[{n}].courtsOn[{day}]", day) for day in venue.courts_on)
