"""From texts to a checked problem and its digest; slow for large leagues, so run in a thread."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from matchday_api.digest import input_digest, object_name
from matchday_api.faults import Fault, InvalidInput
from matchday_api.league import League
from matchday_api.problem import EarlierSchedule, Problem
from matchday_api.read import load_yaml, read_league, read_schedule, read_spec
from matchday_api.request import REGENERATE_ANNOTATION, ScheduleRequestSpec
from matchday_api.schedule import RequestReference
from matchday_api.validation import earlier_faults
from matchday_operator.inputs.sources import Source
from matchday_operator.manifests.snapshot import MAX_BYTES
from matchday_operator.records import Json


@dataclass(frozen=True)
class Parsed:
    """An acceptable input."""

    digest: str
    name: str
    packed: bytes
    """The problem as the solver gets it."""


Text = tuple[Source, bytes]
"""What was read from another object, and where that is."""

Read = TypeVar("Read")


def parse(body: Json, league: Text | None, earlier: Text | None) -> Parsed:
    """The checked input of a request.

    Raises InvalidInput with all its faults.
    """
    spec = read_spec({k: v for k, v in (body.get("spec") or {}).items() if v is not None})
    found, repaired = _league(spec, league), _earlier(spec, earlier)
    if repaired is not None:
        _require_repairable(found, repaired, league)
    problem = Problem(
        league=found,
        completeness=spec.completeness,
        earlier=repaired,
        time_limit_seconds=spec.solver.time_limit_seconds,
        gap_limit=spec.solver.gap_limit,
        seed=spec.solver.seed,
        repeatable=spec.solver.repeatable,
        workers=spec.solver.workers,
    )
    return _identified(body["metadata"], problem)


def _identified(meta: Json, problem: Problem) -> Parsed:
    token = str((meta.get("annotations") or {}).get(REGENERATE_ANNOTATION, ""))
    digest = input_digest(problem, token)
    reference = RequestReference(
        namespace=meta["namespace"], name=meta["name"], uid=meta["uid"], input_digest=digest
    )
    packed = problem.model_copy(update={"request": reference}).pack()
    if len(packed) > MAX_BYTES:
        raise InvalidInput([Fault("spec", _too_large(len(packed)))])
    return Parsed(digest, object_name(meta["name"], meta["uid"], digest), packed)


def _too_large(size: int) -> str:
    return (
        f"the input takes {size} bytes when compressed, and a ConfigMap holds {MAX_BYTES}; split"
        " the league, or leave out what its rules do not need"
    )


def _league(spec: ScheduleRequestSpec, found: Text | None) -> League:
    if spec.league is not None and found is None:
        return spec.league
    if found is None:
        raise InvalidInput([Fault("spec", "needs one of league and leagueFrom")])
    source, text = found
    return _at(source, lambda: read_league(load_yaml(text), spec.completeness))


def _earlier(spec: ScheduleRequestSpec, found: Text | None) -> EarlierSchedule | None:
    if spec.changes is None or found is None:
        return None
    source, text = found
    games = _at(source, lambda: read_schedule(text)).games
    return EarlierSchedule(games=games, frozen_before=spec.changes.frozen_before)


def _require_repairable(league: League, earlier: EarlierSchedule, origin: Text | None) -> None:
    """Raises InvalidInput where the league has no room for what must stay."""
    faults = earlier_faults(league, earlier)
    if faults:
        raise InvalidInput(_placed(fault, origin) for fault in faults)


def _placed(fault: Fault, origin: Text | None) -> Fault:
    """A fault of a repair seen from the request."""
    if fault.path.startswith("changes"):
        return fault.under("spec")
    return _inside(origin[0], fault) if origin else fault.under("spec.league")


def _at(source: Source, read: Callable[[], Read]) -> Read:
    """Faults in another object are told with the object they are in."""
    try:
        return read()
    except InvalidInput as error:
        faults = [_inside(source, fault) for fault in error.faults]
        raise InvalidInput(faults, error.more) from error


def _inside(source: Source, fault: Fault) -> Fault:
    where = f"{source.kind.name} {source.name}" + (f" key {source.key}" if source.key else "")
    return Fault(f"{where}: {fault.path}" if fault.path else where, fault.message)
