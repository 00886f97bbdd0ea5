"""Names that are given twice, and names that nothing bears."""

from collections.abc import Hashable, Iterable, Iterator

from matchday_api.faults import Fault, quoted
from matchday_api.validation.known import Known


def faults(known: Known) -> Iterator[Fault]:
    """Duplicate and unknown names of the whole league, but for pairs and locked games."""
    league = known.league
    yield from _namesakes("divisions", [d.name for d in league.divisions])
    yield from _namesakes("clubs", [c.name for c in league.clubs])
    yield from _namesakes("teams", [t.name for t in league.teams])
    yield from _namesakes("venues", [v.name for v in league.venues])
    yield from _clubs(known)
    yield from _teams(known)
    yield from _features(known)


def repeated(path: str, values: Iterable[Hashable]) -> Iterator[Fault]:
    """A fault for every value of a list that stands there before."""
    seen: set[Hashable] = set()
    for n, value in enumerate(values):
        if value in seen:
            yield Fault(f"{path}[{n}]", f"{quoted(value)} is given twice; remove one")
        seen.add(value)


def _namesakes(key: str, names: Iterable[str]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for n, name in enumerate(names):
        if first.setdefault(name, n) != n:
            message = f"{quoted(name)} is the name of {key}[{first[name]}] already; rename one"
            yield Fault(f"{key}[{n}].name", message)


def _clubs(known: Known) -> Iterator[Fault]:
    for n, club in enumerate(known.league.clubs):
        yield from known.unknown(f"clubs[{n}].homeVenue", "venue", club.home_venue, known.venues)


def _teams(known: Known) -> Iterator[Fault]:
    for n, team in enumerate(known.league.teams):
        path = f"teams[{n}]"
        yield from known.unknown(f"{path}.division", "division", team.division, known.divisions)
        yield from known.unknown(f"{path}.club", "club", team.club, known.clubs)
        yield from known.unknown(f"{path}.homeVenue", "venue", team.home_venue, known.venues)
        yield from repeated(f"{path}.coaches", team.coaches)


def _features(known: Known) -> Iterator[Fault]:
    kind, offered = "feature of any venue", known.features
    for n, division in enumerate(known.league.divisions):
        path = f"divisions[{n}].venueFeatures"
        yield from repeated(path, division.venue_features)
        for k, feature in enumerate(division.venue_features):
            yield from known.unknown(f"{path}[{k}]", kind, feature, offered)
    for n, venue in enumerate(known.league.venues):
        yield from repeated(f"venues[{n}].features", venue.features)
